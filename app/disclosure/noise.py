"""Counts of a survey, made uncertain once before anybody sees them, so that not even somebody who knows every other sheet learns what
one person answered. Pure.

Rounding does not do that: whoever knows all sheets but one sees on which side of a step the last one lies. Each count gets a normal
error of its own, drawn once; the true counts are then removed, and every table, page and export is made of what was drawn.

How much it can tell of one person is that of one draw from a normal distribution against another, `gap` standard deviations apart
(Dong, Roth and Su, Gaussian differential privacy, J R Stat Soc B 2022). Answers to several questions add up as squares do.
"""

from collections.abc import Iterable
from math import erf, sqrt
from random import Random, SystemRandom

SPREAD = 4.0
"""Standard deviation of the error of a count of answers, in answers."""
TURNOUT_SPREAD = 4.0
"""Of the error of how many sheets came in, in sheets."""
SHARED_SPREAD = 12.0
"""Of the error of a sum to which one sheet adds up to SHARED_MOST, in answers."""
SHARED_MOST = 6


def uncertain(count: int, spread: float, chance: Random | None = None) -> int:
    """The count with a normal error, to the nearest whole number; it can be negative. `chance` is the system's but for tests."""
    return round(count + (chance or SystemRandom()).gauss(0.0, spread))


def gap(moves: Iterable[tuple[float, float]]) -> float:
    """How far apart, in standard deviations, two drafts are that differ in one sheet. Each move is how far the sheet moves some counts
    together (the root of the sum of squares) and the spread of their error."""
    return sqrt(sum((moved / spread) ** 2 for moved, spread in moves))


def best_guess(apart: float) -> float:
    """How often somebody is right at best who knows every other sheet and guesses which of two sheets was the last one: 0.5 is a coin."""
    return 0.5 * (1 + erf(apart / 2 / sqrt(2)))
