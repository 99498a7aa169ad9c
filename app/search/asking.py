"""What a request asks of search: its parameters checked, and the place that it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.queries import Place
from app.content.messages import say
from app.places import queries as places
from app.places.queries import Point
from app.search.understanding import position_of
from app.search.words import words
from app.vocabulary import queries as vocabulary

LONGEST = 300
"""Characters of a search. What is longer is a situation, which is the assistant's."""

MOST = 50
DISTANCES_KM = (2, 5, 10, 20)


class Refused(ValueError):
    """A parameter that cannot be used: its name, an id for programs and what to do in words."""

    def __init__(self, field: str, problem: str, **values: object) -> None:
        self.field, self.code = field, f"{field}_{problem}"
        super().__init__(say(f"search.refused.{self.code}", **values))


@dataclass(frozen=True)
class Asking:
    """A search that can be made. `area` is the council to keep to, `near` where distance is measured from."""

    text: str
    near: Point | None
    area: str | None
    category: str | None
    within_km: float | None
    exact: bool
    limit: int


def asking(given: Mapping[str, str], place: Place, limit: int) -> Asking:
    """Read the parameters. `limit` is the number of hits where none is given. Raises Refused."""
    text = given.get("q", "").strip()
    if len(text) > LONGEST:
        raise Refused("q", "too_long", most=LONGEST)
    category = given.get("category") or None
    if category and category not in vocabulary.alternatives():
        raise Refused("category", "unknown")
    if not words(text) and not category:
        raise Refused("q", "missing")
    area = given.get("council") or None
    if area and places.council_or_none(area) is None:
        raise Refused("council", "unknown")
    home = area or (place.council.code if place.council else None)
    near = _near(given.get("near", "").strip(), place, home)
    return Asking(text, near, area, category, _within(given.get("within", "")), bool(given.get("search_exactly")), _limit(given, limit))


def _near(text: str, place: Place, council: str | None) -> Point | None:
    if text:
        if point := position_of(text, council):
            return point
        raise Refused("near", "unknown")
    practice = place.practice
    if practice and practice.lat is not None and practice.lon is not None:
        return Point(practice.lat, practice.lon, practice.name, practice.council_code)
    return None


def _within(text: str) -> float | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:3]) not in DISTANCES_KM:
        raise Refused("within", "unknown")
    return float(text)


def _limit(given: Mapping[str, str], otherwise: int) -> int:
    text = given.get("limit", "")
    if not text:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST:
        raise Refused("limit", "wrong", most=MOST)
    return int(text)
