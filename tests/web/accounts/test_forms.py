"""Forms survive a session that ran out, a second press and a wrong turn; and nobody learns who has an account, or is sent elsewhere."""

import html
import json
import re
import statistics
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urljoin

import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.accounts.models import Membership, Person, SignIn
from tests.typed import SIGNS
from tests.web.accounts.browser import (
    OTHER,
    PASSWORD,
    Browser,
    change,
    command,
    last_link,
    letters,
    new_person,
    rows,
    said,
    set_up_app,
    tables_with,
)

WREN, LEAD = "wren@example.org", "lead@example.org"
AT = "/organisations/Z99001"


def run_out(app: Flask) -> None:
    change(app, update(SignIn).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


@pytest.mark.both
def test_what_was_sent_after_the_session_ran_out_is_kept_and_sent_after_signing_in(app: Flask, lead: Browser) -> None:
    run_out(app)
    asked = lead.post(f"{AT}/invitations", {"email": WREN, "role": "learner"})
    assert asked.headers["Location"] == "/sign-in?next=/account/go-on"
    assert letters(app, WREN) == []
    page = lead.follow(lead.post(asked.headers["Location"], {"email": LEAD, "password": PASSWORD}))
    assert "Nothing you typed is lost" in said(page)
    assert fields_of(page.text) == {"email": WREN, "role": "learner"}
    assert "Nothing you typed is lost" in said(lead.get("/account/go-on")), "the page may be loaded again"
    assert lead.post(f"{AT}/invitations", fields_of(page.text)).status_code == 303
    assert len(letters(app, WREN)) == 1
    assert lead.get("/account/go-on").status_code == 303
    assert tables_with(app, WREN) == {"letter", "emailed_link"}, "nothing of the form stays in the session"


def test_a_form_waits_through_the_second_factor_and_is_shown_on_ones_own_page(app: Flask, lead: Browser) -> None:
    phone = set_up_app(lead)
    run_out(app)
    lead.post(f"{AT}/invitations", {"email": WREN, "role": "learner"})
    lead.sign_in(LEAD)
    lead.post("/sign-in/code", {"code": phone.code()})
    assert "still waits" in said(lead.get("/account"))
    assert fields_of(lead.get("/account/go-on").text)["email"] == WREN


def test_it_is_not_shown_to_the_next_person_at_the_same_machine(app: Flask, lead: Browser) -> None:
    new_person(app, "rook@example.org")
    run_out(app)
    lead.post(f"{AT}/invitations", {"email": WREN, "role": "learner"})
    page = lead.follow(lead.post("/sign-in?next=/account/go-on", {"email": "rook@example.org", "password": PASSWORD}))
    assert WREN not in page.text and "still waits" not in said(page)


def test_it_is_gone_once_somebody_goes_on_without_it(app: Flask, lead: Browser) -> None:
    run_out(app)
    lead.post(f"{AT}/invitations", {"email": WREN, "role": "learner"})
    lead.sign_in(LEAD)
    lead.get("/help")
    assert lead.get("/account/go-on").status_code == 303
    assert tables_with(app, WREN) == set()


def test_a_password_is_never_kept(app: Flask, lead: Browser) -> None:
    run_out(app)
    lead.post("/account/password", {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER})
    assert tables_with(app, PASSWORD, OTHER) == set()
    assert OTHER not in lead.follow(lead.sign_in(LEAD, query_string={"next": "/account/go-on"})).text


def test_a_page_that_was_asked_for_opens_after_a_wrong_and_then_a_right_password(app: Flask, lead: Browser) -> None:
    other = Browser(app)
    asked = other.get(f"{AT}/people?x=1")
    wrong = other.post(asked.headers["Location"], {"email": LEAD, "password": "not this one"})
    again = other.post("/sign-in", fields_of(wrong.text) | {"email": LEAD, "password": PASSWORD})
    assert again.headers["Location"] == f"{AT}/people?x=1"


ELSEWHERE = [
    "//evil.example.org",
    "///evil.example.org",
    "https://evil.example.org",
    "http:evil.example.org",
    "/\\evil.example.org",
    "\\\\evil.example.org",
    "/\t/evil.example.org",
    " //evil.example.org",
    "javascript:alert(1)",
    "https://localhost@evil.example.org/",
    "http://localhost.evil.example.org/",
]


def stays_here(location: str) -> bool:
    seen = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return urljoin("http://localhost/sign-in", seen).startswith("http://localhost/")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_to_another_site_by_the_address_of_a_page(app: Flask, lead: Browser, address: str) -> None:
    asked = quote(address, safe="")
    browser = Browser(app, address="198.51.100.8")
    page = browser.get("/sign-in", query_string={"next": address})
    assert "evil" not in page.text.replace("%", "") and "javascript:" not in page.text
    assert browser.sign_in(LEAD, query_string=fields_of(page.text)).headers["Location"] == "/account"
    straight = Browser(app, address="198.51.100.9")
    assert stays_here(straight.post("/sign-in", {"email": LEAD, "password": PASSWORD, "next": address}).headers.get("Location", "/"))
    Browser(app).post("/sign-in/link", {"email": LEAD, "next": address})
    assert "evil" not in letters(app, LEAD)[0].body and "javascript" not in letters(app, LEAD)[0].body
    assert stays_here(Browser(app).post(f"{last_link(app, LEAD)}?next={asked}").headers["Location"])
    assert stays_here(lead.get(f"/sign-in?next={asked}").headers["Location"])
    assert stays_here(lead.post(f"/sign-in/again?next={asked}", {"password": PASSWORD}).headers.get("Location", "/"))
    phone = set_up_app(lead)
    half = Browser(app, address="198.51.100.10")
    half.sign_in(LEAD)
    assert stays_here(half.post(f"/sign-in/code?next={asked}", {"code": phone.code()}).headers["Location"])
    assert stays_here(half.post(f"/sign-out?next={asked}").headers["Location"])


def test_a_form_that_is_kept_is_only_ever_sent_here(app: Flask, lead: Browser) -> None:
    run_out(app)
    lead.post("//evil.example.org/x", {"a": "b"})
    lead.post("/account//evil.example.org", {"a": "b"})
    page = lead.follow(lead.sign_in(LEAD, query_string={"next": "/account/go-on"}))
    assert "evil" not in page.text


def test_an_unknown_address_and_a_wrong_password_look_and_take_the_same(app: Flask, lead: Browser) -> None:
    def answer(email: str, number: int) -> tuple[int, str, list[str], float]:
        browser, began = Browser(app, address=f"198.51.{number // 200}.{number % 200}"), time.perf_counter()
        given = browser.sign_in(email, "not this one at all")
        return given.status_code, given.text.replace(email, ""), sorted(given.headers.keys()), time.perf_counter() - began

    answer(LEAD, 0)
    ratio = 9.0
    for attempt in range(3):
        pairs = [(answer(LEAD, 40 * attempt + n), answer("nobody@example.org", 40 * attempt + n)) for n in range(1, 16)]
        assert {known[:2] for known, _ in pairs} == {unknown[:2] for _, unknown in pairs}
        assert pairs[0][0][2] == pairs[0][1][2]
        known, unknown = (statistics.median(pair[side][3] for pair in pairs) for side in (0, 1))
        ratio = max(known, unknown) / min(known, unknown)
        if ratio < 1.3:
            break
    assert ratio < 1.3


@pytest.mark.both
@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        (f"{AT}/second-factor", {"asked": "no"}, (303, 303)),
        (f"{AT}/code", {}, (200, 200)),
        ("/account/sessions/end", {}, (303, 303)),
        ("/account/close", {"email": LEAD}, (303, 303)),
        ("/sign-out", {}, (302, 302)),
        ("/account/password", {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}, (302, 200)),
        ("/account/recovery-codes", {"generate_new_codes": "yes"}, (200, 200)),
        ("/account/authenticator", {"setup": "authenticator"}, (200, 200)),
    ],
)
def test_a_second_press_does_no_harm(app: Flask, lead: Browser, path: str, data: dict[str, str], told: tuple[int, int]) -> None:
    assert tuple(lead.post(path, data).status_code for _ in range(2)) == told


def test_a_second_press_of_an_invitation_does_not_make_a_second_role(app: Flask, lead: Browser) -> None:
    for _ in range(2):
        lead.post(f"{AT}/invitations", {"email": WREN, "role": "learner"})
    welcomes = [re.search(r"/welcome/\S+", letter.body) for letter in letters(app, WREN)]
    newcomer = Browser(app)
    for welcome in welcomes:
        assert welcome
        newcomer.post(welcome.group(0), {"name": "Wren", "password": PASSWORD})
    assert len([row for row in rows(app, Membership) if row.role == "learner"]) == 1


def test_the_command_line_invites_the_first_administrator(app: Flask) -> None:
    link = command(app, "people", "invite-administrator", "Root@Example.org").strip().splitlines()[-1]
    assert link.startswith("http://localhost/welcome/")
    root = Browser(app)
    made = root.post(link.removeprefix("http://localhost"), {"name": "Root", "password": PASSWORD})
    assert made.status_code == 303
    assert not root.is_signed_in(), "the second factor comes first"
    root.sign_in("root@example.org")
    set_up_app(root)
    assert "Platform administrator" in said(root.get("/account"))
    refused = app.test_cli_runner().invoke(args=["people", "invite-administrator", "root"])
    assert refused.exit_code == 1 and "not a whole e-mail address" in refused.output


def test_the_file_of_ones_data_is_json(lead: Browser) -> None:
    assert json.loads(lead.get("/account/data").text)["person"]["email"] == LEAD


SENT = st.dictionaries(
    st.sampled_from(["email", "role", "password", "code", "new_password"]) | st.text(min_size=1, max_size=5), SIGNS, max_size=4
)


@settings(max_examples=3)
@given(SENT)
@example({"role": '"><script>alert(1)</script>', "password": PASSWORD, "\x00": "\x00", "ß": "line\r\nline"})
def test_a_form_of_any_fields_is_kept_as_it_was_sent_but_for_secrets(app: Flask, sent: dict[str, str]) -> None:
    email = f"wren{len(rows(app, Person))}@example.org"
    new_person(app, email, ("practice_lead", "E99000001", "Z99001"))
    browser = Browser(app)
    browser.sign_in(email)
    run_out(app)
    fields = {name: text.encode(errors="replace").decode() for name, text in sent.items() if name.isprintable() and "&" not in name}
    asked = browser.post(f"{AT}/invitations", fields)
    page = browser.follow(browser.post(asked.headers["Location"], {"email": email, "password": PASSWORD})).text
    public = {name: text for name, text in fields.items() if name not in ("password", "code", "new_password", "next")}
    if public:
        assert html.unescape(page).count("<script>alert") == page.count("&lt;script&gt;alert")
        assert set(fields_of(page)) - {"next"} == set(public)
    assert PASSWORD not in page
