"""The editors' desk in a real browser: one person edits, another approves, a GP sees it, and it is undone; on a phone, too."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser, Page, expect

from app import create_app
from app.accounts.actions import accept
from app.accounts.models import EmailedLink
from config import Settings
from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server

PASSWORD = "heron lantern gravel teapot"
COUNCIL = "E99000001"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration area with two editors of its council."""
    with Server(tmp_path_factory.mktemp("desk")) as server:
        app = create_app(Settings.from_environ(server.environ))
        with app.app_context():
            for name in ("Ada Marsh", "Ben Marsh"):
                email = f"{name.split()[0].lower()}@example.org"
                link = EmailedLink(kind="invitation", email=email, role="directory_editor", council_code=COUNCIL, practice_code=None)
                accept(link=link, person=None, name=name, password_hash=hash_password(PASSWORD))
        app.extensions["database"].dispose()
        yield server


@contextmanager
def signed_in(browser: Browser, house: Server, name: str) -> Iterator[Page]:
    """An editor's phone, without JavaScript, at the desk."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{house.url}/sign-in")
    page.locator("main input[name=email]").fill(f"{name}@example.org")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{house.url}/account")
    page.get_by_role("link", name="the editors' desk").click()
    yield page
    context.close()


def test_one_edits_another_approves_a_gp_sees_it_and_it_is_undone(browser: Browser, page: Page, house: Server) -> None:
    with signed_in(browser, house, "ada") as ada, signed_in(browser, house, "ben") as ben:
        entry = ada.locator("main li a[href*='/services/']").first
        name = entry.inner_text()
        entry.click()
        public = ada.get_by_role("link", name="See it as GPs do").get_attribute("href")
        ada.get_by_role("link", name="Edit this entry").click()
        ada.get_by_label("Telephone number").fill("01632 960987")
        ada.get_by_role("button", name="Keep as a draft").click()
        expect(ada.get_by_text("Somebody else has to approve it")).to_be_visible()

        ben.reload()
        ben.get_by_role("link", name=name).first.click()
        expect(ben.get_by_role("cell", name="01632 960987")).to_be_visible()
        ben.get_by_role("button", name="Approve").click()
        expect(ben.get_by_role("heading", name="History")).to_be_visible()

        page.goto(f"{house.url}{public}")
        expect(page.get_by_role("link", name="01632 960987")).to_be_visible()
        ben.get_by_role("button", name="Undo this change").click()
        page.reload()
        expect(page.get_by_role("link", name="01632 960987")).to_have_count(0)


def test_every_page_of_the_desk_is_accessible_and_fits_a_phone(browser: Browser, page: Page, house: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{house.url}/sign-in")
    page.locator("main input[name=email]").fill("ada@example.org")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    desk = f"{house.url}/council/{COUNCIL}/services"
    page.goto(desk)
    entries = [link.get_attribute("href") or "" for link in page.locator("main li a[href*='/services/']").all()[:2]]
    one, other = (entry.rsplit("/", 1)[1] for entry in entries)
    page.goto(f"{desk}/{one}")
    page.get_by_role("button", name="Close for now").click()
    draft = page.url
    for path in (desk, f"{desk}/new", f"{desk}/{one}", f"{desk}/{one}/edit", draft, f"{house.url}/council/{COUNCIL}/duplicates",
                 f"{house.url}/council/{COUNCIL}/duplicates/{one}/{other}"):  # fmt: skip
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
