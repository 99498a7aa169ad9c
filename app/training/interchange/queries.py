"""Attempts with their answers, for export."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, func, select

from app.extensions import db
from app.training.catalogue import Module
from app.training.interchange.xapi import Answered, Recorded
from app.training.models import Answer, Attempt
from app.training.queries import modules
from app.training.releases import release

_AT_ONCE = 500


def count(module: str | None) -> int:
    """How many attempts there are, of one module or of all."""
    return db.session.scalar(select(func.count()).select_from(_attempts(module).subquery())) or 0


def recorded(module: str | None) -> Iterator[tuple[Recorded, Module]]:
    """Every attempt with the module as it was then, the first begun first."""
    ordered = _attempts(module).order_by(Attempt.started_at, Attempt.token).execution_options(yield_per=_AT_ONCE)
    for some in db.session.scalars(ordered).partitions():
        answers = _answers([attempt.token for attempt in some])
        for attempt in some:
            yield _recorded(attempt, answers[attempt.token]), _module(attempt)


def _attempts(module: str | None) -> Select[Attempt]:
    attempts = select(Attempt)
    return attempts.where(Attempt.module == module) if module else attempts


def _answers(tokens: Sequence[str]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    ordered = select(Answer).where(Answer.token.in_(tokens)).order_by(Answer.answered_at, Answer.question)
    for answer in db.session.scalars(ordered):
        found[answer.token].append(answer)
    return found


def _recorded(attempt: Attempt, answers: Sequence[Answer]) -> Recorded:
    score = None if attempt.right is None or attempt.asked is None else (attempt.right, attempt.asked)
    return Recorded(
        token=attempt.token, learner=attempt.person_id or attempt.follows or attempt.token, part=attempt.part,
        started_at=attempt.started_at, finished_at=attempt.finished_at, active_seconds=attempt.active_seconds, score=score,
        answers=tuple(Answered(one.question, tuple(one.given), one.is_right, one.sure, one.answered_at) for one in answers),
    )  # fmt: skip


def _module(attempt: Attempt) -> Module:
    now = modules().get(attempt.module)
    return now if now and now.release == attempt.release else release(attempt.release)
