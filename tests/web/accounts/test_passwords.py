"""Passwords: which will do, changing them, and new ones by a link."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from itsdangerous import TimestampSigner

from tests.web.accounts.browser import (
    OTHER,
    PASSWORD,
    Authenticator,
    Browser,
    last_link,
    letters,
    link_in,
    new_person,
    said,
    set_up_app,
    signed_in,
    tables_with,
)

WREN = "wren.ash@example.org"
LONG = "".join(f"{number:04d} crows over the hill; " for number in range(20))


@pytest.fixture
def wren(app: Flask) -> Browser:
    new_person(app, WREN, name="Wrenna Ashdown")
    return signed_in(app, WREN)


def test_a_password_of_half_a_megabyte_is_wrong_whether_or_not_anybody_has_the_address(wren: Browser) -> None:
    endless = "a" * 500_000
    pages = {said(Browser(wren.app).sign_in(email, endless)).replace(email, "") for email in (WREN, "nobody@example.org")}
    assert len(pages) == 1 and "is not right" in pages.pop()
    assert "is not right" in change_to(wren, OTHER, old=endless)


def change_to(browser: Browser, new: str, old: str = PASSWORD, again: str | None = None) -> str:
    data = {"password": old, "new_password": new, "new_password_confirm": new if again is None else again}
    return said(browser.follow(browser.post("/account/password", data)))


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("ten moss 11", "too short"),
        ("", "Type your password"),
        ("password1234", "soon guessed"),
        ("qwertyuiop12", "soon guessed"),
        ("aaaaaaaaaaaaaaaa", "soon guessed"),
        ("wrennaashdown", "soon guessed"),
        ("Ashdown, ashdown 1984", "soon guessed"),
        ("fingerpost123", "soon guessed"),
        (LONG[:201], "too long"),
    ],
)
def test_what_is_short_long_or_soon_guessed_is_refused(app: Flask, wren: Browser, password: str, told: str) -> None:
    assert told in change_to(wren, password)
    assert Browser(app).sign_in(WREN).status_code == 302


@pytest.mark.parametrize(
    "password",
    [
        "moss on slate",
        LONG[:200],
        "alllowercaseforkettles",
        "  two spaces before  ",
        "🐌 under 🪨 by the 🌊 shore",
        "ﬁve ½ ﬂat ｓｔｏｎｅｓ",
        "кит под мостом спит",
    ],
)
def test_anything_else_will_do_and_signs_in(app: Flask, wren: Browser, password: str) -> None:
    assert "was changed" in change_to(wren, password)
    assert Browser(app).sign_in(WREN, password).status_code == 302
    for form in ("NFKC", "NFD"):
        assert Browser(app).sign_in(WREN, unicodedata.normalize(form, password)).status_code == 302
    assert Browser(app).sign_in(WREN, password[:-1]).status_code == 200


def test_a_first_password_is_taken_in_the_form_in_which_it_is_compared(app: Flask) -> None:
    from app.accounts.models import EmailedLink
    from app.accounts.sessions import hashed
    from app.extensions import db

    now = datetime.now(UTC)
    with db.writing() as session:
        session.add(
            EmailedLink(
                token_hash=hashed("x"), kind="invitation", email="new@example.org", role="learner", practice_code="Z99001", made_by="test",
                made_at=now, ends_at=now + timedelta(days=1),
            )
        )  # fmt: skip
    for wrong in ("short", "new@example.org", "ola.new ola.new", ""):
        refused = Browser(app).post("/welcome/x", {"name": "Ola", "password": wrong})
        assert refused.status_code == 422 and 'value="Ola"' in refused.text
    assert Browser(app).post("/welcome/x", {"name": "Ola", "password": "ﬁve ½ ﬂat ｓｔｏｎｅｓ"}).status_code == 303
    assert Browser(app).sign_in("new@example.org", "ﬁve ½ ﬂat ｓｔｏｎｅｓ").status_code == 302


def test_nothing_that_was_typed_comes_back_in_the_page(wren: Browser) -> None:
    page = wren.post(
        "/account/password", {"password": "not mine at all", "new_password": "ten moss 11", "new_password_confirm": "ten moss 11"}
    )
    assert "ten moss" not in page.text and "not mine" not in page.text


@pytest.mark.both
def test_a_change_ends_the_other_sessions_and_not_this_one(app: Flask, wren: Browser) -> None:
    phone = Browser(app)
    phone.sign_in(WREN)
    before = wren.token
    change_to(wren, OTHER)
    assert wren.is_signed_in() and not phone.is_signed_in()
    assert wren.token != before and tables_with(app, before) == set()
    stolen = Browser(app)
    stolen.carry(before)
    assert not stolen.is_signed_in()
    assert len(re.findall("/sessions/[^/]+/end", wren.get("/account").text)) == 1
    assert "was changed" in letters(app, WREN)[0].subject


def test_a_change_needs_the_password_that_is_known(app: Flask, wren: Browser) -> None:
    assert "The password is not right" in change_to(wren, OTHER, old="not mine at all")
    assert "not the same" in change_to(wren, OTHER, again=OTHER + "!")
    assert "the password that you have" in change_to(wren, PASSWORD)
    assert Browser(app).sign_in(WREN).status_code == 302


def reset_link(app: Flask, **how: object) -> str:
    assert Browser(app).post("/password/forgotten", {"email": WREN}, **how).status_code == 200
    return last_link(app, WREN)


@pytest.mark.both
def test_a_link_for_a_new_password_works_once_and_ends_sessions(app: Flask, wren: Browser) -> None:
    link, stranger = reset_link(app), Browser(app)
    for _ in range(2):
        assert "A new password" in said(stranger.get(link))
    done = stranger.follow(stranger.post(link, {"password": OTHER, "password_confirm": OTHER}))
    assert "set anew. Sign in with it" in said(done)
    assert not stranger.is_signed_in() and not wren.is_signed_in()
    for again in (stranger.get(link), stranger.post(link, {"password": PASSWORD, "password_confirm": PASSWORD})):
        assert again.status_code == 410 and "no longer works" in said(again)
    assert Browser(app).sign_in(WREN).status_code == 200
    assert Browser(app).sign_in(WREN, OTHER).status_code == 302


def test_its_rules_are_the_same(app: Flask, wren: Browser) -> None:
    page = Browser(app).post(reset_link(app), {"password": "wrennaashdown", "password_confirm": "wrennaashdown"})
    assert "soon guessed" in said(page)


def test_it_lasts_an_hour(app: Flask, wren: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    link, then = reset_link(app), datetime.now(UTC)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: int((then + timedelta(minutes=61)).timestamp()))
    assert Browser(app).get(link).status_code == 410
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: int((then + timedelta(minutes=59)).timestamp()))
    assert Browser(app).get(link).status_code == 200


def test_it_does_not_pass_by_the_second_factor(app: Flask, wren: Browser) -> None:
    phone = set_up_app(wren)
    link, other = reset_link(app), Browser(app)
    other.post(link, {"password": OTHER, "password_confirm": OTHER})
    assert not other.is_signed_in()
    assert "/sign-in/code" in other.sign_in(WREN, OTHER).headers["Location"]
    assert not other.is_signed_in()
    assert isinstance(phone, Authenticator)
    assert other.post("/sign-in/code", {"code": phone.code()}).status_code == 302
    assert other.is_signed_in()


@pytest.mark.parametrize("path", ["/password/forgotten", "/sign-in/link"])
def test_links_in_letters_begin_with_the_public_address_whatever_the_host_was_called(app: Flask, wren: Browser, path: str) -> None:
    Browser(app).post(path, {"email": WREN}, base_url="http://evil.example.org", headers={"X-Forwarded-Host": "evil.example.org"})
    body = letters(app, WREN)[0].body
    assert "evil" not in body and Browser(app).get(link_in(letters(app, WREN)[0])).status_code == 200


@pytest.mark.parametrize("path", ["/password/forgotten", "/sign-in/link"])
def test_who_has_an_account_is_not_said(app: Flask, wren: Browser, path: str) -> None:
    known, unknown = (Browser(app).post(path, {"email": email}) for email in (WREN, "nobody@example.org"))
    assert known.status_code == unknown.status_code
    assert known.text.replace(WREN, "") == unknown.text.replace("nobody@example.org", "")
    assert list(known.headers.keys()) == list(unknown.headers.keys())
