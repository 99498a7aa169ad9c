"""A council's feed in a real browser on a phone: named, pulled, looked at, published; and terms that nobody has mapped."""

from collections.abc import Iterator

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser, Page, expect

from app import create_app
from app.accounts.actions import accept
from app.accounts.models import EmailedLink
from config import Settings
from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server
from tests.web.directory.feed import a_service
from tests.web.directory.server import Feed, serving

PASSWORD = "heron lantern gravel teapot"
COUNCIL = "E99000001"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration area with an administrator of its council."""
    with Server(tmp_path_factory.mktemp("imports")) as server:
        app = create_app(Settings.from_environ(server.environ))
        with app.app_context():
            link = EmailedLink(kind="invitation", email="cleo@example.org", role="council_admin", council_code=COUNCIL, practice_code=None)
            accept(link=link, person=None, name="Cleo Marsh", password_hash=hash_password(PASSWORD))
        app.extensions["database"].dispose()
        yield server


@pytest.fixture
def feed() -> Iterator[Feed]:
    odd = [{"taxonomy_term": {"name": "Sheds, gardens and allotments for everybody", "taxonomy": "local-types"}}]
    services = [a_service(number, attributes=odd, phones=[{"number": "ring the bell twice"}]) for number in range(6)]
    with serving(Feed([*services, a_service(90, name="")])) as served:
        yield served


@pytest.fixture
def phone(browser: Browser, house: Server) -> Iterator[Page]:
    """The administrator's phone at the council's imports. Scripts run only so that axe can look at the page."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{house.url}/sign-in")
    page.locator("main input[name=email]").fill("cleo@example.org")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    page.goto(f"{house.url}/account")
    page.get_by_role("link", name="the editors' desk").click()
    page.get_by_role("link", name="Imports").click()
    yield page
    context.close()


def fits(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def pulled(phone: Page) -> None:
    """Ask for a pull, and load the page again until the server's own job has made it."""
    phone.get_by_role("button", name="Pull now").click()
    asked = phone.get_by_text("A pull is asked for")
    for _ in range(60):
        if not asked.count():
            return
        phone.wait_for_timeout(1000)
        phone.reload()
    expect(asked).to_have_count(0)


def test_a_feed_is_named_pulled_looked_at_and_published(phone: Page, feed: Feed) -> None:
    phone.get_by_role("link", name="Name a feed").click()
    fits(phone)
    phone.get_by_label("Address of the feed").fill("feed.example.org")
    phone.get_by_role("button", name="Keep").click()
    expect(phone.get_by_role("alert")).to_contain_text("not the address of a feed")
    phone.get_by_label("Address of the feed").fill(feed.address)
    phone.get_by_role("button", name="Keep").click()
    fits(phone)
    pulled(phone)
    expect(phone.get_by_text("It waits to be looked at: 6 new")).to_be_visible()
    fits(phone)
    phone.locator("main a[href*='/imports/']:not([href*='/feeds/'])").filter(has_text="127.0.0.1").first.click()
    fits(phone)
    for kind in ("Rejected", "Repaired", "New"):
        phone.get_by_role("link", name=kind, exact=True).click()
        fits(phone)
    with phone.expect_download() as sheet:
        phone.get_by_role("link", name="Download the rejected rows").click()
    assert "There is no name" in sheet.value.path().read_text(encoding="utf-8")
    phone.get_by_role("button", name="Publish").click()
    expect(phone.get_by_role("heading", name="What changed")).to_be_visible()
    expect(phone.get_by_text("Cleo Marsh").first).to_be_visible()

    feed.services = [a_service(0, name="Allotment for all")]
    phone.get_by_role("link", name="all imports").click()
    pulled(phone)
    phone.locator("main a[href*='/imports/']:not([href*='/feeds/'])").filter(has_text="127.0.0.1").first.click()
    fits(phone)
    phone.get_by_role("button", name="Publish").click()
    expect(phone.get_by_role("alert")).to_contain_text("tick the box")
    expect(phone.get_by_text("Allotment for all").first).to_be_visible()
    fits(phone)
    phone.get_by_role("button", name="Throw away").click()
    expect(phone.get_by_text("Nothing waits.")).to_be_visible()


def test_a_term_that_nobody_has_mapped_is_given_a_meaning(phone: Page, feed: Feed) -> None:
    phone.get_by_role("link", name="Terms that nobody has mapped").click()
    fits(phone)
    phone.get_by_role("link", name="Sheds, gardens").click()
    fits(phone)
    phone.get_by_label("Befriending").first.check()
    phone.get_by_role("button", name="Keep").click()
    expect(phone.get_by_text("stands for:")).to_be_visible()
    phone.locator("details").first.click()
    fits(phone)
