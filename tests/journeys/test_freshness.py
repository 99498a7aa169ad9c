"""Something is wrong with an entry: a GP says so in two clicks, an editor answers, and who has a link says that it is right."""

from playwright.sync_api import Browser, Page, expect

from app import create_app
from app.directory.checks.actions import new_link
from config import Settings
from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server
from tests.journeys.test_desk import COUNCIL, house, signed_in  # noqa: F401 - a fixture

QUEUE = f"/council/{COUNCIL}/checks"


def entry_of(page: Page, server: Server) -> str:
    """The path of some entry of the council's."""
    page.goto(f"{server.url}/search?q=lunch+club&council={COUNCIL}")
    return page.locator(".fp-hit__name a").first.get_attribute("href") or ""


def fits_a_phone(page: Page) -> bool:
    assert_accessible(page)
    return int(page.evaluate("document.documentElement.scrollWidth")) <= 390


def test_a_gp_says_what_is_wrong_in_two_clicks_and_an_editor_answers(browser: Browser, page: Page, house: Server) -> None:  # noqa: F811
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{house.url}{entry_of(page, house)}")
    name = page.locator("h1").inner_text()
    page.get_by_role("link", name="Something wrong?").click()
    expect(page.get_by_role("heading", name="What is wrong with this entry?")).to_be_visible()
    assert fits_a_phone(page)
    page.get_by_role("button", name="The phone number does not work").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert fits_a_phone(page)

    with signed_in(browser, house, "ada") as ada:
        ada.get_by_role("link", name="To check, and what people say is wrong").click()
        report = ada.get_by_role("region", name=f"{name}: The phone number does not work")
        expect(report).to_contain_text("Nobody sees to it yet")
        report.get_by_role("button", name="I take this").click()
        expect(report).to_contain_text("You see to it")
        report.get_by_role("button", name="Was right").click()
        expect(ada.get_by_text("Nothing waits.")).to_be_visible()
        settled = ada.get_by_role("region", name=f"{name}, settled")
        expect(settled).to_contain_text("The entry was right")
        expect(settled).to_contain_text("Ada Marsh")


def test_the_queue_is_accessible_and_fits_a_phone(browser: Browser, page: Page, house: Server) -> None:  # noqa: F811
    page.goto(f"{house.url}{entry_of(page, house)}/wrong")
    page.get_by_role("button", name="The cost is wrong").click()
    context = browser.new_context(viewport={"width": 390, "height": 800})
    ada = context.new_page()
    ada.goto(f"{house.url}/sign-in")
    ada.locator("main input[name=email]").fill("ada@example.org")
    ada.locator("main input[name=password]").fill("heron lantern gravel teapot")
    ada.get_by_role("button", name="Sign in", exact=True).click()
    expect(ada.get_by_role("link", name="Account", exact=True)).to_be_visible()
    ada.goto(f"{house.url}{QUEUE}")
    expect(ada.get_by_role("button", name="I take this").first).to_be_visible()
    assert fits_a_phone(ada)
    context.close()


def test_who_has_the_link_presses_once(page: Page, house: Server) -> None:  # noqa: F811
    page.set_viewport_size({"width": 390, "height": 800})
    path = entry_of(page, house)
    app = create_app(Settings.from_environ(house.environ))
    with app.app_context():
        link = new_link(service_id=path.rsplit("/", 1)[1], council=COUNCIL, sent_to="service")
    app.extensions["database"].dispose()
    page.goto(link)
    assert fits_a_phone(page)
    page.get_by_role("button", name="Yes, it is still right").click()
    expect(page.get_by_text("says that it was checked today")).to_be_visible()
    assert fits_a_phone(page)
    page.goto(f"{house.url}{path}")
    expect(page.get_by_text("(today)").first).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    assert fits_a_phone(page)
