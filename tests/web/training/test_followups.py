"""What has stayed: follow-ups one to two weeks and three months after a module."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.tenancy import EVERYTHING, acting
from app.training import catalogue
from app.training.marking import right_answer
from app.training.models import Attempt
from app.training.queries import modules
from app.training.schema import Form
from tests.web.accounts.browser import Browser, new_person, rows, said, signed_in
from tests.web.training.done import EMAIL, OTHER, SLUG, fields, finished, go_through, make_older, questions, wrong_answer

pytestmark = pytest.mark.both
BEGIN = "Begin : "


@pytest.fixture
def wren(app: Flask) -> str:
    return new_person(app, EMAIL)


@pytest.fixture
def browser(app: Flask, wren: str) -> Browser:
    return signed_in(app, EMAIL)


def begin(browser: Browser, token: str, part: str = "weeks") -> str:
    """Press the button; the token of the follow-up."""
    answer = browser.post(f"/training/attempts/{token}/follow-up/{part}")
    assert answer.status_code == 303, said(answer)
    return answer.headers["Location"].split("/")[3].partition("?")[0]


def done(app: Flask, browser: Browser, token: str, part: str = "weeks") -> str:
    """A follow-up begun and gone through."""
    begun = begin(browser, token, part)
    with app.app_context(), acting(EVERYTHING):
        go_through(begun)
    return begun


@pytest.mark.parametrize(
    ("days", "words", "open_ones"),
    [
        (0, ["Opens on", "Opens on"], 0),
        (6, ["Opens on", "Opens on"], 0),
        (7, ["Open now", "Opens on"], 1),
        (21, ["Open now", "Opens on"], 1),
        (22, ["It could be begun until", "Opens on"], 0),
        (80, ["It could be begun until", "Open now"], 1),
        (151, ["It could be begun until", "It could be begun until"], 0),
    ],
)
def test_your_training_offers_each_on_its_days(
    app: Flask, browser: Browser, wren: str, days: int, words: list[str], open_ones: int
) -> None:
    token = finished(app, wren, days)
    for path in ("/training/yours", f"/training/attempts/{token}/finish"):
        page = said(browser.get(path))
        assert [page.split(name)[1].split("Three months")[0].strip(" .").startswith(word) for name, word in zip(
            ("One to two weeks later.", "Three months later."), words, strict=True
        )] == [True, True], page  # fmt: skip
        assert page.count(BEGIN) == open_ones


@pytest.mark.parametrize("days", [6, 22])
def test_what_is_not_open_cannot_be_begun(app: Flask, browser: Browser, wren: str, days: int) -> None:
    token = finished(app, wren, days)
    answer = browser.post(f"/training/attempts/{token}/follow-up/weeks")
    assert answer.status_code == 409 and "cannot be begun today" in said(answer)
    assert len(rows(app, Attempt)) == 1


def test_it_asks_new_questions_says_why_after_each_and_puts_the_scores_side_by_side(app: Flask, browser: Browser, wren: str) -> None:
    every = questions(app, Form.WEEKS)
    token = finished(app, wren, 10, wrong=[questions(app, Form.BEFORE)[0].id])
    page = browser.follow(browser.post(f"/training/attempts/{token}/follow-up/weeks"))
    for number, question in enumerate(every):
        given = wrong_answer(question) if number == 1 else right_answer(question)
        assert page.request.path.endswith(question.id) and f"Question {number + 1} of {len(every)}" in said(page)
        page = browser.follow(browser.post(page.request.path, fields(question, given)))
        assert any(words in said(page) for words in ("Your answer", "You put this", "You chose")), question.id
        page = browser.get(page.request.path.replace(question.id, every[number + 1].id if number + 1 < len(every) else "finish"))
    before, after = len(questions(app, Form.BEFORE)), len(questions(app, Form.AFTER))
    for path in (page.request.path, f"/training/attempts/{token}/finish", "/training/yours"):
        words = said(browser.get(path))
        for score in (
            f"Before you read: {before - 1} of {before} right.",
            f"Straight after: {after} of {after} right.",
            f"One to two weeks later: {len(every) - 1} of {len(every)} right.",
        ):
            assert score in words, path
        assert "Three months later: " not in words


def test_it_is_done_once_and_its_first_score_stays(app: Flask, browser: Browser, wren: str) -> None:
    token = finished(app, wren, 10)
    begun = done(app, browser, token)
    assert begin(browser, token) == begun
    page = browser.follow(browser.post(f"/training/attempts/{token}/follow-up/weeks"))
    assert "You have finished" in said(page)
    assert BEGIN not in said(browser.get("/training/yours"))
    assert len(rows(app, Attempt)) == 2


def test_buttons_pressed_at_the_same_moment_begin_one(app: Flask, browser: Browser, wren: str) -> None:
    token = finished(app, wren, 10)
    browsers = [signed_in(app, EMAIL) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(lambda one: begin(one, token), browsers))) == 1
    assert len(rows(app, Attempt)) == 2


def test_one_that_was_begun_in_time_can_be_gone_on_with_later(app: Flask, browser: Browser, wren: str) -> None:
    token = finished(app, wren, 20)
    begun = begin(browser, token)
    with app.app_context(), acting(EVERYTHING):
        make_older(token, 10)
    words = said(browser.get("/training/yours"))
    assert "You have begun it" in words
    assert begin(browser, token) == begun
    assert "You stopped at question 1" in said(browser.follow(browser.get(f"/training/attempts/{begun}")))


def test_the_follow_ups_are_of_the_first_time(app: Flask, browser: Browser, wren: str) -> None:
    first = finished(app, wren, 85)
    second = finished(app, wren, 10)
    assert browser.post(f"/training/attempts/{second}/follow-up/weeks").status_code == 404
    assert begin(browser, first, "months")
    assert "follow-up" not in said(browser.get(f"/training/attempts/{second}/finish"))


def test_they_are_of_whoever_finished_and_of_nobody_else(app: Flask, browser: Browser, wren: str) -> None:
    theirs, nobodys = finished(app, new_person(app, OTHER), 10), finished(app, None, 10)
    begun = done(app, signed_in(app, OTHER), theirs)
    for token in (theirs, nobodys, begun, "unknown"):
        assert browser.post(f"/training/attempts/{token}/follow-up/weeks").status_code == 404
    assert browser.get(f"/training/attempts/{begun}/finish").status_code == 404
    assert browser.post(f"/training/attempts/{finished(app, wren, 10)}/follow-up/after").status_code == 404
    assert "follow-up" not in said(Browser(app).get(f"/training/attempts/{nobodys}/finish"))
    assert Browser(app).post(f"/training/attempts/{nobodys}/follow-up/weeks").headers["Location"].startswith("/sign-in")


def test_it_counts_as_no_module_begun_or_finished(app: Flask, browser: Browser, wren: str) -> None:
    token = finished(app, wren, 10)
    with app.extensions["owner"].connect() as connection:
        before = connection.exec_driver_sql("select count(*) from event").scalar_one()
        done(app, browser, token)
        assert connection.exec_driver_sql("select count(*) from event").scalar_one() == before


def test_it_asks_the_questions_of_the_release_of_the_first_time(
    app: Flask, browser: Browser, wren: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = questions(app, Form.WEEKS)[0]
    token = finished(app, wren, 10)
    with app.app_context():
        now = modules()
    files = {name: text.replace(question.stem, "What would you do in the new release?") for name, text in now[SLUG].files.items()}
    assert files != now[SLUG].files
    monkeypatch.setitem(app.extensions["content"], "modules", {**now, SLUG: catalogue.restored(files)})
    page = browser.follow(browser.post(f"/training/attempts/{token}/follow-up/weeks"))
    assert question.stem in said(page) and "new release" not in said(page)
