"""Taking an answer to a question that came back."""

from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.training.marking import Given, Verdict, mark
from app.training.review import queries
from app.training.review.models import ReviewCard
from app.training.review.queries import Card
from app.training.review.spacing import after


def answer(*, card: Card, given: Given, sure: int | None, by: str) -> bool:
    """Take the answer and keep when the question comes back; False, and nothing changed, where it is not due any more: it was
    answered just now, in another window perhaps. No score of a module is touched."""
    key = (by, card.module, card.question.id)
    now = datetime.now(UTC)
    try:
        with db.writing() as session:
            row = session.get(ReviewCard, key, with_for_update=True, populate_existing=True)
            memory = queries.memory_of(row) if row else card.memory
            if memory.due_at > now:
                return False
            right = mark(card.question, given).verdict is Verdict.RIGHT
            new = after(memory, is_right=right, sure=sure, at=now)
            row = row or ReviewCard(person_id=by, module=card.module, question=card.question.id)
            row.release, row.given, row.is_right, row.sure = card.release, list(given), right, sure
            row.stability, row.difficulty, row.reviewed_at, row.due_at = new.stability, new.difficulty, now, new.due_at
            session.add(row)
    except IntegrityError:  # Two first answers at the same moment: the other one was quicker.
        return False
    return True
