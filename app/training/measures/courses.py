"""What stayed of a module, and how well people know what they know. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.training.measures.gain import Paired, change, hake, paired
from app.training.measures.items import Share
from app.training.measures.moments import Pairs, Values, mean

Path = tuple[int, ...]
"""One person's scores before reading, after it and, where there is one, in a follow-up."""


@dataclass(frozen=True)
class Gain:
    """What the same people knew before and later, in points of `most`."""

    paired: Paired
    most: int
    hake: float | None
    change: float | None


def gain(paths: Mapping[Path, int], most: int) -> Gain | None:
    """From the first to the last of the scores of each person. None where there is nobody."""
    scores: Pairs = _pairs(paths)
    found = paired(scores)
    return Gain(found, most, hake(found.before, found.later, most), change(scores, most)) if found else None


@dataclass(frozen=True)
class Retention:
    """What those who did a follow-up knew in each form, beside what everybody knew before: mean scores, of `most`.

    The two means before say whether it was done by those who knew more.
    """

    done: Share
    """Those who did it, of the learners to whom it has been open."""
    before: float | None
    after: float | None
    later: float | None
    before_of_all: float | None


def retention(paths: Mapping[Path, int], everybody: Mapping[Path, int], finished: Mapping[date, int], opens: date) -> Retention:
    """Of the paths into a follow-up. `opens` is the last day of finishing for which it is open by now; `everybody` the paths of all."""
    done = sum(paths.values())
    eligible = max(done, sum(number for day, number in finished.items() if day <= opens))
    before, after, later = (mean(_at(paths, place)) for place in range(3))
    return Retention(Share(done, eligible), before, after, later, mean(_at(everybody, 0)))


def opened(today: date, days: int) -> date:
    """The last day of finishing from which so many days have gone by."""
    return today - timedelta(days=days)


def calibration(sure: Mapping[tuple[int, bool], int]) -> dict[int, Share]:
    """For each degree of being sure, 1 to 3, how many of those answers were right."""
    return {degree: Share(sure.get((degree, True), 0), sure.get((degree, True), 0) + sure.get((degree, False), 0)) for degree in (1, 2, 3)}


def certain_and_wrong(sure: Mapping[tuple[int, bool], int]) -> Share:
    """Of all answers about which something was said, how many were certain and wrong."""
    return Share(sure.get((3, False), 0), sum(sure.values()))


def added(parts: list[Mapping[tuple[int, bool], int]]) -> dict[tuple[int, bool], int]:
    """The counts of several questions together."""
    found: dict[tuple[int, bool], int] = {}
    for part in parts:
        for cell, number in part.items():
            found[cell] = found.get(cell, 0) + number
    return found


def _pairs(paths: Mapping[Path, int]) -> Pairs:
    found: dict[tuple[int | float, int | float], int] = {}
    for path, number in paths.items():
        found[path[0], path[-1]] = found.get((path[0], path[-1]), 0) + number
    return found


def _at(paths: Mapping[Path, int], place: int) -> Values:
    found: dict[int | float, int] = {}
    for path, number in paths.items():
        found[path[place]] = found.get(path[place], 0) + number
    return found
