"""Somebody has lost a device, a factor or their way in; and the installation changes its secret."""

from base64 import b64decode, b64encode
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import Person, SignIn
from app.audit.models import AuditEntry
from tests.web.accounts.browser import Browser, change, command, new_person, rows, said, set_up_app

pytestmark = pytest.mark.both
WREN, LEAD = "wren@example.org", "lead@example.org"


@pytest.fixture
def wren(app: Flask) -> Browser:
    new_person(app, WREN, ("learner", "E99000001", "Z99001"), name="Wren Fell")
    browser = Browser(app)
    browser.sign_in(WREN)
    return browser


@pytest.fixture
def lead(app: Flask) -> Browser:
    new_person(app, LEAD, ("practice_lead", "E99000001", "Z99001"))
    browser = Browser(app)
    browser.sign_in(LEAD)
    return browser


@pytest.fixture
def secrets(app: Flask) -> Iterator[dict[str, object]]:
    """The settings of the application, put back afterwards."""
    names = ("SECRET_KEY", "SECRET_KEY_FALLBACKS")
    before = {name: app.config[name] for name in names}
    yield app.config
    app.config.update(before)


def role_of(app: Flask, lead: Browser) -> str:
    page = lead.get("/organisations/Z99001/people").text
    return page[: page.index('Sign out<span class="nhsuk-u-visually-hidden"> Wren Fell')].rpartition("/people/")[2].partition("/")[0]


def noted(app: Flask, what: str) -> list[tuple[str, str]]:
    return [(entry.by, entry.about) for entry in rows(app, AuditEntry) if entry.what == what]


def test_a_lead_signs_somebody_out_everywhere_and_their_role_stays(app: Flask, wren: Browser, lead: Browser) -> None:
    assert lead.post(f"/organisations/Z99001/people/{role_of(app, lead)}/sign-out").status_code == 303
    assert not wren.is_signed_in() and lead.is_signed_in()
    ids = {person.email: person.id for person in rows(app, Person)}
    assert noted(app, "session_ended") == [(ids[LEAD], ids[WREN])]
    wren.sign_in(WREN)
    assert wren.is_signed_in() and "Wren Fell" in said(lead.get("/organisations/Z99001/people"))


def test_a_lead_of_another_practice_signs_nobody_out(app: Flask, wren: Browser, lead: Browser) -> None:
    id = role_of(app, lead)
    new_person(app, "other@example.org", ("practice_lead", "E99000001", "Z99002"))
    other = Browser(app)
    other.sign_in("other@example.org")
    for code in ("Z99001", "Z99002"):
        assert other.post(f"/organisations/{code}/people/{id}/sign-out").status_code == 404
    assert wren.is_signed_in()


def test_the_command_line_signs_out_one_or_all(app: Flask, wren: Browser, lead: Browser) -> None:
    command(app, "people", "end-sessions", "Wren@example.org")
    assert not wren.is_signed_in() and lead.is_signed_in()
    command(app, "people", "end-all-sessions")
    assert not lead.is_signed_in() and rows(app, SignIn) == []
    assert {by for by, _about in noted(app, "session_ended")} == {"command line"}


@pytest.mark.parametrize("what", ["end-sessions", "forget-second-factor"])
def test_an_address_that_nobody_has_is_said(app: Flask, what: str) -> None:
    ran = app.test_cli_runner().invoke(args=["people", what, "nobody@example.org"])
    assert ran.exit_code == 1 and "Nobody has an account with this address" in ran.output


def test_whoever_has_lost_app_and_codes_signs_in_and_sets_up_anew(app: Flask, wren: Browser) -> None:
    set_up_app(wren)
    wren.post("/account/recovery-codes", {"generate_new_codes": "yes"})
    again = Browser(app)
    assert "/sign-in/code" in again.sign_in(WREN).headers["Location"]
    command(app, "people", "forget-second-factor", WREN)
    assert not wren.is_signed_in()
    again.sign_in(WREN)
    assert again.is_signed_in()
    (person,) = rows(app, Person)
    assert (person.tf_totp_secret, person.mf_recovery_codes) == (None, [])
    assert noted(app, "second_factor_removed") == [("command line", person.id)]
    set_up_app(again)


def test_after_the_secret_was_changed_the_app_still_counts_and_its_key_is_locked_anew(
    app: Flask, wren: Browser, secrets: dict[str, object]
) -> None:
    phone = set_up_app(wren)
    secrets["SECRET_KEY"], secrets["SECRET_KEY_FALLBACKS"] = "the next one", [secrets["SECRET_KEY"]]
    first = Browser(app, address="203.0.113.20")
    assert first.post(first.sign_in(WREN).headers["Location"], {"code": phone.code()}).status_code == 302
    assert "anew: 1" in command(app, "people", "renew-keys")
    secrets["SECRET_KEY_FALLBACKS"] = []
    second = Browser(app, address="203.0.113.21")
    assert second.post(second.sign_in(WREN).headers["Location"], {"code": phone.code(1)}).status_code == 302


def test_a_secret_that_is_gone_is_said_and_lets_nobody_in(app: Flask, wren: Browser, secrets: dict[str, object]) -> None:
    phone = set_up_app(wren)
    secrets["SECRET_KEY"] = "the next one"
    ran = app.test_cli_runner().invoke(args=["people", "renew-keys"])
    assert ran.exit_code == 1 and "no known secret reads: 1" in ran.output
    browser = Browser(app, address="203.0.113.22")
    assert "These digits are not right" in said(browser.post(browser.sign_in(WREN).headers["Location"], {"code": phone.code()}))


def test_a_key_that_was_changed_in_the_table_lets_nobody_in_and_is_logged(
    app: Flask, wren: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    phone = set_up_app(wren)
    (locked,) = [person.tf_totp_secret for person in rows(app, Person)]
    spoilt = bytearray(b64decode(locked))
    spoilt[20] ^= 1
    change(app, update(Person).values(tf_totp_secret=b64encode(bytes(spoilt)).decode()))
    browser = Browser(app, address="203.0.113.23")
    assert "These digits are not right" in said(browser.post(browser.sign_in(WREN).headers["Location"], {"code": phone.code()}))
    assert not browser.is_signed_in() and "unreadable" in caplog.text
    assert phone.key not in str(rows(app, Person)[0].tf_totp_secret)
