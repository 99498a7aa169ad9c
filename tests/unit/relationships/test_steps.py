"""What may be seen of a step: nothing until at least three of each side have answered and whoever leads has shown it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.relationships.sessions.steps import ASK, FEWEST, Step, board

SIDES = ("gp", "social_work")
STEP = Step(ASK, "A story", "A story", "What now?", options=("Wait", "Ring", "Visit"))
votes = st.dictionaries(st.tuples(st.sampled_from(SIDES), st.integers(0, 2)), st.integers(0, 6))


@given(votes, st.booleans())
def test_there_are_counts_only_where_enough_of_each_side_answered_and_it_is_shown(said: dict[tuple[str, int], int], shown: bool) -> None:
    found = board(STEP, SIDES, {}, said, shown)
    answered = {side: sum(number for (of, _), number in said.items() if of == side) for side in SIDES}
    assert found.answered == answered
    assert (found.counts is not None) == (shown and all(number >= FEWEST for number in answered.values()))
    if found.counts:
        assert {side: sum(found.counts[side]) for side in SIDES} == answered


@pytest.mark.parametrize(("gp", "social_work", "seen"), [(3, 3, True), (3, 2, False), (40, 0, False)])
def test_three_of_each_are_enough(gp: int, social_work: int, seen: bool) -> None:
    assert (board(STEP, SIDES, {}, {("gp", 0): gp, ("social_work", 1): social_work}, True).counts is not None) == seen
