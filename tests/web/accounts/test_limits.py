"""How often something may be tried, by whom and from where."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app import create_app
from app.accounts.models import LimitCount
from config import Settings
from tests.web.accounts.browser import PASSWORD, Browser, change, command, last_link, letters, new_person, rows, said, set_up_app

WREN, ROOK = "wren@example.org", "rook@example.org"
HERE, ELSEWHERE = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def wren(app: Flask) -> str:
    return new_person(app, WREN)


def guess(app: Flask, times: int, address: str = HERE, email: str = WREN) -> list[int]:
    return [Browser(app, address=address).sign_in(email, f"guess {number}").status_code for number in range(times)]


def over_many_addresses(app: Flask, times: int, email: str = WREN) -> list[int]:
    return [guess(app, 1, f"10.0.{number // 200}.{number % 200}", email)[0] for number in range(times)]


@pytest.mark.both
def test_ten_wrong_passwords_stop_this_person_from_this_address_alone(app: Flask, wren: str) -> None:
    new_person(app, ROOK)
    assert guess(app, 12) == [200] * 10 + [429] * 2
    stopped = Browser(app, address=HERE).sign_in(WREN)
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 300
    assert "Nothing is locked" in said(stopped) and "/sign-in/passkey" in stopped.text and "/sign-in/link" in stopped.text
    assert Browser(app, address=ELSEWHERE).sign_in(WREN).status_code == 302
    assert Browser(app, address=HERE).sign_in(ROOK).status_code == 302


@pytest.mark.parametrize("email", ["WREN@EXAMPLE.ORG", " wren@example.org ", "wren@ｅxample.org", "Wren@example.Org"])
def test_another_spelling_of_the_address_is_not_another_count(app: Flask, wren: str, email: str) -> None:
    guess(app, 10)
    assert guess(app, 1, email=email) == [429]


def test_after_five_minutes_it_goes_on(app: Flask, wren: str) -> None:
    guess(app, 11)
    change(app, update(LimitCount).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert Browser(app, address=HERE).sign_in(WREN).status_code == 302


def test_a_strangers_guesses_over_many_addresses_stop_the_password_and_nothing_else(app: Flask, wren: str) -> None:
    assert over_many_addresses(app, 61)[-1] == 429
    own = Browser(app, address=ELSEWHERE)
    assert own.sign_in(WREN).status_code == 429
    assert own.post("/sign-in/passkey").status_code == 200
    assert own.post("/sign-in/link", {"email": WREN}).status_code == 200
    assert own.post(last_link(app, WREN)).status_code == 303
    assert own.is_signed_in()


def test_links_that_a_stranger_asks_for_leave_one_that_works_for_as_long_as_no_more_are_sent(app: Flask, wren: str) -> None:
    asked = [Browser(app, address=f"10.0.0.{number}").post("/sign-in/link", {"email": WREN}) for number in range(6)]
    assert [answer.status_code for answer in asked] == [200] * 4 + [429] * 2
    assert int(asked[-1].headers["Retry-After"]) <= 600  # Ten minutes, as long as each link works.
    assert len(letters(app, WREN)) == 4
    own = Browser(app, address=ELSEWHERE)
    own.post(last_link(app, WREN))
    assert own.is_signed_in()


def test_a_practice_behind_one_address_signs_in_on_monday_morning(app: Flask) -> None:
    people = [f"person{number}@example.org" for number in range(40)]
    for email in people:
        new_person(app, email)
    assert {Browser(app, address=HERE).sign_in(email).status_code for email in people} == {302}


def test_the_digits_cannot_be_guessed_whatever_the_form_says_of_who_it_is(app: Flask, wren: str) -> None:
    browser = Browser(app)
    browser.sign_in(WREN)
    set_up_app(browser)
    half = Browser(app, address=ELSEWHERE)
    half.sign_in(WREN)
    sent = [half.post("/sign-in/code", {"code": "000000", "email": f"x{number}@example.org"}).status_code for number in range(12)]
    assert sent == [200] * 10 + [429] * 2


def test_a_new_session_does_not_begin_the_count_anew(app: Flask, wren: str) -> None:
    browser = Browser(app)
    browser.sign_in(WREN)
    set_up_app(browser)
    sent = []
    for _ in range(6):
        half = Browser(app, address=ELSEWHERE)
        half.sign_in(WREN)
        sent += [half.post("/sign-in/recovery", {"code": "0000-0000-0000"}).status_code for _ in range(2)]
    assert sent == [200] * 10 + [429] * 2


def test_codes_are_limited_by_address(app: Flask) -> None:
    browser = Browser(app)
    sent = [browser.post("/join", {"code": "AAAA-AAAA-AAAA", "email": WREN}).status_code for _ in range(12)]
    assert sent == [422] * 10 + [429] * 2


def test_reading_is_never_limited_by_it(app: Flask, wren: str) -> None:
    guess(app, 11)
    assert {Browser(app, address=HERE).get(path).status_code for path in ("/", "/search?q=day", "/sign-in", "/help")} == {200}


def test_what_is_kept_names_nobody(app: Flask, wren: str) -> None:
    guess(app, 1)
    kept = " ".join(row.key for row in rows(app, LimitCount))
    assert kept and all(len(row.key) == 64 for row in rows(app, LimitCount))
    assert WREN not in kept and HERE not in kept


@pytest.mark.parametrize(("second", "same"), [("2001:db8::ffff:2", True), ("2001:db8:0:1::1", False)])
def test_the_addresses_of_one_household_count_as_one(app: Flask, wren: str, second: str, same: bool) -> None:
    guess(app, 10, "2001:db8::1")
    assert guess(app, 1, second) == [429 if same else 200]


SECOND = """
import os, sys
from app import create_app
from config import Settings
app = create_app(Settings.from_environ(os.environ))
form = {"email": "wren@example.org", "password": "guess"}
client = app.test_client()
print(*(client.post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code for _ in range(7)))
"""


@pytest.mark.both
def test_two_processes_share_the_count(app: Flask, wren: str) -> None:
    root = Path(__file__).resolve().parents[3]
    url = app.extensions["database"].url.render_as_string(hide_password=False)
    environ = {"DATABASE_URL": url, "DATA_DIR": str(app.config["DATA_DIR"]), "SECRET_KEY": "for tests only", "PATH": "/usr/bin"}
    assert guess(app, 5) == [200] * 5
    ran = subprocess.run([sys.executable, "-c", SECOND], cwd=root, env=environ, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["200"] * 5 + ["429"] * 2
    assert guess(app, 1) == [429]


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_what_a_proxy_says_of_the_address_is_believed_only_where_one_stands(tmp_path: Path, proxies: str, believed: bool) -> None:
    made = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost", "PROXIES": proxies}))
    made.testing = True
    command(made, "db", "upgrade")
    seen = []
    for number in range(12):
        browser = Browser(made, headers={"X-Forwarded-For": f"198.51.100.{number}"})
        seen.append(browser.sign_in(WREN, "guess").status_code)
    assert seen == ([200] * 12 if believed else [200] * 10 + [429] * 2)
    made_up = [{"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.99"} for number in range(11)]
    assert [Browser(made, headers=said).sign_in(WREN).status_code for said in made_up][-1] == 429  # Only what the proxy added counts.
    made.extensions["database"].dispose()


def test_a_right_password_after_nine_wrong_ones(app: Flask, wren: str) -> None:
    assert guess(app, 9) == [200] * 9
    assert Browser(app, address=HERE).sign_in(WREN, PASSWORD).status_code == 302
