"""The whole line on the demonstration area, and again on the real pilot area."""

import pytest
from playwright.sync_api import Page

from tests.journeys import walk
from tests.journeys.server import Server

MARLSHIRE = walk.Area("Beck Lane Surgery", "beck lane", ("Z99001", "Z99002", "Z99003"), "E99000001", "befrending")
OLDHAM = walk.Area("Leesbrook Surgery", "leesbrook", ("P85004", "P85005", "P85007"), "E08000004", "home care")


def whole_walk(page: Page, server: Server, area: walk.Area) -> None:
    walk.choose_practice(page, server, area)
    walk.search_and_open(page, server, area)
    walk.ask(page, server)
    walk.meet_a_danger(page, server)
    walk.take_the_module(page, server)
    walk.read_the_council_page(page, server, area)


def test_the_walk_on_the_demonstration_area(quiet: Page, demonstration: Server) -> None:
    whole_walk(quiet, demonstration, MARLSHIRE)


def test_the_walk_on_the_real_pilot_area(quiet: Page, pilot: Server) -> None:
    whole_walk(quiet, pilot, OLDHAM)


@pytest.mark.parametrize("width", [390, 900])
def test_no_page_is_wider_than_the_window(page: Page, demonstration: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for path in ("/", "/search?q=day+centre", "/training", "/council/E99000001", "/practice", "/help", "/status"):
        page.goto(demonstration.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_page_of_the_demonstration_says_so(page: Page, demonstration: Server) -> None:
    page.goto(demonstration.url + "/?ods=Z99001")
    for path in ("/", "/search?q=day+centre", "/training", "/council/E99000001", "/practice", "/help", "/nowhere"):
        page.goto(demonstration.url + path)
        assert "everything here is invented" in page.locator("body").inner_text(), path
