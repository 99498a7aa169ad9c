"""Signing in in a real browser: passkeys with a virtual authenticator, and a password with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server
from tests.web.accounts.browser import Authenticator

PASSWORD = "kettle sings at dawn"
EMAIL = "root@example.org"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server under the name localhost, to which passkeys can be bound."""
    with Server(tmp_path_factory.mktemp("house"), host="localhost") as server:
        yield server


@pytest.fixture
def key(page: Page) -> tuple[Any, str]:
    """A passkey in the machine itself, which knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    return session, added["authenticatorId"]


def join(page: Page, house: Server, email: str) -> None:
    """Accept the invitation that the command line prints."""
    link = house.flask("people", "invite-administrator", email).strip().splitlines()[-1]
    page.goto(link)
    assert_accessible(page)
    page.get_by_label("Your name").fill("Root Marsh")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()


def type_password(page: Page, house: Server, email: str) -> None:
    page.goto(f"{house.url}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of this name has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(f"[name={name}]:focus").count():
            return
    raise AssertionError(f"Tab never comes to {name}")


def digits(key: str) -> str:
    return Authenticator(key.replace("-", "").replace(" ", "")).code()


def set_up_app(page: Page) -> None:
    """Set up an authenticator app, whose square code has to be drawn."""
    page.get_by_role("button", name="Set up an app").click()
    assert page.locator(".fp-qr svg rect").count() > 100
    box = page.locator(".fp-qr svg rect").last.bounding_box()
    assert box and box["width"] > 0
    assert_accessible(page)
    page.get_by_label("The six digits").fill(digits(page.locator(".fp-key").inner_text()))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def look(page: Page, shots: Path, name: str) -> None:
    """The page is accessible, fits a phone, and leaves a picture."""
    assert_accessible(page)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids)), name
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    page.screenshot(path=str(shots / f"{name}.png"), full_page=True)
    page.set_viewport_size({"width": 1000, "height": 800})


def test_a_passkey_from_adding_to_removing(page: Page, house: Server, key: tuple[Any, str], tmp_path: Path) -> None:
    join(page, house, EMAIL)
    type_password(page, house, EMAIL)
    expect(page.get_by_role("heading", name="Authenticator app")).to_be_visible()
    look(page, tmp_path, "authenticator")
    set_up_app(page)
    look(page, tmp_path, "account")
    page.get_by_role("link", name="Passkeys").click()
    look(page, tmp_path, "passkeys-none")
    page.get_by_label("A name for it").fill("Desk")
    page.get_by_label("Signing in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey was added")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()

    page.goto(f"{house.url}/sign-in")
    page.get_by_role("link", name="Use a passkey").click()
    look(page, tmp_path, "passkey")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

    page.get_by_role("link", name="Passkeys").click()
    look(page, tmp_path, "passkeys")
    page.get_by_label("Name of the passkey to remove").fill("Desk")
    page.get_by_role("button", name="Remove this passkey").click()
    expect(page.get_by_text("The passkey was removed")).to_be_visible()


def test_a_passkey_as_the_second_step(page: Page, house: Server, key: tuple[Any, str], tmp_path: Path) -> None:
    join(page, house, "second@example.org")
    type_password(page, house, "second@example.org")
    set_up_app(page)
    page.get_by_role("link", name="Passkeys").click()
    page.get_by_label("A name for it").fill("Phone")
    page.get_by_label("The second step").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey was added")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    type_password(page, house, "second@example.org")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    look(page, tmp_path, "which")
    page.get_by_label("With a passkey").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    for path in ("/account/password", "/account/recovery-codes", "/account/close", "/sign-in/again"):
        page.goto(house.url + path)
        look(page, tmp_path, path.strip("/").replace("/", "-"))


def test_a_key_that_is_not_known_here_is_refused_in_words(page: Page, house: Server, key: tuple[Any, str]) -> None:
    page.goto(f"{house.url}/sign-in/passkey")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_text("That did not work, or was stopped")).to_be_visible()
    page.get_by_role("link", name="Sign in another way").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_signing_in_with_the_keyboard_alone_and_without_javascript(browser: Browser, house: Server) -> None:
    link = house.flask("people", "invite-administrator", "keys@example.org").strip().splitlines()[-1]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    tab_to(page, "name")
    page.keyboard.type("Keys Marsh")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    tab_to(page, "email")
    page.keyboard.type("keys@example.org")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Authenticator app")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/link", "/sign-in/link/x", "/join", "/password/forgotten", "/password/forgotten/x", "/welcome/x"]
)
def test_pages_before_signing_in(page: Page, house: Server, tmp_path: Path, path: str) -> None:
    page.goto(house.url + path)
    look(page, tmp_path, path.strip("/").replace("/", "-"))
