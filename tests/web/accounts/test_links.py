"""Signing in by a link in one's own post."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import EmailedLink
from app.jobs.models import Letter
from tests.web.accounts.browser import PASSWORD, Browser, change, last_link, letters, new_person, rows, said, set_up_app, tables_with

pytestmark = pytest.mark.both
WREN = "wren@example.org"


@pytest.fixture
def link(app: Flask) -> str:
    new_person(app, WREN)
    Browser(app).post("/sign-in/link", {"email": "WREN@example.org "})
    return last_link(app, WREN)


def test_opening_it_does_nothing_and_pressing_its_button_signs_in_once(app: Flask, link: str) -> None:
    browser = Browser(app)
    for _ in range(3):
        assert "did not ask for this" in said(browser.get(link))
    assert not browser.is_signed_in()
    assert browser.post(link).headers["Location"] == "/account"
    assert browser.is_signed_in()
    again = Browser(app)
    assert again.post(link).status_code == 410
    assert not again.is_signed_in()


def test_it_lasts_ten_minutes(app: Flask, link: str) -> None:
    left = rows(app, EmailedLink)[0].ends_at - datetime.now(UTC)
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    change(app, update(EmailedLink).values(ends_at=datetime.now(UTC)))
    browser = Browser(app)
    assert browser.post(link).status_code == 410
    assert not browser.is_signed_in()


def test_the_second_factor_is_still_asked_for(app: Flask, link: str) -> None:
    first = Browser(app)
    first.sign_in(WREN)
    phone = set_up_app(first)
    other = Browser(app)
    asked = other.post(link + "?next=/practice")
    assert "/sign-in/code" in asked.headers["Location"]
    assert not other.is_signed_in()
    done = other.post(asked.headers["Location"], {"code": phone.code()})
    assert done.headers["Location"].endswith("/practice")
    assert other.is_signed_in()


def test_a_link_for_joining_does_not_sign_in_and_one_for_signing_in_does_not_join(app: Flask, link: str) -> None:
    token = link.rpartition("/")[2]
    assert Browser(app).post(f"/welcome/{token}", {"name": "x", "password": "moss on a slate roof"}).status_code == 410
    browser = Browser(app)
    assert browser.post(link).status_code == 303


def test_an_address_without_an_account_is_told_so_in_its_own_post(app: Flask) -> None:
    Browser(app).post("/sign-in/link", {"email": "nobody@example.org"})
    assert "no account" in letters(app, "nobody@example.org")[0].body


def test_the_token_is_kept_in_the_letter_alone(app: Flask, link: str) -> None:
    assert tables_with(app, link.rpartition("/")[2]) == {"letter"}


@pytest.mark.parametrize("typed", ["ада@example.org", "adа@example.org", "ada@example.org\nb@example.org", "a" * 900_000 + "@example.org"])
@pytest.mark.parametrize("path", ["/sign-in/link", "/password/forgotten", "/sign-in"])
def test_an_address_that_no_letter_can_go_to_is_nobodys(app: Flask, path: str, typed: str) -> None:
    new_person(app, "ada@example.org")
    Browser(app).post(path, {"email": typed, "password": PASSWORD})
    assert not rows(app, Letter)


def test_a_host_in_other_letters_is_written_as_its_own_name(app: Flask) -> None:
    assert Browser(app).post("/sign-in/link", {"email": "Ada@straße.example.org"}).status_code == 200
    assert [letter.recipient for letter in rows(app, Letter)] == ["ada@xn--strae-oqa.example.org"]
    new_person(app, "ada@xn--strae-oqa.example.org")
    browser = Browser(app)
    browser.sign_in("ada@straße.example.org")
    assert browser.is_signed_in()
