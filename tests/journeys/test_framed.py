"""The assistant in a frame of another system's page, where a browser keeps no cookie of ours."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.journeys.server import Server
from tests.journeys.walk import LINE

THEIRS = "https://gp-system.example.org"
OTHERS = "https://somebody.example.org"


@pytest.fixture(scope="module")
def framable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("framable"), FRAME_ANCESTORS=THEIRS) as server:
        yield server


@pytest.fixture(autouse=True)
def the_frame_may_be_on_this_machine(context: BrowserContext) -> None:
    """A browser asks before a page of the web shows one of this machine: so it is here only, and of no part in what is tested."""
    context.grant_permissions(["local-network-access"])


def framed(page: Page, origin: str, address: str) -> FrameLocator:
    """The frame in a page of `origin` that shows `address`."""
    html = f'<!DOCTYPE html><title>Record</title><iframe src="{address}" width="900" height="700"></iframe>'
    page.route(f"{origin}/**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{origin}/record")
    return page.frame_locator("iframe")


def choose(frame: FrameLocator) -> None:
    frame.get_by_role("link", name="Choose your practice").first.click()
    frame.get_by_label("Practice name, postcode or ODS code").press_sequentially("beck lane", delay=20)
    frame.get_by_role("button", name=re.compile("Beck Lane Surgery")).first.click()


def test_choosing_a_practice_and_asking_need_no_cookie(page: Page, context: BrowserContext, framable: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = framed(page, THEIRS, framable.url + "/")
    choose(frame)
    banner = frame.get_by_role("banner")
    expect(banner).to_contain_text("Beck Lane Surgery")
    frame.get_by_label("What does this person need?").fill(LINE)
    frame.get_by_role("button", name="Ask").click()
    expect(frame.get_by_role("heading", name="Before a care home, consider")).to_be_visible()
    expect(banner).to_contain_text("Beck Lane Surgery")
    frame.get_by_label("Add to this, or ask about it").fill("also up at night")
    frame.get_by_role("button", name="Send").click()
    expect(frame.locator("main")).to_contain_text("Changed by your last message")
    expect(frame.locator("main")).to_contain_text("Patient lives in: Marlshire")
    frame.get_by_role("button", name="Start again with another person").click()
    expect(frame.get_by_label("What does this person need?")).to_have_value("")
    expect(banner).to_contain_text("Beck Lane Surgery")
    assert context.cookies() == []
    assert [url for url in asked if "Z99001" in url] == [], "the choice stands in no address"


def test_a_practice_named_by_the_launching_address_is_carried_on(page: Page, context: BrowserContext, framable: Server) -> None:
    frame = framed(page, THEIRS, framable.url + "/?ods=Z99001")
    frame.get_by_label("What does this person need?").fill(LINE)
    frame.get_by_role("button", name="Ask").click()
    expect(frame.get_by_role("banner")).to_contain_text("Beck Lane Surgery")
    assert context.cookies() == []


def test_a_council_is_chosen_in_a_frame_as_well(page: Page, framable: Server) -> None:
    frame = framed(page, THEIRS, framable.url + "/practice")
    frame.get_by_label("Council", exact=True).select_option("council:E99000001")
    frame.get_by_role("button", name="Choose this council").click()
    expect(frame.get_by_role("banner")).to_contain_text("Marlshire")
    expect(frame.get_by_label("What does this person need?")).to_be_visible()


def test_other_pages_open_beside_the_frame(page: Page, context: BrowserContext, framable: Server) -> None:
    frame = framed(page, THEIRS, framable.url + "/")
    with context.expect_page() as opened:
        frame.get_by_role("link", name="Privacy").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Privacy")
    expect(frame.get_by_label("What does this person need?")).to_be_visible()


@pytest.mark.parametrize(("origin", "path"), [(OTHERS, "/"), (OTHERS, "/practice"), (THEIRS, "/sign-in"), (THEIRS, "/search")])
def test_nothing_else_is_framed_and_nobody_else_frames(page: Page, framable: Server, origin: str, path: str) -> None:
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame = framed(page, origin, framable.url + path)
    expect(frame.locator("main")).to_have_count(0)


def test_nobody_frames_anything_where_no_origin_is_named(page: Page, demonstration: Server) -> None:
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame = framed(page, THEIRS, demonstration.url + "/")
    expect(frame.locator("main")).to_have_count(0)
