"""Whatever was answered, a measure is a number in its bounds or None; never an error, never something that is no number."""

from collections import Counter
from dataclasses import astuple
from math import isfinite, isinf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.measures.gain import change, hake, paired, turned
from app.training.measures.intervals import feldt, wilson
from app.training.measures.items import discrimination, drawn, efficiency, facility
from app.training.measures.moments import Pairs, covariance, firsts, in_step, seconds, size, variance
from app.training.measures.reliability import alpha, standard_error

scores = st.integers(0, 6)
times = st.integers(0, 10_000)
points = st.dictionaries(st.tuples(st.integers(0, 1), scores), times)
pairs = st.dictionaries(st.tuples(scores, scores), times)
fractions = st.dictionaries(st.tuples(*(st.floats(-1000, 1000, allow_subnormal=False),) * 2), st.integers(0, 9), max_size=9)


def known(value: float | None) -> float:
    """The value, for its bounds; 0 where there is none."""
    assert value is None or isfinite(value)
    return value or 0.0


@given(points)
def test_a_question_has_figures_within_their_bounds_or_none(answers: Pairs) -> None:
    share = facility(answers)
    assert 0 <= known(share.value) <= 1
    if share.interval:
        assert 0 <= share.interval.low <= known(share.value) <= share.interval.high <= 1
    assert -1 <= known(discrimination(answers)) <= 1
    assert known(efficiency(answers)) <= 1 + 1e-9


@given(pairs)
def test_values_in_step_are_the_same_values_and_vary_most_together(answers: Pairs) -> None:
    matched = in_step(answers)
    assert firsts(matched) == firsts(answers) and seconds(matched) == seconds(answers)
    assert known(covariance(matched)) >= known(covariance(answers)) - 1e-9


@given(st.lists(st.none() | st.floats(0, 100), max_size=8), st.none() | st.floats(0, 1000, allow_subnormal=False), st.integers(0, 1000))
def test_reliability_is_at_most_one_or_none(items: list[float | None], total: float | None, people: int) -> None:
    if total and total < 1e-100:
        total = 0.0
    value = alpha(items, total)
    assert known(value) <= 2
    known(standard_error(total, value))
    between = feldt(known(value), people, len(items))
    assert between is None or (between.low <= between.high and not any(map(isinf, between)))


@given(pairs | fractions)
def test_a_gain_is_a_number_or_none(answers: Pairs) -> None:
    found = paired(answers)
    assert (found is None) == (size(answers) == 0)
    if found:
        assert all(value is None or isinstance(value, tuple) or isfinite(value) for value in astuple(found))
        assert found.interval is None or found.interval.low <= found.difference <= found.interval.high
        assert found.p is None or 0 <= found.p <= 1


@given(pairs)
def test_a_change_lies_between_losing_all_and_gaining_all(answers: Pairs) -> None:
    assert -1 <= known(change(answers, 6)) <= 1


@given(st.dictionaries(st.tuples(st.booleans(), st.booleans()), times))
def test_turns_add_up(answers: dict[tuple[bool, bool], int]) -> None:
    found = turned(answers)
    assert found.right_later - found.right_before == found.gained - found.lost
    assert 0 <= known(found.p) <= 1


@given(st.integers(-3, 50), st.integers(-3, 50))
def test_a_share_of_nothing_or_of_less_than_itself_has_no_interval(part: int, whole: int) -> None:
    assert (wilson(part, whole) is None) == (whole <= 0 or not 0 <= part <= whole)


def test_empty_groups_and_what_does_not_vary_give_none() -> None:
    nobody: Pairs = {}
    assert facility(nobody).value is None and facility(nobody).interval is None
    assert discrimination(nobody) is None and efficiency(nobody) is None and variance({}) is None and variance({1: 1}) is None
    everybody_right = {(1, 2): 40, (1, 3): 40}
    assert facility(everybody_right).value == 1 and discrimination(everybody_right) is None and efficiency(everybody_right) is None
    assert discrimination({(0, 2): 40, (1, 2): 40}) is None
    assert alpha([], None) is None and alpha([0.0, 0.0], 0.0) is None and alpha([0.2], 0.2) is None and alpha([0.2, None], 1.0) is None
    assert standard_error(None, None) is None and feldt(0.5, 1, 5) is None and feldt(0.5, 30, 1) is None
    assert paired(nobody) is None and change(nobody, 5) is None and hake(5, 5, 5) is None
    alone = paired({(2, 4): 1})
    assert alone is not None and (alone.difference, alone.interval, alone.t, alone.p, alone.effect) == (2, None, None, None, None)
    same = paired({(0.1, 0.3): 30})
    assert same is not None and same.interval is None


def test_a_change_leaves_out_who_had_nothing_or_everything_both_times() -> None:
    """By hand: 2 to 4 of 5 is two of three that could be gained, 4 to 2 two of four that could be lost, 3 to 3 nothing."""
    found: Pairs = Counter({(2, 4): 1, (4, 2): 1, (3, 3): 1, (0, 0): 9, (5, 5): 9})
    assert change(found, 5) == pytest.approx((2 / 3 - 2 / 4 + 0) / 3)
    assert change({(0, 0): 3, (5, 5): 4}, 5) is None


def test_options_that_nobody_chose_stand_with_none() -> None:
    found = drawn({"a": False, "b": True, "c": False}, {"b": 40, "c": 10}, 50)
    assert [(one.option, one.right, one.share.value) for one in found] == [("a", False, 0), ("b", True, 0.8), ("c", False, 0.2)]
