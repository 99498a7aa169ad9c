"""Letters that remind of follow-ups: only to those who asked for them, one each, and off with one press."""

import re

import pytest
from flask import Flask

from app.training.followups.models import ReminderLetter, ReminderWish
from app.training.followups.reminding import remind
from tests.web.accounts.browser import Browser, letters, new_person, rows, said, signed_in
from tests.web.training.done import EMAIL, OTHER, finished
from tests.web.training.test_followups import done

pytestmark = pytest.mark.both


@pytest.fixture
def wren(app: Flask) -> str:
    return new_person(app, EMAIL)


@pytest.fixture
def browser(app: Flask, wren: str) -> Browser:
    return signed_in(app, EMAIL)


def ask(browser: Browser, wanted: str = "yes") -> str:
    return said(browser.follow(browser.post("/training/reminders", {"wanted": wanted})))


def run(app: Flask) -> None:
    with app.app_context():
        remind()


def test_nobody_is_written_to_who_did_not_ask(app: Flask, browser: Browser, wren: str) -> None:
    finished(app, wren, 10)
    assert "You do not get these letters" in said(browser.get("/training/reminders"))
    run(app)
    assert letters(app, EMAIL) == []


@pytest.mark.parametrize(("days", "number"), [(0, 0), (6, 0), (7, 1), (21, 1), (22, 0), (79, 0), (80, 1), (150, 1), (151, 0)])
def test_a_letter_goes_once_a_follow_up_is_open(app: Flask, browser: Browser, wren: str, days: int, number: int) -> None:
    assert "You get these letters" in ask(browser)
    finished(app, wren, days)
    for _ in range(3):
        run(app)
    assert len(letters(app, EMAIL)) == number


def test_it_names_the_module_and_its_last_day_and_holds_no_score(app: Flask, browser: Browser, wren: str) -> None:
    ask(browser)
    finished(app, wren, 10)
    run(app)
    (letter,) = letters(app, EMAIL)
    assert "Before the care home" in letter.subject or "care home" in letter.subject
    assert "http://localhost/training/yours" in letter.body
    assert not re.search(r"\d+ of \d+|right|score", letter.body)


def test_none_goes_where_it_is_done(app: Flask, browser: Browser, wren: str) -> None:
    ask(browser)
    done(app, browser, finished(app, wren, 10))
    run(app)
    assert letters(app, EMAIL) == []


def test_none_goes_to_whoever_asked_for_no_more(app: Flask, browser: Browser, wren: str) -> None:
    ask(browser)
    ask(browser)
    assert "You do not get these letters" in ask(browser, "no")
    finished(app, wren, 10)
    run(app)
    assert letters(app, EMAIL) == [] and rows(app, ReminderWish) == []


def test_the_link_in_a_letter_ends_them_with_one_press_and_without_signing_in(app: Flask, browser: Browser, wren: str) -> None:
    ask(browser)
    finished(app, wren, 10)
    run(app)
    path = re.findall(r"http://localhost(/\S+)", letters(app, EMAIL)[0].body)[1]
    stranger = Browser(app)
    page = stranger.get(path)
    assert page.status_code == 200 and "Send me no more" in said(page)
    assert len(rows(app, ReminderWish)) == 1, "looking at it changes nothing"
    for _ in range(2):
        assert "You will get no more letters" in said(stranger.post(path))
    assert rows(app, ReminderWish) == []
    assert path.rsplit("/", 1)[1] not in str([vars(row) for row in rows(app, ReminderLetter)]), "only a hash is kept"
    assert "You do not get these letters" in said(browser.get("/training/reminders"))


def test_it_ends_those_of_nobody_else(app: Flask, browser: Browser, wren: str) -> None:
    ask(browser)
    other = new_person(app, OTHER)
    ask(signed_in(app, OTHER))
    finished(app, wren, 10)
    finished(app, other, 10)
    run(app)
    Browser(app).post(re.findall(r"http://localhost(/\S+)", letters(app, EMAIL)[0].body)[1])
    assert [row.person_id for row in rows(app, ReminderWish)] == [other]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_none_of_ours_says_what_to_do(app: Flask, method: str) -> None:
    answer = Browser(app).open("/training/reminders/off/none-of-ours", method=method)
    assert answer.status_code == 410 and "sign in and open" in said(answer)


def test_what_is_neither_yes_nor_no_is_refused(app: Flask, browser: Browser) -> None:
    assert browser.post("/training/reminders", {"wanted": "perhaps"}).status_code == 422
    assert rows(app, ReminderWish) == []


def test_the_choice_stands_on_your_training_at_the_finish_and_on_the_account(app: Flask, browser: Browser, wren: str) -> None:
    token = finished(app, wren)
    for path in ("/training/yours", f"/training/attempts/{token}/finish"):
        assert "E-mail me when a follow-up opens" in said(browser.get(path))
    ask(browser)
    for path in ("/training/yours", f"/training/attempts/{token}/finish"):
        assert "Stop the e-mails about follow-ups" in said(browser.get(path))
    assert 'href="/training/reminders"' in browser.get("/account").text
