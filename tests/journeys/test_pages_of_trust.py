"""What the browser itself is given: the cookies that the list names and no others, nothing from elsewhere, and the footer."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from flask_security import hash_password
from playwright.sync_api import BrowserContext, Page, expect

from app import create_app
from app.accounts.actions import accept, make_practice_code
from app.accounts.models import EmailedLink
from app.pages.catalogue import cookies
from app.tenancy import EVERYTHING, acting
from config import Settings
from tests.journeys.conftest import assert_accessible
from tests.journeys.crawl import crawl
from tests.journeys.server import ROOT, Server
from tests.journeys.walk import LINE

EMAIL, PASSWORD = "sam@example.org", "heron lantern gravel teapot"
STEPS = frozenset({"/account/authenticator", "/sign-in/code", "/sign-in/recovery", "/sign-in/which"})
"""Of a sign-in that is under way: their addresses belong to a session."""
LISTED = {cookie.name: cookie.days for cookie in cookies(ROOT / "content")}


@pytest.fixture(scope="module")
def signed_up(demonstration: Server) -> str:
    """A practice lead and council administrator, so that all their pages can be visited; the code of their practice."""
    app = create_app(Settings.from_environ(demonstration.environ))
    with app.app_context():
        person = None
        for role, practice in (("practice_lead", "Z99001"), ("council_admin", None)):
            link = EmailedLink(kind="invitation", email=EMAIL, role=role, council_code="E99000001", practice_code=practice)
            person = accept(link=link, person=person, name="Sam Alder", password_hash=hash_password(PASSWORD))
        with acting(EVERYTHING):
            code = make_practice_code(practice="Z99001", by="command line")
    app.extensions["database"].dispose()
    return code


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """The addresses of all requests that the browser makes."""
    found: list[str] = []
    context.on("request", lambda request: found.append(request.url))
    return found


def from_elsewhere(asked: list[str], server: Server) -> list[str]:
    return [url for url in asked if not url.startswith((server.url + "/", "data:"))]


def sign_in(page: Page, server: Server) -> None:
    page.goto(server.url + "/sign-in")
    page.locator("main input[name=email]").fill(EMAIL)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()


def ask(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_label("What does this person need?").fill(LINE)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("heading", name="Before a care home, consider")).to_be_visible()


def learn(page: Page, server: Server) -> None:
    page.goto(server.url + "/training")
    page.locator("main a[href^='/training/']").first.click()
    page.get_by_role("button", name="Start").first.click()
    page.wait_for_url("**/training/attempts/**", wait_until="load")


def put_aside(page: Page, server: Server) -> None:
    page.goto(server.url + "/search?q=day+centre")
    page.locator("main a[href^='/services/']").first.click()
    page.get_by_role("button", name="Add to shortlist").click()
    expect(page.get_by_role("navigation", name="Main")).to_contain_text("Shortlist (1)")


def got(context: BrowserContext) -> dict[str, int | None]:
    """The cookies that the browser holds, with the days for which it keeps them."""
    now = datetime.now(UTC)
    return {
        cookie["name"]: None if cookie["expires"] < 0 else round((datetime.fromtimestamp(cookie["expires"], UTC) - now) / timedelta(days=1))
        for cookie in context.cookies()
    }


def test_a_visitor_gets_no_cookie_on_any_page_and_asks_nobody_else(
    page: Page, context: BrowserContext, demonstration: Server, asked: list[str]
) -> None:
    visited = crawl(page, demonstration, without=STEPS)
    ask(page, demonstration)
    learn(page, demonstration)
    assert len(visited) > 30
    assert got(context) == {} and page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert len(asked) > 100 and from_elsewhere(asked, demonstration) == []


def test_the_list_of_cookies_is_what_people_who_choose_and_sign_in_get(
    page: Page, context: BrowserContext, demonstration: Server, signed_up: str, asked: list[str]
) -> None:
    page.goto(demonstration.url + "/?ods=Z99001")
    assert got(context) == {"fp_practice": LISTED["fp_practice"]}
    put_aside(page, demonstration)
    assert got(context) == {name: LISTED[name] for name in ("fp_practice", "fp_shortlist")}
    page.goto(demonstration.url + "/people")
    page.get_by_label("Practice’s code").fill(signed_up)
    page.get_by_role("button", name="Show").click()
    assert got(context) == {name: LISTED[name] for name in ("fp_practice", "fp_shortlist", "fp_people")}
    sign_in(page, demonstration)
    visited = crawl(page, demonstration)
    ask(page, demonstration)
    assert {"/account", "/organisations/Z99001/people", "/organisations/E99000001/people"} <= visited
    assert got(context) == LISTED
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert from_elsewhere(asked, demonstration) == []
    page.goto(demonstration.url + "/cookies")
    for name in LISTED:
        expect(page.get_by_role("rowheader", name=name)).to_be_visible()


def test_a_request_to_another_host_would_be_noticed(page: Page, demonstration: Server, asked: list[str]) -> None:
    page.route("**/help", lambda route: route.fulfill(body='<img src="https://counter.example.org/1.gif">', content_type="text/html"))
    page.goto(demonstration.url + "/help")
    assert from_elsewhere(asked, demonstration) == ["https://counter.example.org/1.gif"]


@pytest.mark.parametrize("path", ["/accessibility", "/cookies", "/privacy", "/terms", "/security", "/api"])
def test_the_pages_of_trust_are_accessible(quiet: Page, demonstration: Server, path: str) -> None:
    quiet.goto(demonstration.url + path)
    assert_accessible(quiet)
    quiet.set_viewport_size({"width": 390, "height": 800})
    assert quiet.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("request_line", ["GET / HTTP/1.1", "GET /static/site.css HTTP/1.1", "GET /%zz HTTP/1.1", "TRACE / HTTP/1.1"])
def test_the_server_says_no_version_and_sends_the_headers(demonstration: Server, request_line: str) -> None:
    answer = sent(demonstration, f"{request_line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert "content-security-policy: default-src 'none'" in answer and "x-content-type-options: nosniff" in answer
    assert answer.startswith("http/1.1 405") == request_line.startswith("TRACE")
    servers = [line for line in answer.splitlines() if line.startswith("server:")]
    assert not any(character.isdigit() for line in servers for character in line)


TWO_LENGTHS = "POST /ask HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nabcde"


@pytest.mark.parametrize("request_text", ["BROKEN\r\n\r\n", TWO_LENGTHS])
def test_what_is_no_request_gets_an_empty_refusal(demonstration: Server, request_text: str) -> None:
    """The server's own answer, before the application: it has no body that headers could guard, and says nothing of itself."""
    answer = sent(demonstration, request_text)
    assert answer.startswith("http/1.1 400") and "content-length: 0" in answer and "server:" not in answer


def sent(server: Server, text: str) -> str:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(text.encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts).decode().partition("\r\n\r\n")[0].lower()
