"""What may be published of a count, so that no figure says anything about one person or one practice.

Every published number passes through here. A rule looks at one count and names the reason to hold it back, or None;
a rule about a whole table takes published cells and comes after `publish`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

UNKNOWN_PRACTICE = ""
"""The practice of use that came from no known practice."""


@dataclass(frozen=True)
class Thresholds:
    """The limits of every rule, in one place."""

    people: int = 10
    """Fewest distinct people behind a figure about people."""
    practices: int = 3
    """Fewest known practices behind a figure about unsigned use; none of them may give over half of it."""
    rounding: int = 5
    """Published values are multiples of this."""
    share_of: int = 40
    """Smallest rounded whole of a percentage. With 40, rounding its two parts moves it by up to 5 percentage points."""


THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class People:
    """What stands behind a figure about people: how many distinct ones."""

    distinct: int


@dataclass(frozen=True)
class Practices:
    """What stands behind a figure about unsigned use: how much of it each practice gave, "" where none is known."""

    contributions: Mapping[str, int]

    def known(self) -> dict[str, int]:
        """The practices that gave something."""
        return {code: given for code, given in self.contributions.items() if given and code != UNKNOWN_PRACTICE}

    def largest(self) -> int:
        """The most that one practice can have given: the use from no known practice may all have been its own."""
        return max(self.known().values(), default=0) + self.contributions.get(UNKNOWN_PRACTICE, 0)


@dataclass(frozen=True)
class Count:
    """A true value and what stands behind it. Never shown; `publish` makes of it what may be shown."""

    value: int
    behind: People | Practices

    def __post_init__(self) -> None:
        match self.behind:
            case People(distinct):
                if not 0 <= distinct <= self.value:
                    raise ValueError("a count about people is at least 1 for each person behind it")
            case Practices(contributions):
                if min(contributions.values(), default=0) < 0 or sum(contributions.values()) != self.value:
                    raise ValueError("the contributions of practices must be counts that add up to the value")


class Reason(StrEnum):
    """Why a value is held back. For tests and logs: a page says the same words for each, or the words would tell."""

    FEW_PEOPLE = "few_people"
    FEW_PRACTICES = "few_practices"
    ONE_PRACTICE = "one_practice"
    NO_PART_PUBLISHED = "no_part_published"
    SMALL_WHOLE = "small_whole"


@dataclass(frozen=True)
class Published:
    """What may be shown: a value, or none and the reason."""

    value: int | None = None
    suppressed: Reason | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.suppressed is None):
            raise ValueError("a published cell has either a value or a reason for having none")


Rule = Callable[[Count, Thresholds], Reason | None]


def few_people(count: Count, limits: Thresholds) -> Reason | None:
    """Too few distinct people stand behind it."""
    return Reason.FEW_PEOPLE if isinstance(count.behind, People) and count.behind.distinct < limits.people else None


def few_practices(count: Count, limits: Thresholds) -> Reason | None:
    """Too few known practices stand behind it. No use at all is held back too: "none" tells as much as "one"."""
    few = isinstance(count.behind, Practices) and len(count.behind.known()) < limits.practices
    return Reason.FEW_PRACTICES if few else None


def one_practice(count: Count, _limits: Thresholds) -> Reason | None:
    """One practice gave, or can have given, over half of it."""
    dominated = isinstance(count.behind, Practices) and 2 * count.behind.largest() > count.value
    return Reason.ONE_PRACTICE if dominated else None


RULES: tuple[Rule, ...] = (few_people, few_practices, one_practice)


def publish(count: Count, limits: Thresholds = THRESHOLDS) -> Published:
    """The rounded value, or the reason of the first rule that holds it back."""
    for rule in RULES:
        if reason := rule(count, limits):
            return Published(suppressed=reason)
    return Published(rounded(count.value, limits.rounding))


def rounded(value: int, base: int) -> int:
    """The nearest multiple of `base` to a value of 0 or more; a half goes up, away from zero."""
    return (2 * value + base) // (2 * base) * base


def total(cells: Iterable[Published]) -> Published:
    """The sum of the published cells: never the true total, from which a single suppressed cell could be worked out."""
    values = [cell.value for cell in cells if cell.value is not None]
    return Published(sum(values)) if values else Published(suppressed=Reason.NO_PART_PUBLISHED)


def share(part: Count, rest: Count, limits: Thresholds = THRESHOLDS) -> Published:
    """The part as a whole percentage of part and rest, worked out from published values alone.

    The rest has to be publishable too: 100% tells that nobody was among the rest, 0% that nobody was in the part.
    Error: rounding moves it by at most 200 / whole percentage points, and half a point for the whole percentage.
    """
    cells = [publish(part, limits), publish(rest, limits)]
    for cell in cells:
        if cell.suppressed:
            return cell
    upper, lower = cells[0].value or 0, cells[1].value or 0
    if upper + lower < limits.share_of:
        return Published(suppressed=Reason.SMALL_WHOLE)
    return Published(rounded(100 * upper, upper + lower) // (upper + lower))
