"""The way through a module."""

import pytest

from app.training.progress import FINISH, Position, Way

WAY = Way(before=("b1", "b2"), pages=("one", "two"), after=("q1", "q2", "q3"))


def test_questions_come_before_and_after_the_pages_and_the_finish_comes_last() -> None:
    step, seen = WAY.steps[0], []
    while step != FINISH:
        seen.append(step)
        step = WAY.next(step)
    assert seen == ["b1", "b2", "one", "two", "q1", "q2", "q3"]
    assert Way(after=("q1",)).steps == ("q1", FINISH)


@pytest.mark.parametrize(
    ("step", "position"),
    [
        ("b2", Position("before", 2, 2)),
        ("one", Position("page", 1, 2)),
        ("two", Position("page", 2, 2)),
        ("q1", Position("question", 1, 3)),
        ("q3", Position("question", 3, 3)),
        (FINISH, Position("finish", 1, 1)),
    ],
)
def test_a_step_is_counted_among_its_own_kind(step: str, position: Position) -> None:
    assert WAY.position(step) == position


def test_what_was_reached_is_open_and_what_lies_ahead_is_not() -> None:
    assert [step for step in WAY.steps if WAY.is_open(step, "q2")] == ["b1", "b2", "one", "two", "q1", "q2"]


def test_nothing_follows_the_finish() -> None:
    with pytest.raises(IndexError):
        WAY.next(FINISH)
