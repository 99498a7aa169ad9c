"""How a question works: how many answer it right, whether it tells apart those who know from those who do not, and which answers draw
nobody. Pure.

A question's `answers` say how often each two of (points on it, points on the other questions of its form) stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.training.measures.intervals import Interval, wilson
from app.training.measures.moments import Pairs, correlation, covariance, firsts, in_step, size


@dataclass(frozen=True)
class Share:
    """A part of a whole, with its interval; both None where the whole is nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.part, self.whole)


def facility(answers: Pairs) -> Share:
    """How many answered right, of those who answered; points are 0 or 1."""
    return Share(firsts(answers).get(1, 0), size(answers))


def discrimination(answers: Pairs) -> float | None:
    """Moodle's index of discrimination divided by 100: the correlation of a question with the rest of its form, -1 to 1.

    None where everybody, or nobody, had it right, or where the rest does not vary.
    """
    return correlation(answers)


def efficiency(answers: Pairs) -> float | None:
    """Moodle's discriminative efficiency divided by 100: the covariance with the rest as a share of the highest that a question of this
    facility could have. None where that is nothing."""
    found, most = covariance(answers), covariance(in_step(answers))
    return found / most if found is not None and most else None


@dataclass(frozen=True)
class Drawn:
    """How many chose an option, of those who answered."""

    option: str
    right: bool
    share: Share


def drawn(options: Mapping[str, bool], chosen: Mapping[str, int], answered: int) -> tuple[Drawn, ...]:
    """The options in their order; `options` says of each whether it is right."""
    return tuple(Drawn(option, right, Share(min(chosen.get(option, 0), answered), answered)) for option, right in options.items())
