"""Learners who have gone through a module some days ago, without the pages that somebody would have opened for it."""

from collections.abc import Container
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.tenancy import EVERYTHING, acting
from app.training import actions
from app.training.marking import Given, right_answer
from app.training.models import Answer, Attempt
from app.training.queries import attempt_or_none, modules
from app.training.schema import Choice, Form, Ordering, Question

SLUG = "before-the-care-home"
EMAIL, OTHER = "wren@example.org", "rook@example.org"


def wrong_answer(question: Question) -> Given:
    """An answer that could be given, and is not right."""
    if isinstance(question, Choice):
        return tuple(option.id for option in question.options if not option.right)[:1]
    if isinstance(question, Ordering):
        return tuple(reversed(right_answer(question)))
    return tuple(f"{pair.id}.{(question.answers.index(pair.answer) + 1) % len(question.answers) + 1}" for pair in question.pairs)


def fields(question: Question, given: Given) -> dict[str, list[str] | str]:
    """The answer as the form of the question sends it."""
    if isinstance(question, Choice):
        return {"answer": list(given)}
    if isinstance(question, Ordering):
        return {f"place_{number}": letter for number, letter in enumerate(given, start=1)}
    return {f"pair_{one.split('.')[0]}": one for one in given}


def questions(app: Flask, form: Form) -> tuple[Question, ...]:
    with app.app_context():
        return modules()[SLUG].form(form)


def go_through(token: str, wrong: Container[str] = (), sure: int | None = None) -> None:
    """Answer everything that an attempt still asks."""
    attempt = attempt_or_none(token)
    assert attempt
    module = modules()[attempt.module]
    for step in module.way(attempt.part).steps[:-1]:
        question = module.question(step)
        if question:
            given = wrong_answer(question) if step in wrong else right_answer(question)
            actions.answer(token=token, module=module, question=question, given=given, sure=sure)
        else:
            actions.read_on(token=token, module=module, page=step)


def finished(app: Flask, person: str | None, days: int = 0, wrong: Container[str] = (), sure: int | None = None, slug: str = SLUG) -> str:
    """The token of an attempt at a module that somebody finished so many days ago."""
    with app.app_context(), acting(EVERYTHING):
        token = actions.start(module=modules()[slug], council=None, practice=None, person=person)
        go_through(token, wrong, sure)
        make_older(token, days)
    return token


def make_older(token: str, days: int) -> None:
    """Let days go by for an attempt and its answers."""
    by = timedelta(days=days)
    with db.writing() as session:
        attempt = session.get_one(Attempt, token)
        attempt.started_at -= by
        attempt.touched_at -= by
        attempt.finished_at = attempt.finished_at - by if attempt.finished_at else None
        for answer in session.scalars(select(Answer).where(Answer.token == token)):
            answer.answered_at -= by
