"""Whether the questions of a form measure one thing. Pure."""

from collections.abc import Sequence
from math import sqrt


def alpha(items: Sequence[float | None], total: float | None) -> float | None:
    """Cronbach's alpha from the variances of the questions and of their sum; for questions that are right or not it is KR-20.

    At most 1; below 0 where questions go against each other. None below two questions, or where the sum does not vary.
    """
    known = [item for item in items if item is not None]
    if len(known) < 2 or len(known) < len(items) or not total:
        return None
    return len(known) / (len(known) - 1) * (1 - sum(known) / total)


def standard_error(deviation: float | None, reliability: float | None) -> float | None:
    """By how many points a score may be off: the standard deviation of the scores times the root of what alpha leaves."""
    if deviation is None or reliability is None:
        return None
    return deviation * sqrt(max(0.0, 1 - reliability))
