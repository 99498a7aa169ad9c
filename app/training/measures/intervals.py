"""Intervals and tests of chance. Pure. SciPy is loaded when the first of them is asked for, so that starting does not wait for it."""

from math import sqrt
from typing import Any, NamedTuple

LEVEL = 0.95
UPPER = 1 - (1 - LEVEL) / 2


class Interval(NamedTuple):
    """The lower and the upper end of a 95% interval."""

    low: float
    high: float


def wilson(part: int, whole: int) -> Interval | None:
    """For a proportion, without a correction for continuity (Wilson 1927; Newcombe 1998, method 3). None of nothing."""
    if not 0 <= part <= whole or not whole:
        return None
    z = float(_special().ndtri(UPPER))
    share, around = part / whole, 1 + z * z / whole
    middle = (share + z * z / (2 * whole)) / around
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / around
    return Interval(0.0 if part == 0 else middle - half, 1.0 if part == whole else middle + half)


def feldt(alpha: float, people: int, items: int) -> Interval | None:
    """For Cronbach's alpha (Feldt 1965). None below two people or two items."""
    if people < 2 or items < 2:
        return None
    above, below = people - 1, (people - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * float(_special().fdtri(above, below, end)) for end in (UPPER, 1 - UPPER))
    return Interval(low, high)


def around_mean(middle: float, error: float, freedom: int) -> Interval:
    """By Student's t with these degrees of freedom (at least 1); `error` is the standard error of the mean."""
    half = float(_special().stdtrit(freedom, UPPER)) * error
    return Interval(middle - half, middle + half)


def chance_of_t(t: float, freedom: int) -> float:
    """How likely a t at least as far from zero is when nothing changed."""
    return float(2 * _special().stdtr(freedom, -abs(t)))


def chance_of_turns(one_way: int, other_way: int) -> float:
    """How likely a split at least as uneven is when each way is as likely: exact, by the binomial distribution."""
    fewer, every = min(one_way, other_way), one_way + other_way
    return min(1.0, 2 * float(_special().bdtr(fewer, every, 0.5))) if every else 1.0


def chance_of_chi_squared(value: float) -> float:
    """How likely a chi-squared at least as high is with one degree of freedom."""
    return float(_special().chdtrc(1, value))


def _special() -> Any:
    from scipy import special

    return special
