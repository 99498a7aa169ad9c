"""Saying whom to ring, and asking, answering and approving general questions."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import delete, select

from app.audit.actions import Deed, note
from app.extensions import db
from app.relationships.contacts.models import AskDesk, AskedQuestion, PracticeContact
from app.tenancy import EVERYTHING, acting
from app.vocabulary.guarding import ORGANISATIONS, refuse_identifiers

STAFF = ORGANISATIONS | {"name"}
"""What may stand in a contact: it names staff to their colleagues."""
TEAM = ("team", "team_number", "team_hours")
PRACTICE = ("bypass_number", "link_worker", "meetings")
MOST_WAITING = 200


class Off(Exception):
    """The council takes no questions."""


class NotThere(LookupError):
    """No such question, or it is not answered yet."""


def save_contact(*, practice: str, council: str, said: Mapping[str, str], by: str) -> None:
    """Keep the fields that are given, TEAM's or PRACTICE's. Raises Identifies."""
    for text in said.values():
        refuse_identifiers(text, STAFF)
    with db.writing() as session:
        row = session.get(PracticeContact, practice) or PracticeContact(practice_code=practice, council_code=council)
        for name in (*TEAM, *PRACTICE):
            setattr(row, name, said.get(name, getattr(row, name) or ""))
        row.changed_on = _today()
        session.add(row)
        note(by=by, what=Deed.CONTACT_CHANGED, about=practice, council=council, practice=practice)


def take_questions(*, council: str, owner: str, hours: str, by: str) -> None:
    """Name who sees to questions, and when; without either nobody can ask any more. Raises Identifies."""
    refuse_identifiers(f"{owner}\n{hours}", ORGANISATIONS)
    with db.writing() as session:
        session.execute(delete(AskDesk).where(AskDesk.council_code == council))
        if owner and hours:
            session.add(AskDesk(council_code=council, owner=owner, hours=hours))
        note(by=by, what=Deed.ASKING_CHANGED, about=council, council=council)


def ask(*, council: str, question: str) -> None:
    """Put a general question to adult social care, once. Raises Off, and Identifies where it points to a person."""
    refuse_identifiers(question)
    with acting(EVERYTHING), db.writing() as session:
        unpublished = select(AskedQuestion).where(AskedQuestion.council_code == council, AskedQuestion.published_on.is_(None))
        waiting = session.scalars(unpublished).all()
        if session.get(AskDesk, council) is None or len(waiting) >= MOST_WAITING:
            raise Off
        if all(one.question != question for one in waiting):
            session.add(AskedQuestion(id=uuid4().hex, council_code=council, question=question, asked_on=_today(), answer=""))


def answer(*, council: str, id: str, text: str, by: str) -> None:
    """Write the answer, which an administrator still has to approve. Raises NotThere, and Identifies."""
    refuse_identifiers(text, ORGANISATIONS)
    with db.writing():
        row = _own(council, id)
        row.answer, row.published_on = text, None
        note(by=by, what=Deed.QUESTION_ANSWERED, about=id, council=council)


def approve(*, council: str, id: str, by: str) -> None:
    """Publish an answered question. Raises NotThere."""
    with db.writing():
        row = _own(council, id)
        if not row.answer:
            raise NotThere
        row.published_on = row.published_on or _today()
        note(by=by, what=Deed.QUESTION_APPROVED, about=id, council=council)


def drop(*, council: str, id: str, by: str) -> None:
    """Delete a question, published or not. Raises NotThere."""
    with db.writing() as session:
        session.delete(_own(council, id))
        note(by=by, what=Deed.QUESTION_DROPPED, about=id, council=council)


def _own(council: str, id: str) -> AskedQuestion:
    row = db.session.scalar(select(AskedQuestion).where(AskedQuestion.id == id, AskedQuestion.council_code == council))
    if row is None:
        raise NotThere
    return row


def _today() -> date:
    return datetime.now(UTC).date()
