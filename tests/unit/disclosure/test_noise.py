"""How much an uncertain count can tell: as much as the formula says, and no more."""

from math import erf, isclose, sqrt
from random import Random
from statistics import fmean, stdev

import pytest

from app.disclosure.noise import best_guess, gap, uncertain


def test_the_error_has_no_lean_and_the_spread_that_was_asked_for() -> None:
    chance = Random(1)
    drawn = [uncertain(30, 4.0, chance) - 30 for _ in range(20_000)]
    assert abs(fmean(drawn)) < 0.1 and abs(stdev(drawn) - 4) < 0.1


def test_it_is_the_systems_chance_so_that_nobody_can_draw_it_again() -> None:
    Random(1)
    assert len({uncertain(1000, 50.0) for _ in range(20)}) > 5


def test_moves_add_up_as_squares_and_a_guess_is_a_coin_where_nothing_moves() -> None:
    assert isclose(gap([(3, 1), (8, 2)]), 5) and gap([]) == 0
    assert best_guess(0) == 0.5 and isclose(best_guess(2), 0.5 * (1 + erf(1 / sqrt(2))))


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_small_count_can_come_out_below_nothing_so_that_nothing_is_told_by_its_end(count: int) -> None:
    assert min(uncertain(count, 4.0, Random(seed)) for seed in range(300)) < 0
