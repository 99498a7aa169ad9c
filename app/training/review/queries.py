"""Which questions come back to a learner, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.training.marking import Given
from app.training.models import Answer, Attempt
from app.training.queries import modules
from app.training.review.models import ReviewCard
from app.training.review.spacing import Memory, after
from app.training.schema import Form, Question


@dataclass(frozen=True)
class Card:
    """A question of a module that somebody has finished, as this release of the module has it. `given` is the newest answer to it in
    a review, nothing before the first."""

    module: str
    release: str
    question: Question
    memory: Memory
    given: Given | None = None

    def is_due(self, now: datetime) -> bool:
        return self.memory.due_at <= now


def cards(person: str) -> list[Card]:
    """This person's questions as the modules have them today, the one that has been due for longest first.

    What was answered in the module itself is the first review. So a finished module needs no rows to be made for it, and only what is
    answered here is kept.
    """
    known = _kept(person)
    memories = {**_from_modules(person), **{key: memory_of(row) for key, row in known.items()}}
    found = []
    for slug, module in modules().items():
        for question in module.form(Form.AFTER):
            memory, row = memories.get((slug, question.id)), known.get((slug, question.id))
            if memory:
                given = tuple(row.given) if row and row.release == module.release else None
                found.append(Card(slug, module.release, question, memory, given))
    return sorted(found, key=lambda card: (card.memory.due_at, card.module, card.question.id))


def card_or_none(person: str, module: str, question: str) -> Card | None:
    """One of them."""
    return next((card for card in cards(person) if (card.module, card.question.id) == (module, question)), None)


def due(cards: Iterable[Card]) -> list[Card]:
    """Those of them that are due now."""
    now = datetime.now(UTC)
    return [card for card in cards if card.is_due(now)]


def memory_of(row: ReviewCard) -> Memory:
    """How well the answer is held, by the newest review."""
    return Memory(row.stability, row.difficulty, row.reviewed_at, row.due_at)


def _kept(person: str) -> dict[tuple[str, str], ReviewCard]:
    rows = db.session.scalars(select(ReviewCard).where(ReviewCard.person_id == person))
    return {(row.module, row.question): row for row in rows}


def _from_modules(person: str) -> dict[tuple[str, str], Memory]:
    """By the first answer that they gave to each question in a module that they finished."""
    mine = (Attempt.person_id == person, Attempt.part == "module", Attempt.finished_at.is_not(None), Answer.form == Form.AFTER)
    wanted = select(Attempt.module, Answer).join(Answer, Answer.token == Attempt.token).where(*mine).order_by(Answer.answered_at.desc())
    return {
        (module, answer.question): after(None, is_right=answer.is_right, sure=answer.sure, at=answer.answered_at)
        for module, answer in db.session.execute(wanted)
    }


def own_data(person: str) -> list[dict[str, Any]]:
    """Every question that this person answered in a review, for them to read."""
    return [
        {
            "module": row.module, "question": row.question, "release": row.release, "given": row.given,
            "is_right": row.is_right, "sure": row.sure, "stability": row.stability, "difficulty": row.difficulty,
            "reviewed_at": row.reviewed_at.isoformat(), "due_at": row.due_at.isoformat(),
        }
        for row in _kept(person).values()
    ]  # fmt: skip
