"""What somebody who is signed in finds of their training, and what others do not."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.tenancy import EVERYTHING, acting
from app.training import actions
from app.training.models import Attempt
from app.training.queries import modules
from app.training.schema import Form
from tests.web.accounts.browser import Browser, new_person, said, signed_in
from tests.web.training.done import EMAIL, OTHER, SLUG, finished, questions

pytestmark = pytest.mark.both
CERTAIN = 3


@pytest.fixture
def wren(app: Flask) -> str:
    return new_person(app, EMAIL)


@pytest.fixture
def browser(app: Flask, wren: str) -> Browser:
    return signed_in(app, EMAIL)


def begun(app: Flask, person: str | None) -> str:
    with app.app_context(), acting(EVERYTHING):
        return actions.start(module=modules()[SLUG], council=None, practice=None, person=person)


def owner(app: Flask, token: str) -> str | None:
    with app.app_context(), acting(EVERYTHING):
        return db.session.scalar(select(Attempt.person_id).where(Attempt.token == token))


def test_the_list_says_where_one_stopped_and_leads_there(app: Flask, browser: Browser, wren: str) -> None:
    assert "You stopped" not in said(browser.get("/training"))
    token = begun(app, wren)
    page = browser.get("/training")
    assert "You stopped before reading, at question 1 of 5" in said(page) and f"/training/attempts/{token}" in page.text
    assert "You stopped" not in said(Browser(app).get("/training"))


def test_modules_for_social_care_stand_under_their_own_heading(app: Flask, browser: Browser, wren: str) -> None:
    words = said(browser.get("/training"))
    with app.app_context():
        theirs = [one.head.title for one in modules().values() if one.head.learners == "social care"]
    general, social = words.split("For social workers and discharge teams")
    assert theirs and all(title in social and title not in general for title in theirs)


def test_one_learns_whether_one_knows_what_one_knows(app: Flask, browser: Browser, wren: str) -> None:
    assert "How sure you were" not in said(browser.get("/training/yours"))
    asked = (*questions(app, Form.BEFORE), *questions(app, Form.AFTER))
    finished(app, wren, wrong=[asked[0].id, asked[-1].id], sure=CERTAIN)
    finished(app, new_person(app, OTHER), sure=CERTAIN)
    words = said(browser.get("/training/yours"))
    assert f"When you were certain, {len(asked) - 2} of {len(asked)} were right." in words
    assert "When you were guessing" not in words and "fairly sure," not in words


def test_what_was_begun_without_signing_in_becomes_ones_own_by_a_button(app: Flask, browser: Browser, wren: str) -> None:
    token = begun(app, None)
    address = f"/training/attempts/{token}"
    assert "Keep it under your training" in said(browser.get(address))
    assert owner(app, token) is None
    browser.post(address)
    assert owner(app, token) == wren and address in browser.get("/training/yours").text


def test_what_is_somebody_elses_opens_for_nobody_and_says_what_to_do(app: Flask, browser: Browser, wren: str) -> None:
    token = begun(app, new_person(app, OTHER))
    for one in (browser, Browser(app)):
        for path in ("", f"/{questions(app, Form.BEFORE)[0].id}", "/finish", "/record"):
            page = one.get(f"/training/attempts/{token}{path}")
            assert page.status_code == 404 and "has to be signed in to open it" in said(page)
    assert browser.post(f"/training/attempts/{token}").status_code == 404
    assert owner(app, token) != wren


def test_ones_own_data_holds_each_attempt_with_its_answers(app: Flask, browser: Browser, wren: str) -> None:
    finished(app, wren, sure=CERTAIN)
    finished(app, new_person(app, OTHER))
    (attempt,) = browser.get("/account/data").get_json()["training"]
    asked = (*questions(app, Form.BEFORE), *questions(app, Form.AFTER))
    assert attempt["module"] == SLUG and attempt["finished_at"].startswith("20")
    assert {one["question"] for one in attempt["answers"]} == {question.id for question in asked}
    assert all(one["sure"] == CERTAIN and one["answered_at"].startswith("20") for one in attempt["answers"])
