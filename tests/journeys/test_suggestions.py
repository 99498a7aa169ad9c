"""The list below the search box by keyboard, by mouse and by screen reader; the map beside the list."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.conftest import assert_accessible
from tests.journeys.server import Server


def box_of(page: Page, server: Server) -> Locator:
    page.goto(server.url + "/search?ods=Z99001")
    return page.get_by_role("combobox", name="A service, a kind of help or a need")


def typed(box: Locator, text: str) -> None:
    box.press_sequentially(text, delay=20)


def marked(page: Page) -> Locator:
    return page.locator('[role="option"][aria-selected="true"]')


def test_the_list_is_walked_and_chosen_from_by_keyboard(quiet: Page, demonstration: Server) -> None:
    box = box_of(quiet, demonstration)
    expect(box).to_have_attribute("aria-expanded", "false")
    typed(box, "befr")
    options = quiet.get_by_role("listbox").get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(quiet.get_by_role("group", name="Services of a kind")).to_be_visible()
    expect(quiet.get_by_role("status").filter(has_text="suggestions below the box")).to_have_text(
        f"{options.count()} suggestions below the box"
    )
    expect(marked(quiet)).to_have_count(0)
    assert_accessible(quiet)
    box.press("ArrowDown")
    expect(marked(quiet)).to_have_text(re.compile("Befriending, see services"))
    assert box.get_attribute("aria-activedescendant") == marked(quiet).get_attribute("id")
    assert_accessible(quiet)
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    box.press("Enter")
    quiet.wait_for_url(re.compile("category=befriending"))


@pytest.mark.parametrize("key", ["Home", "End", "x"])
def test_going_on_in_the_box_leaves_the_list_so_that_enter_searches(page: Page, demonstration: Server, key: str) -> None:
    box = box_of(page, demonstration)
    typed(box, "befr")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(marked(page)).to_have_count(1)
    box.press(key)
    expect(marked(page)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    page.wait_for_url(re.compile("q=befr"))


def test_escape_closes_the_list_and_keeps_what_was_typed_and_down_opens_it_again(page: Page, demonstration: Server) -> None:
    box = box_of(page, demonstration)
    typed(box, "befr")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("befr")
    box.press("ArrowDown")
    expect(marked(page)).to_have_count(1)
    box.press("Tab")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_a_suggestion_is_chosen_with_the_mouse(page: Page, demonstration: Server) -> None:
    box = box_of(page, demonstration)
    typed(box, "befr")
    page.get_by_role("option", name=re.compile("what it is")).first.click()
    page.wait_for_url(re.compile("/alternatives/befriending"))


def test_a_press_beside_the_list_closes_it(page: Page, demonstration: Server) -> None:
    box = box_of(page, demonstration)
    typed(box, "befr")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.get_by_role("heading", level=1).click()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_slow_answer_never_stands_in_place_of_a_later_one(page: Page, demonstration: Server) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/search/suggest", hold_the_first)
    box = box_of(page, demonstration)
    with page.expect_request("**/search/suggest"):
        typed(box, "befr")
    box.fill("lunch")
    option = page.get_by_role("option", name=re.compile("Lunch club.*see services"))
    expect(option).to_be_visible()
    held[0].continue_()
    page.wait_for_timeout(500)
    expect(option).to_be_visible()
    expect(page.get_by_role("option", name=re.compile("Befriending.*see services"))).to_have_count(0)


def test_the_box_of_the_assistant_keeps_enter_and_arrows_for_itself(page: Page, demonstration: Server) -> None:
    page.goto(demonstration.url + "/?ods=Z99001")
    box = page.get_by_role("textbox", name="What does this person need?")
    typed(box, "befr")
    expect(page.locator("#suggestions").get_by_role("link", name=re.compile("Befriending")).first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="suggestions below the box")).to_have_count(1)
    assert_accessible(page)
    box.press("ArrowDown")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page.locator(".fp-turn")).to_contain_text("befr")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_fits_and_leads_from_a_number_to_its_entry(quiet: Page, demonstration: Server, width: int) -> None:
    quiet.set_viewport_size({"width": width, "height": 800})
    quiet.goto(demonstration.url + "/search?q=day+centre&ods=Z99001")
    quiet.get_by_role("link", name="Map", exact=True).click()
    expect(quiet.locator(".fp-map__number").first).to_be_visible()
    assert quiet.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(quiet)
    number = quiet.locator(".fp-map__number").first
    size = number.locator("circle").bounding_box()
    assert size and min(size["width"], size["height"]) >= 24
    name = (number.get_attribute("aria-label") or "").split(": ")[1].split(",")[0]
    number.click()
    expect(quiet.locator("li:target")).to_contain_text(name)
    quiet.get_by_role("link", name="List", exact=True).click()
    expect(quiet.locator(".fp-hit").first).to_be_visible()


def test_the_map_works_without_javascript(browser: Browser, demonstration: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demonstration.url + "/search?ods=Z99001")
    page.get_by_label("A service, a kind of help or a need").fill("day centre")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".fp-map__number").first).to_be_visible()
    page.get_by_label("A service, a kind of help or a need").fill("lunch club")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".fp-map")).to_be_visible()
    context.close()
