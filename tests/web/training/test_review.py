"""Two questions while you wait."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.extensions import db
from app.tenancy import EVERYTHING, acting
from app.training import catalogue
from app.training.marking import Given, right_answer
from app.training.models import Answer, Attempt
from app.training.queries import modules
from app.training.review.models import ReviewCard
from app.training.schema import Form, Question
from tests.web.accounts.browser import Browser, change, command, new_person, rows, said, signed_in
from tests.web.training.done import EMAIL, OTHER, SLUG, fields, finished, questions, wrong_answer

pytestmark = pytest.mark.both
GUESSING, CERTAIN = "1", "3"


@pytest.fixture
def wren(app: Flask) -> str:
    return new_person(app, EMAIL)


@pytest.fixture
def browser(app: Flask, wren: str) -> Browser:
    return signed_in(app, EMAIL)


def address(question: Question, turn: str = "first") -> str:
    return f"/training/review/{turn}/{SLUG}/{question.id}"


def answer(browser: Browser, question: Question, given: Given, sure: str = "", turn: str = "first") -> str:
    """Answer a question and read what is said of it."""
    return said(browser.follow(browser.post(address(question, turn), fields(question, given) | {"sure": sure})))


def card(app: Flask, question: Question) -> ReviewCard:
    (found,) = [row for row in rows(app, ReviewCard) if row.question == question.id]
    return found  # type: ignore[no-any-return]


def days(row: ReviewCard) -> int:
    return (row.due_at - row.reviewed_at).days


def test_nothing_is_due_on_the_day_of_the_module_and_it_says_when_the_next_is(app: Flask, browser: Browser, wren: str) -> None:
    assert "There are no questions yet" in said(browser.get("/training/review"))
    finished(app, wren, wrong=[questions(app, Form.AFTER)[0].id])
    page = browser.get("/training/review")
    with app.app_context():
        tomorrow = rows(app, Attempt)[0].finished_at + timedelta(days=1)
    assert f"The next one comes back on {tomorrow.day} {tomorrow:%B %Y}" in said(page)
    assert browser.follow(browser.get("/training/review/first")).request.path == "/training/review"


def test_two_questions_are_asked_the_one_that_went_wrong_first(app: Flask, browser: Browser, wren: str) -> None:
    every = questions(app, Form.AFTER)
    finished(app, wren, days=40, wrong=[every[2].id])
    assert f"{len(every)} questions from your modules are due" in said(browser.get("/training/review"))
    first = browser.follow(browser.get("/training/review/first"))
    assert first.request.path == address(every[2]) and "First question" in said(first)
    words = answer(browser, every[2], right_answer(every[2]))
    assert "Right" in words and "It comes back on" in words and "Go on to the second question" in words
    second = browser.follow(browser.get("/training/review/second"))
    assert second.request.path == address(every[0], "second")
    words = answer(browser, every[0], wrong_answer(every[0]), turn="second")
    assert "Not quite" in words or "Partly right" in words
    assert "That was all for now" in words and "Go on to" not in words


def test_the_day_on_which_it_comes_back_depends_on_the_answer_and_on_how_sure_one_was(app: Flask, browser: Browser, wren: str) -> None:
    every = questions(app, Form.AFTER)[:4]
    finished(app, wren, days=40)
    for question, (is_right, sure) in zip(every, [(False, CERTAIN), (True, GUESSING), (True, ""), (True, CERTAIN)], strict=True):
        answer(browser, question, right_answer(question) if is_right else wrong_answer(question), sure)
    waits = [days(card(app, question)) for question in every]
    assert waits == sorted(waits) and len(set(waits)) == 4


def test_the_answers_of_the_module_are_the_first_review(app: Flask, browser: Browser, wren: str) -> None:
    """Whoever was certain there is asked later than whoever guessed."""
    finished(app, wren, days=3, sure=3)
    assert "No question is due" in said(browser.get("/training/review"))
    new_person(app, OTHER)
    with app.app_context(), acting(EVERYTHING), db.writing() as session:
        session.execute(update(Answer).values(sure=1))
    assert "questions from your modules are due" in said(browser.get("/training/review"))


def test_no_score_is_touched(app: Flask, browser: Browser, wren: str) -> None:
    every = questions(app, Form.AFTER)
    finished(app, wren, days=40, wrong=[every[0].id])
    before = [(row.right, row.asked, row.right_before) for row in rows(app, Attempt)], [row.is_right for row in rows(app, Answer)]
    answer(browser, every[0], right_answer(every[0]))
    assert before == (
        [(row.right, row.asked, row.right_before) for row in rows(app, Attempt)],
        [row.is_right for row in rows(app, Answer)],
    )


def test_an_answer_sent_twice_is_taken_once_and_the_page_says_so(app: Flask, browser: Browser, wren: str) -> None:
    question = questions(app, Form.AFTER)[0]
    finished(app, wren, days=40)
    assert "just before" not in answer(browser, question, wrong_answer(question))
    before = card(app, question)
    words = answer(browser, question, right_answer(question))
    assert "You had answered this question just before" in words
    after = card(app, question)
    assert (after.is_right, after.due_at) == (before.is_right, before.due_at) and after.is_right is False


def test_five_answers_at_the_same_moment_are_one(app: Flask, browser: Browser, wren: str) -> None:
    question = questions(app, Form.AFTER)[0]
    finished(app, wren, days=40)
    browsers = [signed_in(app, EMAIL) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        sent = fields(question, right_answer(question))
        statuses = sorted(pool.map(lambda one: one.post(address(question), sent).status_code, browsers))
    assert statuses == [200] * 4 + [303]
    assert len(rows(app, ReviewCard)) == 1


def test_nothing_chosen_says_what_to_do(app: Flask, browser: Browser, wren: str) -> None:
    question = questions(app, Form.AFTER)[0]
    finished(app, wren, days=40)
    page = browser.post(address(question))
    assert page.status_code == 422 and "<title>Error: " in page.text
    assert rows(app, ReviewCard) == []


def test_a_question_of_the_end_of_the_way_is_asked_of_nobody_else(app: Flask, browser: Browser, wren: str) -> None:
    """Neither of whoever has not finished the module, nor one that is not of the form after."""
    finished(app, new_person(app, OTHER), days=40)
    finished(app, None, days=40)
    question = questions(app, Form.AFTER)[0]
    assert browser.get(address(question)).status_code == 404
    assert browser.post(address(question), fields(question, right_answer(question))).status_code == 404
    finished(app, wren, days=40)
    assert browser.get(address(question)).status_code == 200
    for elsewhere in (address(questions(app, Form.WEEKS)[0]), address(question, "third"), "/training/review/third"):
        assert browser.get(elsewhere).status_code == 404


def test_what_is_not_due_and_was_not_answered_here_is_not_given_away(app: Flask, browser: Browser, wren: str) -> None:
    finished(app, wren)
    question = questions(app, Form.AFTER)[0]
    assert browser.get(address(question)).headers["Location"] == "/training/review"


def test_a_question_that_a_new_release_took_out_comes_back_no_more(app: Flask, browser: Browser, wren: str) -> None:
    finished(app, wren, days=40)
    with app.app_context(), acting(EVERYTHING), db.writing() as session:
        for row in session.scalars(select(Answer)):
            session.delete(row)
        some = {"release": "0" * 64, "given": ["a"], "is_right": True, "stability": 3.0, "difficulty": 5.0}
        long_ago = rows(app, Attempt)[0].finished_at
        session.add(ReviewCard(person_id=wren, module=SLUG, question="gone", reviewed_at=long_ago, due_at=long_ago, **some))
    assert "There are no questions yet" in said(browser.get("/training/review"))


def test_an_answer_to_an_older_release_is_not_shown_as_one_to_the_new_one(
    app: Flask, browser: Browser, wren: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = questions(app, Form.AFTER)[0]
    finished(app, wren, days=40)
    assert question.stem in answer(browser, question, right_answer(question))
    with app.app_context():
        now = modules()
    files = {name: text.replace(question.stem, "What would you do in the new release?") for name, text in now[SLUG].files.items()}
    monkeypatch.setitem(app.extensions["content"], "modules", {**now, SLUG: catalogue.restored(files)})
    assert browser.get(address(question)).headers["Location"] == "/training/review"
    with app.app_context(), acting(EVERYTHING), db.writing() as session:
        session.execute(update(ReviewCard).values(due_at=ReviewCard.reviewed_at))
    assert "in the new release?" in said(browser.get(address(question)))


def test_without_signing_in_there_are_none(app: Flask) -> None:
    assert Browser(app).get("/training/review").headers["Location"].startswith("/sign-in")


def test_a_question_that_was_not_answered_for_three_years_is_forgotten(app: Flask, browser: Browser, wren: str) -> None:
    every = questions(app, Form.AFTER)
    finished(app, wren, days=40)
    for question in every[:2]:
        answer(browser, question, right_answer(question))
    long_ago = update(ReviewCard).where(ReviewCard.question == every[0].id)
    change(app, long_ago.values(reviewed_at=card(app, every[0]).reviewed_at - timedelta(days=1097)))
    command(app, "retention", "run")
    assert [row.question for row in rows(app, ReviewCard)] == [every[1].id]
