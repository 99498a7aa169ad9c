"""The two professions in real browsers: a code for what was offered and its answer; and a joint session that survives its server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser, Page, ViewportSize, expect

from app import create_app
from app.accounts.actions import accept
from app.accounts.models import EmailedLink
from config import Settings
from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server

PASSWORD = "heron lantern gravel teapot"
COUNCIL, PRACTICE = "E99000001", "Z99001"
LEADER, TEAM = "wren@example.org", "dove@example.org"
PHONE: ViewportSize = {"width": 390, "height": 800}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def house(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        app = create_app(Settings.from_environ(server.environ))
        with app.app_context():
            for email, role, practice in ((LEADER, "learner", PRACTICE), (TEAM, "social_worker", None)):
                link = EmailedLink(kind="invitation", email=email, role=role, council_code=COUNCIL, practice_code=practice)
                accept(link=link, person=None, name="Nye Ash", password_hash=hash_password(PASSWORD))
        app.extensions["database"].dispose()
        yield server


def signed_in(browser: Browser, house: Server, email: str, *, scripts: bool = True) -> Page:
    page = browser.new_context(java_script_enabled=scripts, viewport=PHONE).new_page()
    page.goto(f"{house.url}/sign-in")
    page.locator("main input[name=email]").fill(email)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    return page


def fits(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def test_a_code_goes_out_in_one_press_and_its_answer_comes_back_in_two(browser: Browser, quiet: Page, house: Server) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(f"{house.url}/?ods={PRACTICE}")
    quiet.get_by_label("What does this person need?").fill("82F lives alone, 2 falls this month, cannot wash")
    quiet.get_by_role("button", name="Ask").click()
    quiet.get_by_text("Hear what came of it").first.click()
    with quiet.expect_popup() as opened:
        quiet.locator("form[action='/signpost'] button").first.click()
    code = re.search(r"Reference code (\S+)", opened.value.get_by_text(re.compile("Reference code")).first.inner_text())
    assert code and opened.value.get_by_text("This code is not a referral.").first.is_visible()
    opened.value.set_viewport_size(PHONE)
    fits(opened.value)
    team = signed_in(browser, house, TEAM, scripts=False)
    team.goto(f"{house.url}/council/{COUNCIL}/signposts")
    team.keyboard.type(code[1])
    team.keyboard.press("Enter")
    expect(team.get_by_role("heading", level=1)).to_have_text(f"Signpost {code[1]}")
    team.keyboard.press("Enter")
    expect(team.get_by_role("status")).to_contain_text("Your answer was kept")
    practice = signed_in(browser, house, LEADER)
    practice.goto(f"{house.url}/signposts")
    expect(practice.get_by_role("row", name=code[1])).to_contain_text("It started")
    fits(practice)


def test_a_room_judges_sees_both_sides_and_goes_on_after_its_server_was_killed(browser: Browser, house: Server, folder: Path) -> None:
    screen = signed_in(browser, house, LEADER)
    screen.goto(f"{house.url}/training/together/meeting-together/meetings/taster/live")
    screen.get_by_role("button", name="Begin").click()
    room = screen.locator("strong").nth(1).inner_text()
    phones = []
    for number in range(6):
        phone = browser.new_context(java_script_enabled=number > 0, viewport=PHONE).new_page()
        phone.goto(f"{house.url}/together")
        phone.get_by_label("Code of the room").fill(room.lower())
        phone.get_by_label("General practice" if number < 3 else "Adult social care").check()
        phone.get_by_label(re.compile("I agree")).check()
        phone.get_by_role("button", name="Join").click()
        phones.append(phone)
    for phone in phones[:5]:
        phone.get_by_role("button", name="Agree", exact=True).click()
        expect(phone.get_by_text("Counted: Agree")).to_be_visible()
    expect(screen.get_by_text("Answered: general practice 3 of 3, adult social care 2 of 3")).to_be_visible(timeout=3000)
    house.kill()
    while not house.is_deaf():
        screen.wait_for_timeout(100)
    with Server(folder, port=house.port):
        expect(screen.get_by_text("Answered: general practice 3 of 3, adult social care 2 of 3")).to_be_visible()
        phones[5].reload()
        phones[5].get_by_role("button", name="Disagree", exact=True).click()
        expect(screen.get_by_text("adult social care 3 of 3")).to_be_visible(timeout=15_000)
        screen.get_by_role("button", name="Show the answers").click()
        expect(screen.get_by_role("row", name=re.compile("^Agree 3 2"))).to_be_visible()
        expect(phones[1].get_by_role("row", name=re.compile("^Agree 3 2"))).to_be_visible(timeout=15_000)
        for page in (screen, phones[1]):
            fits(page)
        screen.get_by_role("button", name=re.compile("^End")).click()
        expect(phones[1].get_by_role("heading", name="The session has ended")).to_be_visible(timeout=15_000)
