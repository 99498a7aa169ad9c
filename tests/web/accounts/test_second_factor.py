"""The second step: an app's digits, recovery codes, and organisations that ask for it."""

import re
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import Person, SignIn
from tests.web.accounts.browser import Authenticator, Browser, change, new_person, rows, said, set_up_app, signed_in, tables_with

pytestmark = pytest.mark.both
PLACES = count(1)
WREN, LEAD = "wren@example.org", "lead@example.org"


@pytest.fixture
def wren(app: Flask) -> Browser:
    new_person(app, WREN, ("learner", "E99000001", "Z99001"))
    return signed_in(app, WREN)


def half_sign_in(app: Flask) -> Browser:
    browser = Browser(app, address=f"203.0.113.{next(PLACES)}")  # From one address alone ten tries are the limit.
    assert "/sign-in/code" in browser.sign_in(WREN).headers["Location"]
    return browser


def test_without_the_digits_nothing_opens(app: Flask, wren: Browser) -> None:
    set_up_app(wren)
    half = half_sign_in(app)
    for path in ("/account", "/account/data", "/account/password", "/account/recovery-codes", "/account/passkeys"):
        assert half.get(path).headers["Location"].startswith("/sign-in?"), path
    assert "These digits are not right" in said(half.post("/sign-in/code", {"code": "000000"}))
    assert not half.is_signed_in()


def test_digits_count_once_and_not_again_within_their_half_minute(app: Flask, wren: Browser) -> None:
    phone = set_up_app(wren)
    code = phone.code()
    assert half_sign_in(app).post("/sign-in/code", {"code": code}).status_code == 302
    for _ in range(2):
        again = half_sign_in(app)
        assert "These digits are not right" in said(again.post("/sign-in/code", {"code": code}))
        assert not again.is_signed_in()
    assert half_sign_in(app).post("/sign-in/code", {"code": phone.code(1)}).status_code == 302


@pytest.mark.parametrize("ahead", [-3, 3, 120])
def test_digits_of_another_time_are_refused(app: Flask, wren: Browser, ahead: int) -> None:
    phone = set_up_app(wren)
    change(app, update(Person).values(tf_last_counter=None))
    assert half_sign_in(app).post("/sign-in/code", {"code": phone.code(ahead)}).status_code == 200


def test_digits_typed_with_a_space_count(app: Flask, wren: Browser) -> None:
    phone = set_up_app(wren)
    code = phone.code()
    assert half_sign_in(app).post("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def recovery_codes(browser: Browser) -> list[str]:
    page = browser.post("/account/recovery-codes", {"generate_new_codes": "yes"})
    return re.findall(r"<code>([0-9A-Z-]{34})</code>", page.text)


def test_each_recovery_code_lets_in_once_and_new_ones_end_the_old(app: Flask, wren: Browser) -> None:
    set_up_app(wren)
    old, new = recovery_codes(wren), recovery_codes(wren)
    assert len(set(old + new)) == 10
    assert half_sign_in(app).post("/sign-in/recovery", {"code": old[0]}).status_code == 200
    for code in (new[0], new[1].lower(), f" {new[2]} ", new[3], new[4]):
        browser = half_sign_in(app)
        assert browser.post("/sign-in/recovery", {"code": code}).status_code == 302
        assert browser.is_signed_in()
    for code in new:
        again = half_sign_in(app)
        assert "was used already" in said(again.post("/sign-in/recovery", {"code": code}))
        assert not again.is_signed_in()


def test_recovery_codes_are_shown_once_and_kept_nowhere(app: Flask, wren: Browser) -> None:
    set_up_app(wren)
    codes = recovery_codes(wren)
    page = wren.get("/account/recovery-codes?show_codes=1")
    assert not [code for code in codes if code in page.text]
    assert tables_with(app, *codes) == set()


def test_the_apps_key_is_kept_locked(app: Flask, wren: Browser) -> None:
    phone = set_up_app(wren)
    assert tables_with(app, phone.key) == set()


def test_taking_the_app_away_needs_a_fresh_sign_in(app: Flask, wren: Browser) -> None:
    set_up_app(wren)
    for row in rows(app, SignIn):
        change(app, update(SignIn).where(SignIn.id == row.id).values(data=re.sub(r'"fs_paa": ?[\d.]+', '"fs_paa": 1', row.data)))
    answer = wren.post("/account/authenticator", {"setup": "disable"})
    assert "/sign-in/again" in answer.headers["Location"]
    assert [person.tf_primary_method for person in rows(app, Person)] == ["authenticator"]


def test_an_organisation_that_asks_for_it_ends_sessions_and_has_it_set_up_at_the_next(app: Flask, wren: Browser) -> None:
    new_person(app, LEAD, ("practice_lead", "E99000001", "Z99001"))
    lead = Browser(app)
    lead.sign_in(LEAD)
    assert lead.post("/organisations/Z99001/second-factor", {"asked": "yes"}).status_code == 303
    assert not wren.is_signed_in() and not lead.is_signed_in()
    asked = wren.sign_in(WREN)
    assert asked.headers["Location"].startswith("/account/authenticator")
    assert not wren.is_signed_in()
    page = wren.follow(asked)
    assert "Your practice or council asks for it" in said(page)
    phone = set_up_app(wren)
    assert wren.is_signed_in()
    assert "Stop using it" not in said(wren.get("/account/authenticator"))
    assert isinstance(phone, Authenticator)
    assert wren.post("/account/authenticator", {"setup": "disable"}).status_code == 200
    assert {person.email: person.tf_primary_method for person in rows(app, Person)}[WREN] == "authenticator"


def test_of_a_platform_administrator_it_is_always_asked(app: Flask) -> None:
    new_person(app, "root@example.org", ("platform_admin", None, None))
    root = Browser(app)
    assert root.sign_in("root@example.org").headers["Location"].startswith("/account/authenticator")
    assert not root.is_signed_in()


def test_another_practice_may_not_ask(app: Flask, wren: Browser) -> None:
    new_person(app, LEAD, ("practice_lead", "E99000001", "Z99002"))
    lead = Browser(app)
    lead.sign_in(LEAD)
    assert lead.post("/organisations/Z99001/second-factor", {"asked": "yes"}).status_code == 404
    assert wren.is_signed_in()
