"""What a request asks of search: its parameters checked, and the place that it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.accounts.queries import Place
from app.content.messages import say
from app.places import queries as places
from app.places.queries import Point
from app.search import facets
from app.search.facets import Narrowing
from app.search.understanding import position_of
from app.search.words import words
from app.vocabulary import queries as vocabulary

LONGEST = 300
"""Characters of a search. What is longer is a situation, which is the assistant's."""

MOST = 50
LONGEST_VALUE = 60
"""Characters of a language's name."""


class Refused(ValueError):
    """A parameter that cannot be used: its name, an id for programs and what to do in words."""

    def __init__(self, field: str, problem: str, **values: object) -> None:
        self.field, self.code = field, f"{field}_{problem}"
        super().__init__(say(f"search.refused.{self.code}", **values))


@dataclass(frozen=True)
class Asking:
    """A search that can be made. `near` is where distance is measured from; `neighbours` looks beyond its council."""

    text: str
    near: Point | None
    narrowing: Narrowing
    neighbours: bool
    exact: bool
    limit: int


def asking(given: Mapping[str, str], place: Place, limit: int) -> Asking:
    """Read the parameters. `limit` is the number of hits where none is given. Raises Refused."""
    text = given.get("q", "").strip()
    if len(text) > LONGEST:
        raise Refused("q", "too_long", most=LONGEST)
    values = {name: value for name in facets.NAMES if (value := _value(name, given.get(name, "")))}
    if not words(text) and not values:
        raise Refused("q", "missing")
    area = given.get("council") or None
    if area:
        council = places.council_or_none(area)
        if council is None:
            raise Refused("council", "unknown")
        area = council.code
    home = area or (place.council.code if place.council else None)
    near = _near(given.get("near", "").strip(), place, home)
    narrowing = Narrowing(area, _within(given.get("within", "")), values)
    return Asking(text, near, narrowing, bool(given.get("neighbours")), bool(given.get("search_exactly")), _limit(given, limit))


def _value(name: str, value: str) -> str:
    """A value that this facet may have. Languages are as the entries name them, so that any word may be one."""
    known = vocabulary.alternatives() if name == facets.CATEGORY else facets.FACETS.get(name)
    if value and ((known is not None and value not in known) or len(value) > LONGEST_VALUE):
        raise Refused(name, "unknown")
    return value.lower() if name == facets.LANGUAGE else value


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
    if text not in map(str, facets.DISTANCES_KM):
        raise Refused("within", "unknown")
    return float(text)


def _limit(given: Mapping[str, str], otherwise: int) -> int:
    text = given.get("limit", "")
    if not text:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST:
        raise Refused("limit", "wrong", most=MOST)
    return int(text)


def parameter_schemas() -> dict[str, Any]:
    """The JSON Schema of each parameter, by its name. A form sends what was left out as an empty value."""
    numbers = {
        facets.WITHIN: {"type": "integer", "enum": list(facets.DISTANCES_KM)},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST},
    }
    closed = {facets.CATEGORY: sorted(vocabulary.alternatives()), **facets.FACETS}
    values = {name: {"type": "string", "enum": list(known)} for name, known in closed.items()}
    return {
        "q": {"type": "string", "maxLength": LONGEST},
        facets.LANGUAGE: {"type": "string", "maxLength": LONGEST_VALUE},
        **{name: {"type": "string"} for name in ("near", "council", "neighbours", "search_exactly")},
        **{name: {"anyOf": [schema, {"const": ""}]} for name, schema in (numbers | values).items()},
    }
