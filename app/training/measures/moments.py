"""Means, variances and covariances from how often each value stands. Pure, and exact until the last step.

A mapping from values to how often they stand is all that is needed of any number of people, so it is what the database keeps.
Nothing here raises or gives a value that is no number: what cannot be known is None.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import sqrt

Score = int | float
Exact = int | Fraction
Values = Mapping[Score, int]
"""How often each value stands."""
Pairs = Mapping[tuple[Score, Score], int]
"""How often each two values of one person stand. Whoever lacks one of them is in no pair."""


def size(counted: Values | Pairs) -> int:
    """How many people there are."""
    return sum(counted.values())


def firsts(pairs: Pairs) -> Values:
    """How often each first value stands."""
    return _added((first, number) for (first, _), number in pairs.items())


def seconds(pairs: Pairs) -> Values:
    """How often each second value stands."""
    return _added((second, number) for (_, second), number in pairs.items())


def differences(pairs: Pairs) -> Values:
    """How often the second value is so much above the first."""
    return _added((second - first, number) for (first, second), number in pairs.items())


def sums(pairs: Pairs) -> Values:
    """How often the two values together are so much."""
    return _added((first + second, number) for (first, second), number in pairs.items())


def mean(values: Values) -> float | None:
    """None where there is nobody."""
    number = size(values)
    return float(_total(values) / number) if number else None


def variance(values: Values) -> float | None:
    """With n - 1; None below two people."""
    return covariance({(value, value): number for value, number in values.items()})


def deviation(values: Values) -> float | None:
    """The standard deviation, with n - 1; None below two people."""
    spread = variance(values)
    return None if spread is None else sqrt(spread)


def covariance(pairs: Pairs) -> float | None:
    """With n - 1; None below two people."""
    number = size(pairs)
    if number < 2:
        return None
    products: Exact = sum(_exact(first) * _exact(second) * times for (first, second), times in pairs.items())
    apart = _total(firsts(pairs)) * _total(seconds(pairs))
    return float((number * products - apart) / (number * (number - 1)))


def correlation(pairs: Pairs) -> float | None:
    """Pearson's, from -1 to 1; None where one of the two does not vary."""
    together, first, second = covariance(pairs), variance(firsts(pairs)), variance(seconds(pairs))
    if together is None or not first or not second:
        return None
    return max(-1.0, min(1.0, together / sqrt(first) / sqrt(second)))


def in_step(pairs: Pairs) -> Pairs:
    """The same values matched anew, lowest with lowest and highest with highest: no other matching has a higher covariance."""
    left, right = ([list(one) for one in sorted(side.items())] for side in (firsts(pairs), seconds(pairs)))
    matched: dict[tuple[Score, Score], int] = {}
    while left and right:
        number = int(min(left[0][1], right[0][1]))
        matched[left[0][0], right[0][0]] = number
        for side in (left, right):
            side[0][1] -= number
            if not side[0][1]:
                side.pop(0)
    return matched


def _total(values: Values) -> Exact:
    return sum(_exact(value) * number for value, number in values.items())


def _exact(value: Score) -> Exact:
    """Whole numbers are exact as they are, and much faster."""
    return value if isinstance(value, int) else Fraction(value)


def _added(counted: Iterable[tuple[Score, int]]) -> Values:
    found: dict[Score, int] = {}
    for value, number in counted:
        if number:
            found[value] = found.get(value, 0) + number
    return found
