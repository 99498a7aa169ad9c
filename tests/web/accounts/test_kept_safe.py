"""How passwords and keys are kept, what their fields let a browser do, and what is on record of signing in."""

import re

import pytest
from flask import Flask, current_app
from passlib.hash import argon2

from app.accounts.models import Person
from app.audit.models import AuditEntry
from tests.web.accounts.browser import OTHER, PASSWORD, Browser, new_person, rows, set_up_app, signed_in

WREN = "wren@example.org"


@pytest.fixture
def wren(app: Flask) -> Browser:
    new_person(app, WREN)
    browser = Browser(app)
    browser.sign_in(WREN)
    return browser


@pytest.mark.usefixtures("in_earnest")
def test_a_password_is_kept_as_a_slow_hash_with_its_own_salt(app: Flask, wren: Browser) -> None:
    new_person(app, "rook@example.org")
    for browser in (wren, signed_in(app, "rook@example.org")):
        browser.post("/account/password", {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER})
    one, other = (person.password for person in rows(app, Person))
    assert one.startswith("$argon2id$") and other.startswith("$argon2id$")
    assert not argon2.needs_update(one) and not argon2.needs_update(other)
    assert one != other


def test_one_key_of_an_app_is_locked_differently_each_time(app: Flask) -> None:
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with app.test_request_context():
        wallet = current_app.extensions["security"].totp_factory
        locked = [wallet._totp(key=key).to_json() for _ in range(2)]
    assert locked[0] != locked[1]
    assert key not in "".join(locked)


@pytest.mark.parametrize("path", ["/sign-in", "/account/password", "/sign-in/again"])
def test_what_is_typed_for_a_password_is_hidden_and_managers_may_fill_it(app: Flask, wren: Browser, path: str) -> None:
    page = (Browser(app) if path == "/sign-in" else wren).get(path).text
    fields = [field for field in re.findall(r"<input[^>]*>", page) if "password" in field]
    assert fields
    for one in fields:
        assert 'type="password"' in one
        assert re.search(r'autocomplete="(current|new)-password"', one)
        assert not re.search("onpaste|readonly|maxlength", one)


def test_signing_in_well_and_ill_is_on_record(app: Flask, wren: Browser) -> None:
    (person,) = rows(app, Person)
    Browser(app).sign_in(WREN, "not mine at all")
    Browser(app).sign_in("nobody@example.org", "not mine at all")
    wren.post("/sign-out")
    noted = [(entry.by, entry.what, entry.about) for entry in rows(app, AuditEntry) if entry.by != "command line"]
    assert noted == [
        (person.id, "sign_in", "password"),
        ("visitor", "sign_in_failed", person.id),
        ("visitor", "sign_in_failed", "nobody"),
        (person.id, "sign_out", person.id),
    ]


def test_after_a_factor_was_changed_all_sessions_can_be_ended(app: Flask, wren: Browser) -> None:
    phone = Browser(app)
    phone.sign_in(WREN)
    page = wren.post("/account/authenticator", {"setup": "authenticator"})
    set_up_app(wren, page)
    assert 'action="/account/sessions/end"' in wren.get("/account").text
    wren.post("/account/sessions/end")
    assert not phone.is_signed_in()


def test_a_field_of_the_address_is_not_taken_for_one_of_the_form(app: Flask, wren: Browser) -> None:
    stranger = Browser(app)
    assert stranger.post("/sign-in", {"email": WREN}, query_string={"password": PASSWORD}).status_code == 200
    assert not stranger.is_signed_in()
    both = {"email": WREN, "password": ["not mine at all", PASSWORD]}
    stranger.post("/sign-in", both)
    assert not stranger.is_signed_in(), "of a field that comes twice the first counts"


def test_the_file_of_ones_data_has_a_name_of_ours(wren: Browser) -> None:
    answer = wren.get("/account/data", query_string={"filename": "evil.exe", "name": "evil.exe"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fingerpost-my-data.json"'


def test_what_was_refused_is_in_the_log_without_what_was_sent(app: Flask, wren: Browser, caplog: pytest.LogCaptureFixture) -> None:
    (person,) = rows(app, Person)
    assert wren.get("/organisations/Z99001/people").status_code == 404
    Browser(app).post("/join", {"code": "canary-word"}, headers={"Sec-Fetch-Site": "cross-site"})
    for _ in range(11):
        Browser(app).sign_in("canary-word@example.org", "canary-word")
    told = [record.getMessage().partition(" ")[2] for record in caplog.records if record.name == "app.accounts.access"]
    assert told == [
        f"refused members.list_people to {person.id}: not for them",
        "refused joining.join to a visitor: sent from another site",
        "refused security.login to a visitor: too often",
    ]
    assert "canary-word" not in caplog.text
