"""When a question comes back, by the Free Spaced Repetition Scheduler (FSRS 6). Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler, State

GUESSING, CERTAIN = 1, 3
"""What somebody said of how sure they were; 2 lies between."""
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False)
"""Whole days only, at most a year, and the same answers always give the same day."""


@dataclass(frozen=True)
class Memory:
    """How well somebody holds an answer. `stability` is the number of days after which they would still know it nine times in ten,
    `difficulty` lies between 1 and 10."""

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


def rating_of(*, is_right: bool, sure: int | None) -> Rating:
    """What an answer says of the learner's memory. A right guess is hardly known."""
    if not is_right:
        return Rating.Again
    return {GUESSING: Rating.Hard, CERTAIN: Rating.Easy}.get(sure or 0, Rating.Good)


def after(memory: Memory | None, *, is_right: bool, sure: int | None, at: datetime) -> Memory:
    """The memory after an answer given at a moment, which says its time zone. Before the first answer there is none."""
    card = Card(card_id=0)
    if memory:
        card = Card(0, State.Review, None, memory.stability, memory.difficulty, memory.due_at, memory.reviewed_at)
    card, _log = _SCHEDULER.review_card(card, rating_of(is_right=is_right, sure=sure), at.astimezone(UTC))
    assert card.stability is not None and card.difficulty is not None  # noqa: S101 - told to mypy
    return Memory(card.stability, card.difficulty, at, card.due)
