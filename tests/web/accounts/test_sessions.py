"""Sessions: what the browser holds, what the server keeps, and when it ends."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.access import Audience, audiences_of
from app.accounts.models import EmailedLink, LimitCount, Person, SignIn
from app.accounts.sessions import hashed
from app.extensions import db
from app.jobs.retention import run
from tests.web.accounts.browser import PASSWORD, Browser, change, new_person, rows, said, set_up_app, tables_with

pytestmark = pytest.mark.both
WREN = "wren@example.org"


@pytest.fixture
def wren(app: Flask) -> Browser:
    new_person(app, WREN, ("learner", "E99000001", "Z99001"))
    browser = Browser(app)
    browser.sign_in(WREN)
    return browser


def move(app: Flask, **moved: Any) -> None:
    change(app, update(SignIn).values(**moved))


def test_the_browser_holds_a_token_of_which_only_a_hash_is_kept(app: Flask, wren: Browser) -> None:
    assert len(wren.token) >= 43
    assert tables_with(app, wren.token) == set()


def test_a_session_that_was_planted_before_is_worthless_after(app: Flask, wren: Browser) -> None:
    new_person(app, "rook@example.org")
    victim, attacker, phone = Browser(app), Browser(app), Browser(app)
    phone.sign_in("rook@example.org")
    set_up_app(phone)
    attacker.sign_in("rook@example.org")  # A sign-in that waits for its second step has a row and a token.
    planted = attacker.token
    assert planted and not attacker.is_signed_in()
    victim.carry(planted)
    victim.sign_in(WREN)
    assert victim.is_signed_in()
    assert victim.token != planted
    assert hashed(planted) not in [row.token_hash for row in rows(app, SignIn)]
    assert not attacker.is_signed_in()
    made_up = Browser(app)
    made_up.carry("of-my-own-choice")
    made_up.sign_in(WREN)
    assert made_up.is_signed_in() and made_up.token != "of-my-own-choice"


def test_a_stolen_cookie_is_worthless_after_signing_out(app: Flask, wren: Browser) -> None:
    stolen = Browser(app)
    stolen.carry(wren.token)
    assert stolen.is_signed_in()
    out = wren.post("/sign-out")
    assert out.headers["Location"] == "/"
    assert "fp_session=;" in out.headers["Set-Cookie"]
    assert not stolen.is_signed_in() and not wren.is_signed_in()
    assert rows(app, SignIn) == []


def test_opening_the_sign_out_page_does_not_sign_out(wren: Browser) -> None:
    wren.get("/sign-out")
    assert wren.is_signed_in()


@pytest.mark.parametrize("path", ["/", "/account", "/account/password", "/account/authenticator", "/search?q=day", "/training"])
def test_signing_out_is_in_sight_on_every_page(app: Flask, wren: Browser, path: str) -> None:
    assert '<a href="/sign-out">Sign out</a>' in wren.get(path).text
    assert "/sign-out" not in Browser(app).get("/").text


def test_sessions_are_listed_to_their_owner_who_ends_one_elsewhere(app: Flask, wren: Browser) -> None:
    phone = Browser(app, agent="Mozilla/5.0 (iPhone) Safari/604")
    phone.sign_in(WREN)
    page = wren.get("/account")
    assert "Edge, Windows (this one)" in said(page) and "Safari, iPhone" in said(page)
    end = re.search(r'Safari, iPhone.*?action="([^"]+/end)"', page.text, re.S)
    assert end and wren.post(end.group(1)).status_code == 303
    assert not phone.is_signed_in() and wren.is_signed_in()
    assert wren.post(end.group(1)).status_code == 404


def test_nobody_ends_a_session_of_somebody_else(app: Flask, wren: Browser) -> None:
    new_person(app, "rook@example.org")
    rook = Browser(app)
    rook.sign_in("rook@example.org")
    mine = next(row.id for row in rows(app, SignIn) if row.id in wren.get("/account").text)
    assert rook.post(f"/account/sessions/{mine}/end").status_code == 404
    assert wren.is_signed_in()


def test_signing_out_everywhere(app: Flask, wren: Browser) -> None:
    phone = Browser(app)
    phone.sign_in(WREN)
    assert wren.post("/account/sessions/end").status_code == 303
    assert not phone.is_signed_in() and not wren.is_signed_in()


@pytest.mark.parametrize(("role", "idle", "whole"), [("learner", 12, 24 * 7), ("practice_lead", 0.5, 12), ("council_analyst", 0.5, 12)])
def test_who_sees_more_is_signed_out_sooner(app: Flask, role: str, idle: float, whole: float) -> None:
    new_person(app, "rook@example.org", (role, "E99000001", "Z99001" if role == "practice_lead" else None))
    rook, minute, now = Browser(app), timedelta(minutes=1), datetime.now(UTC)
    rook.sign_in("rook@example.org")
    move(app, seen_at=now - timedelta(hours=idle) + minute)
    assert rook.is_signed_in()
    move(app, seen_at=now - timedelta(hours=idle) - minute)
    assert not rook.is_signed_in()
    rook.sign_in("rook@example.org")
    newest = max(rows(app, SignIn), key=lambda row: row.began_at)
    assert abs(newest.ends_at - newest.began_at - timedelta(hours=whole)) < minute
    move(app, ends_at=datetime.now(UTC) - timedelta(seconds=1))
    assert not rook.is_signed_in()


def test_use_keeps_a_session_alive_only_to_its_whole_lifes_end(app: Flask, wren: Browser) -> None:
    ends = rows(app, SignIn)[0].ends_at
    move(app, seen_at=datetime.now(UTC) - timedelta(hours=11))
    assert wren.is_signed_in()
    (row,) = rows(app, SignIn)
    assert datetime.now(UTC) - row.seen_at < timedelta(minutes=1)
    assert row.ends_at == ends


def test_the_cookies_flags_on_http_and_on_https(app: Flask) -> None:
    new_person(app, WREN)
    (plain,) = Browser(app).sign_in(WREN).headers.getlist("Set-Cookie")
    assert plain.startswith("fp_session=") and {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(plain.split("; "))
    assert "Secure" not in plain
    app.config["HTTPS"] = True
    try:
        browser = Browser(app, https=True)
        (safe,) = browser.sign_in(WREN).headers.getlist("Set-Cookie")
        assert browser.is_signed_in()
    finally:
        app.config["HTTPS"] = False
    assert safe.startswith("__Host-fp_session=") and {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(safe.split("; "))
    assert not {"Domain", "Expires", "Max-Age"} & {part.partition("=")[0] for part in safe.split("; ")}


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/passkey"])
def test_no_cookie_is_given_that_outlives_a_session(app: Flask, path: str) -> None:
    new_person(app, WREN)
    browser = Browser(app)
    given = browser.post(path, {"email": WREN, "password": PASSWORD, "remember": "y"}).headers.getlist("Set-Cookie")
    assert [cookie for cookie in given if not cookie.startswith("fp_session=")] == []


def test_programs_get_no_token_that_passes_by_sessions(app: Flask, wren: Browser) -> None:
    answer = Browser(app).sign_in(WREN, query_string={"include_auth_token": "1"}, headers={"Accept": "application/json"})
    assert "token" not in answer.text
    with app.test_request_context():
        token = db.session.query(Person).one().get_auth_token()
    stranger = Browser(app, headers={"Authentication-Token": token})
    assert not stranger.is_signed_in()
    assert stranger.get("/account", query_string={"auth_token": token}).status_code == 303
    assert Browser(app).open("/sign-in", method="POST", json={"email": WREN, "password": PASSWORD}).status_code == 415


def test_pages_of_somebody_signed_in_are_kept_by_nobody(app: Flask, wren: Browser) -> None:
    for path in ("/account", "/account/data", "/account/password", "/", "/search?q=day", "/practice", "/help", "/training", "/sign-out"):
        assert "no-store" in wren.get(path).headers["Cache-Control"], path


def test_a_visitors_pages_set_no_cookie_and_make_no_row(app: Flask) -> None:
    visitor = Browser(app)
    sample = {"token": "x", "slug": "help", "code": "Z99001", "module": "before-the-care-home", "id": "1", "filename": "x", "name": "x"}
    asked = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or Audience.VISITOR not in audiences_of(app, rule.endpoint):
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: sample.get(found.group(1), "1"), rule.rule)
        answer = visitor.get(path)
        assert "Set-Cookie" not in answer.headers, path
        asked += 1
    assert asked > 30
    assert rows(app, SignIn) == [] and rows(app, LimitCount) == []


def test_what_is_over_is_taken_away_by_a_job(app: Flask, wren: Browser) -> None:
    now = datetime.now(UTC)
    Browser(app).post("/sign-in/link", {"email": WREN})
    Browser(app).sign_in(WREN)
    run()
    assert (len(rows(app, SignIn)), len(rows(app, EmailedLink))) == (2, 1)
    change(app, update(SignIn).where(SignIn.id == rows(app, SignIn)[0].id).values(seen_at=now - timedelta(days=2)))
    change(app, update(EmailedLink).values(used_at=now - timedelta(days=29), ends_at=now - timedelta(days=29)))
    change(app, update(LimitCount).values(ends_at=now - timedelta(days=2)))
    run()
    assert (len(rows(app, SignIn)), len(rows(app, EmailedLink)), rows(app, LimitCount)) == (1, 1, [])
    change(app, update(SignIn).values(ends_at=now - timedelta(days=2)))
    change(app, update(EmailedLink).values(used_at=now - timedelta(days=31)))
    run()
    assert (rows(app, SignIn), rows(app, EmailedLink)) == ([], [])
