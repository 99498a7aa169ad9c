"""A GP's line through the product, the same on every area."""

import json
import re
import sqlite3
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server

LINE = "82F lives alone, 2 falls this month, dtr exhausted, ?residential"


@dataclass(frozen=True)
class Area:
    """What the walk needs to know of an area."""

    practice: str
    typed: str
    ods_codes: tuple[str, ...]
    council: str
    query: str


def choose_practice(page: Page, server: Server, area: Area) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="Choose your practice").first.click()
    assert_accessible(page)
    page.get_by_label("Practice name, postcode or ODS code").press_sequentially(area.typed, delay=20)
    page.get_by_role("button", name=re.compile(re.escape(area.practice))).first.click()
    expect(page.get_by_role("banner")).to_contain_text(area.practice)


def search_and_open(page: Page, server: Server, area: Area) -> None:
    page.goto(server.url)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.fill(area.query)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[?&]q="))
    assert_accessible(page)
    first = page.locator("main a[href^='/services/']").first
    name = first.inner_text().strip()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("How to refer")
    assert_accessible(page)


def ask(page: Page, server: Server) -> None:
    page.goto(server.url)
    assert_accessible(page)
    box = page.get_by_label("What does this person need?")
    expect(box).to_be_focused()
    box.fill(LINE)
    box.press("Enter")
    expect(page.get_by_role("heading", name="Before a care home, consider")).to_be_visible()
    main = page.locator("main")
    expect(main).to_contain_text("Nothing has been sent: you still need to refer")
    expect(main).not_to_contain_text("Check first")
    for chip in ("Falls", "Lives alone", "Unpaid carer under strain", "Residential care raised"):
        expect(page.get_by_role("button", name=re.compile(chip))).to_be_visible()
    alternatives = page.locator(".fp-alternative")
    assert alternatives.count() >= 5
    for index in range(3):
        expect(alternatives.nth(index)).to_contain_text("why:")
        expect(alternatives.nth(index)).to_contain_text("Refer")
    page.get_by_text(re.compile(r"^More \(\d+\)$")).click()  # An area may have services only for what stands further down.
    expect(page.locator(".fp-alternative__refer a[href^='/services/']").first).to_be_visible()
    assert_accessible(page)


def meet_a_danger(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_label("What does this person need?").fill("84M, wife his carer taken into hospital, no one to care tonight")
    page.get_by_role("button", name="Ask").click()
    danger = page.get_by_role("region", name="Check first")
    expect(danger).to_be_visible()
    expect(danger).to_contain_text("Reading this reports nothing")
    top = danger.bounding_box()
    rest = page.locator(".fp-chips").bounding_box()
    assert top and rest and top["y"] < rest["y"]
    assert_accessible(page)


def take_the_module(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Training").click()
    assert_accessible(page)
    page.locator("main a[href^='/training/']").first.click()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("start", re.I)).first.click()
    for _ in range(30):
        if re.search(r"/finish$", page.url):
            break
        assert_accessible(page)
        unanswered = page.locator("main form input[type=radio], main form input[type=checkbox]")
        if unanswered.count():
            unanswered.first.check()
            page.locator("main form button").first.click()
        else:
            page.locator("main a.nhsuk-button, main form button.nhsuk-button").first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d of \d"))
    assert_accessible(page)


def use_from(server: Server, ods_codes: tuple[str, ...], times: int) -> None:
    """The assistant asked from several practices, as their browsers would."""
    for ods in ods_codes:
        for _ in range(times):
            request = urllib.request.Request(
                f"{server.url}/api/assistant",
                data=json.dumps({"text": "2 falls, lives alone"}).encode(),
                headers={"Content-Type": "application/json", "Cookie": f"fp_practice={ods}"},
            )
            with urllib.request.urlopen(request, timeout=20) as response:
                assert response.status == 200


def let_a_month_pass(server: Server) -> None:
    """What happened so far, and was not counted yet, was in a month that is over."""
    with closing(sqlite3.connect(Path(server.environ["DATA_DIR"]) / "fingerpost.sqlite3")) as database, database:
        database.execute("UPDATE event SET day = date(day, '-40 days')")


def read_the_council_page(page: Page, server: Server, area: Area) -> None:
    """One visit is too little to publish; use by three practices shows, rounded, once its month is over and it is rolled up. Others
    have used the same server, so the count is at least ours."""
    server.flask("insights", "rollup")
    page.goto(f"{server.url}/council/{area.council}")
    expect(page.locator("main")).to_contain_text("Too few to show")
    assert_accessible(page)
    use_from(server, area.ods_codes, 7)
    let_a_month_pass(server)
    server.flask("insights", "rollup")
    page.reload()
    row = page.locator("main tr", has_text=re.compile("assistant", re.I)).first
    expect(row.get_by_role("cell")).to_have_text(re.compile(r"^[2-9][05]$"))
    expect(page.locator("main")).to_contain_text("Falls")
