"""When a question comes back: the published values of FSRS 6 without steps, and how answers are rated."""

from datetime import UTC, datetime, timedelta

import pytest

from app.training.review.spacing import Memory, after

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
GUESSED, FAIRLY, CERTAIN = 1, 2, 3


def days(*answers: tuple[bool, int | None]) -> list[int]:
    """Days to the next review after each answer, each given on the day on which it is due."""
    memory: Memory | None = None
    found, at = [], START
    for is_right, sure in answers:
        memory = after(memory, is_right=is_right, sure=sure, at=at)
        found.append((memory.due_at - at).days)
        at = memory.due_at
    return found


def test_right_answers_come_back_after_ever_longer_and_a_wrong_one_soon() -> None:
    right, wrong = (True, None), (False, None)
    assert days(right, right, right, right, wrong, right, right) == [2, 11, 46, 163, 5, 12, 28]


def test_nothing_waits_longer_than_a_year() -> None:
    assert days(*[(True, CERTAIN)] * 8)[-1] == 365


def test_the_surer_of_a_right_answer_the_longer_it_waits() -> None:
    once = [days((True, sure))[0] for sure in (GUESSED, FAIRLY, CERTAIN)]
    assert once == sorted(once) and len(set(once)) == 3
    assert days((True, FAIRLY)) == days((True, None)), "whoever does not say how sure they were counts as fairly sure"


@pytest.mark.parametrize("sure", [None, GUESSED, FAIRLY, CERTAIN])
def test_a_wrong_answer_comes_back_the_next_day_however_sure_one_was(sure: int | None) -> None:
    assert days((False, sure)) == [1]


def test_an_answer_is_held_against_the_day_on_which_it_was_given_and_not_the_day_it_was_due() -> None:
    first = after(None, is_right=True, sure=None, at=START)
    on_time = after(first, is_right=True, sure=None, at=first.due_at)
    late = after(first, is_right=True, sure=None, at=first.due_at + timedelta(days=30))
    assert late.stability > on_time.stability, "what is known after a longer time is known better"
