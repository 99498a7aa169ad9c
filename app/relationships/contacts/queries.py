"""Whom to ring, and which questions were asked and answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.relationships.contacts.models import AskDesk, AskedQuestion, PracticeContact
from app.tenancy import EVERYTHING, acting


@dataclass(frozen=True)
class Contact:
    """Whom the two sides ring; "" where nobody has said."""

    practice: str
    team: str = ""
    team_number: str = ""
    team_hours: str = ""
    bypass_number: str = ""
    link_worker: str = ""
    meetings: str = ""
    changed_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """A question and its answer."""

    id: str
    question: str
    asked_on: date
    answer: str
    published_on: date | None


def contacts(practices: Collection[str]) -> dict[str, Contact]:
    """The contacts of these practices, by their codes. Whoever calls has made sure that they may be seen."""
    with acting(EVERYTHING):
        rows = db.session.scalars(select(PracticeContact).where(PracticeContact.practice_code.in_(practices))).all()
    return {
        row.practice_code: Contact(
            row.practice_code, row.team, row.team_number, row.team_hours, row.bypass_number, row.link_worker, row.meetings, row.changed_on
        )
        for row in rows
    }


def desk(council: str) -> tuple[str, str] | None:
    """Who sees to questions, and when; None where nobody can ask."""
    row = db.session.get(AskDesk, council)
    return (row.owner, row.hours) if row else None


def published(council: str) -> list[Asked]:
    """Questions that may be read by everybody, the newest first."""
    wanted = select(AskedQuestion).where(AskedQuestion.council_code == council, AskedQuestion.published_on.is_not(None))
    with acting(EVERYTHING):
        return [_asked(row) for row in db.session.scalars(wanted.order_by(AskedQuestion.published_on.desc(), AskedQuestion.id))]


def every_question(council: str) -> list[Asked]:
    """All of them, those that wait first."""
    wanted = select(AskedQuestion).where(AskedQuestion.council_code == council)
    rows = db.session.scalars(wanted.order_by(AskedQuestion.published_on.is_not(None), AskedQuestion.asked_on, AskedQuestion.id))
    return [_asked(row) for row in rows]


def _asked(row: AskedQuestion) -> Asked:
    return Asked(row.id, row.question, row.asked_on, row.answer, row.published_on)
