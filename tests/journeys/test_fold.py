"""What a GP sees without scrolling in a window of 900 by 700: the reading, three alternatives with how to refer, the question."""

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.server import Server

LINES = (
    "82F lives alone, 2 falls this month, dtr exhausted, ?residential",
    "79M dementia, wife not coping, up all night, wandering",
    "88F home from hospital after hip #, cannot wash or dress, lives alone",
)


@pytest.mark.parametrize("line", LINES)
def test_a_typical_answer_needs_no_scrolling(page: Page, demonstration: Server, line: str) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    page.goto(demonstration.url + "/?ods=Z99001")
    page.get_by_label("What does this person need?").fill(line)
    page.get_by_role("button", name="Ask").click()
    banner = bottom(page.locator(".fp-demo"))  # A real council has none.
    for number in range(3):
        refer = page.locator(".fp-alternative").nth(number).locator(".fp-alternative__refer")
        assert "Refer:" in refer.inner_text() and bottom(refer) <= 700 + banner
    assert bottom(page.locator(".fp-chips")) <= 700 + banner
    for question in page.locator(".fp-question").all():
        assert bottom(question) <= 700 + banner


def bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"] + box["height"]
