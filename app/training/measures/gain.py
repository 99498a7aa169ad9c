"""What changed in the same people from one form to a later one. Pure.

`scores` say how often each two of (score before, score later) stand; `most` is the highest score that can be had.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from app.training.measures.intervals import Interval, around_mean, chance_of_chi_squared, chance_of_t, chance_of_turns
from app.training.measures.moments import Pairs, Score, deviation, differences, firsts, mean, seconds, size

EXACT_BELOW = 25
"""Fewer turns than this are too few for chi-squared."""


@dataclass(frozen=True)
class Paired:
    """The mean difference of matched scores. Where all differences are equal, or there is one, there is no interval, t, p or effect."""

    people: int
    before: float
    later: float
    difference: float
    interval: Interval | None
    t: float | None
    p: float | None
    effect: float | None
    """Cohen's d_z: the mean difference in standard deviations of the differences."""


def paired(scores: Pairs) -> Paired | None:
    """Student's paired t. None where there is nobody."""
    people, apart = size(scores), differences(scores)
    before, later, difference = mean(firsts(scores)), mean(seconds(scores)), mean(apart)
    if before is None or later is None or difference is None:
        return None
    spread = deviation(apart)
    if not spread:
        return Paired(people, before, later, difference, None, None, None, None)
    error = spread / sqrt(people)
    t = difference / error
    interval, p = around_mean(difference, error, people - 1), chance_of_t(t, people - 1)
    return Paired(people, before, later, difference, interval, t, p, difference / spread)


def hake(before: float, later: float, most: Score) -> float | None:
    """Hake's normalised gain of the means: how much of what could still be gained was. None where nothing could."""
    return (later - before) / (most - before) if before < most else None


def change(scores: Pairs, most: Score) -> float | None:
    """The mean normalised change of Marx and Cummings, -1 to 1: a gain is held against what could be gained, a loss against what could be
    lost. Whoever had nothing, or everything, both times is left out; None where nobody is left."""
    people, total = 0, 0.0
    for (before, later), number in scores.items():
        if before == later and before in (0, most):
            continue
        people += number
        if later > before:
            total += number * (later - before) / (most - before)
        elif later < before:
            total += number * (later - before) / before
    return total / people if people else None


@dataclass(frozen=True)
class Turned:
    """How many turned from wrong to right, and from right to wrong, and how likely so uneven a turn is by chance (McNemar)."""

    people: int
    right_before: int
    right_later: int
    gained: int
    lost: int
    p: float | None


def turned(answers: Mapping[tuple[bool, bool], int]) -> Turned:
    """From how often each two of (right before, right later) stand. p is None where nobody turned."""
    gained, lost, kept = answers.get((False, True), 0), answers.get((True, False), 0), answers.get((True, True), 0)
    return Turned(sum(answers.values()), kept + lost, kept + gained, gained, lost, mcnemar(gained, lost))


def mcnemar(one_way: int, other_way: int) -> float | None:
    """By chi-squared without correction, exact where few turned; None where nobody did."""
    if not one_way + other_way:
        return None
    if one_way + other_way < EXACT_BELOW:
        return chance_of_turns(one_way, other_way)
    return chance_of_chi_squared(chi_squared(one_way, other_way))


def chi_squared(one_way: int, other_way: int) -> float:
    """McNemar's statistic without a correction for continuity, of at least one turn."""
    return (one_way - other_way) ** 2 / (one_way + other_way)
