"""Sheets in a real browser, on a phone and without JavaScript: checked by anybody, published and edited by a council's editor."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
SERVICES = "Reference,Name,Phone\r\n1,Lane End Lunch Club,1632960123\r\n2,,01632 960124\r\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration area with an administrator of its council."""
    with Server(tmp_path_factory.mktemp("sheets")) as server:
        app = create_app(Settings.from_environ(server.environ))
        with app.app_context():
            link = EmailedLink(kind="invitation", email="cleo@example.org", role="council_admin", council_code=COUNCIL, practice_code=None)
            accept(link=link, person=None, name="Cleo Marsh", password_hash=hash_password(PASSWORD))
        app.extensions["database"].dispose()
        yield server


@contextmanager
def signed_in(browser: Browser, house: Server, *, scripts: bool) -> Iterator[Page]:
    """The administrator's phone, at the desk."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{house.url}/sign-in")
    page.locator("main input[name=email]").fill("cleo@example.org")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{house.url}/council/{COUNCIL}/services")
    yield page
    context.close()


def choose(page: Page, content: bytes, name: str = "sheet.csv") -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_anybody_checks_a_sheet_and_takes_the_rejected_rows_home(page: Page, house: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/directory/template", "/directory/check"):
        page.goto(house.url + path)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    choose(page, SERVICES.encode())
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("Rejected: 1", exact=True)).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    choose(page, SERVICES.encode())
    with page.expect_download() as download:
        page.get_by_role("button", name="The rejected rows").click()
    assert "There is no name" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.goto(f"{house.url}/directory/check")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)


def test_a_council_publishes_from_its_sheet_and_edits_it_without_a_script(browser: Browser, house: Server) -> None:
    with signed_in(browser, house, scripts=False) as page:
        page.get_by_role("link", name="Publish from a sheet").click()
        choose(page, SERVICES.encode())
        page.get_by_role("button", name="See what it would change").click()
        expect(page.get_by_role("heading", name="Lane End Lunch Club")).to_be_visible()
        page.get_by_role("button", name="Publish", exact=True).click()
        page.goto(f"{house.url}/council/{COUNCIL}/services?words=Lane End Lunch")
        page.get_by_role("link", name="Edit many in a sheet").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="as CSV").click()
        rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"), newline="")))
        edited = [row for row in rows if "Lane End Lunch Club" in row]
        edited[0][rows[0].index("Waiting time")] = "About a week"
        file = io.StringIO(newline="")
        csv.writer(file).writerows([rows[0], *edited])
        choose(page, file.getvalue().encode())
        page.get_by_role("button", name="See what it changes").click()
        expect(page.get_by_role("cell", name="About a week")).to_be_visible()
        page.get_by_role("button", name="Publish these changes now").click()
        expect(page.get_by_text("Changed: 1.")).to_be_visible()


def test_the_councils_pages_are_accessible_and_fit_a_phone(browser: Browser, house: Server) -> None:
    with signed_in(browser, house, scripts=True) as page:
        page.goto(f"{house.url}/council/{COUNCIL}/sheet")
        assert_accessible(page)
        page.goto(f"{house.url}/council/{COUNCIL}/bulk")
        assert_accessible(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="for Excel").click()
        assert Path(download.value.path()).read_bytes().startswith(b"PK")
        with page.expect_download() as download:
            page.get_by_role("link", name="as CSV").click()
        rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"), newline="")))
        rows[1][rows[0].index("Cost")], rows[2][rows[0].index("Website")] = "£6", "ring us"
        file = io.StringIO(newline="")
        csv.writer(file).writerows(rows)
        choose(page, file.getvalue().encode())
        page.get_by_role("button", name="See what it changes").click()
        expect(page.get_by_text("Rejected: 1", exact=True)).to_be_visible()
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
