"""Without JavaScript, and without a mouse."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.server import Server
from tests.journeys.walk import LINE


def test_asking_works_without_javascript(browser: Browser, demonstration: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demonstration.url + "/practice")
    page.get_by_label("Practice name, postcode or ODS code").fill("beck lane")
    page.get_by_role("button", name=re.compile("search|find|look", re.I)).first.click()
    page.get_by_role("button", name=re.compile("Beck Lane Surgery")).first.click()
    page.goto(demonstration.url)
    page.get_by_label("What does this person need?").fill(LINE)
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("button", name=re.compile("^Falls")).click()
    expect(page.get_by_role("button", name=re.compile(r"Falls.*absent"))).to_be_visible()
    page.get_by_label("Add to this, or ask about it").fill("also up at night")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("also up at night")
    expect(page.locator("main")).to_contain_text("Changed by your last message")
    context.close()


def test_saying_that_an_answer_is_wrong_leaves_it_as_it_is(browser: Browser, demonstration: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demonstration.url)
    page.get_by_label("What does this person need?").fill(LINE)
    page.get_by_role("button", name="Ask").click()
    page.get_by_label("Add to this, or ask about it").fill("half a messa")
    page.get_by_text("This answer is wrong").click()
    page.get_by_label("Something was read wrongly").check()
    with context.expect_page() as opened:
        page.get_by_role("button", name=re.compile("Say what is wrong")).click()
    expect(opened.value.get_by_role("heading", name="Thank you")).to_be_visible()
    assert opened.value.url == demonstration.url + "/answers/wrong"
    opened.value.close()
    expect(page.get_by_label("Add to this, or ask about it")).to_have_value("half a messa")
    expect(page.locator(".fp-turn")).to_contain_text(LINE)
    context.close()


def test_a_gp_needs_no_mouse(page: Page, demonstration: Server) -> None:
    page.goto(demonstration.url + "/help?ods=Z99001")
    page.goto(demonstration.url)
    page.keyboard.type(LINE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before a care home, consider")).to_be_visible()
    expect(page.locator("body")).to_have_class(re.compile("js-enabled"))
    page.keyboard.press("/")
    expect(page.get_by_label("Add to this, or ask about it")).to_be_focused()
    page.keyboard.type("and incontinent")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Changed by your last message")


def test_typing_shows_services_and_kinds_of_help_and_puts_nothing_in_the_address(page: Page, demonstration: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demonstration.url + "/?ods=Z99001")
    page.get_by_label("What does this person need?").press_sequentially("befri", delay=30)
    expect(page.locator("#suggestions a").first).to_be_visible()
    assert not [url for url in asked if "befri" in url]
    assert page.url.endswith("?ods=Z99001")
