"""Taking an answer to a question that came back."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.training.marking import is_right
from app.training.review import queries
from app.training.review.models import ReviewCard
from app.training.review.spacing import after


def answer(*, module: str, question: str, given: Any, sure: int | None, by: str) -> bool:
    """Take the answer and say when the question comes back; False, and nothing changed, where it is not due: it was answered just
    now, in another window perhaps. No score of a module is touched."""
    try:
        with db.writing() as session:
            session.get(ReviewCard, (by, module, question), with_for_update=True)
            card = queries.card_or_none(by, module, question)
            now = datetime.now(UTC)
            if card is None or not card.is_due(now):
                return False
            right = is_right(card.question, given)
            memory = after(card.memory, is_right=right, sure=sure, at=now)
            session.merge(
                ReviewCard(
                    person_id=by, module=module, question=question, given=given, is_right=right, sure=sure,
                    stability=memory.stability, difficulty=memory.difficulty, reviewed_at=now, due_at=memory.due_at,
                )
            )  # fmt: skip
    except IntegrityError:  # Two first answers at the same moment: the other one was quicker.
        return False
    return True
