"""What the index keeps of a service: its words by field, where it is and the facts that ranking weighs. Pure."""

from dataclasses import dataclass
from sys import intern

from app.search.nearness import Position

NATIONAL = "national"
TEXT_FIELDS = ("name", "organisation", "types", "summary", "description", "places")

_BETWEEN_FIELDS, _BETWEEN_VALUES = "\n", "\t"
"""Neither is ever within a value: the directory's texts of one line have single spaces only."""

_SAID = {None: "", True: "yes", False: "no"}
_ACCEPTING = {text: value for value, text in _SAID.items()}


@dataclass(frozen=True, slots=True)
class Card:
    """One service as ranking sees it. The texts are stems, with a space at each end.

    `described` are alternatives that its own words speak of though it is not listed under them. `facets` are values as
    "name:value". `positions` are places to go to, `letters` addresses for letters only; `assured` is a day's ordinal.
    """

    id: str
    name: str
    organisation: str
    types: str
    summary: str
    description: str
    places: str
    alternatives: tuple[str, ...]
    described: tuple[str, ...]
    facets: tuple[str, ...]
    served: tuple[str, ...]
    positions: tuple[Position, ...]
    letters: tuple[Position, ...]
    accepting: bool | None
    closed: bool
    assured: int | None

    @classmethod
    def loads(cls, data: bytes) -> "Card":
        """What `dumps` wrote. Raises ValueError."""
        *texts, alternatives, described, facets, served, positions, letters, accepting, closed, assured = data.decode().split(
            _BETWEEN_FIELDS
        )
        identity, name, organisation, types, summary, description, places = texts
        return cls(
            id=identity,
            name=name,
            organisation=organisation,
            types=types,
            summary=summary,
            description=description,
            places=places,
            alternatives=_values(alternatives),
            described=_values(described),
            facets=_values(facets),
            served=_values(served),
            positions=_positions(positions),
            letters=_positions(letters),
            accepting=_ACCEPTING[accepting],
            closed=bool(closed),
            assured=int(assured) if assured else None,
        )

    def dumps(self) -> bytes:
        """A line for each field: it is read in three fifths of the time of JSON, and a search reads some hundred cards."""
        fields = (
            *(self.id, self.name, self.organisation, self.types, self.summary, self.description, self.places),
            *(_BETWEEN_VALUES.join(values) for values in (self.alternatives, self.described, self.facets, self.served)),
            *(_BETWEEN_VALUES.join(f"{lat} {lon}" for lat, lon in places) for places in (self.positions, self.letters)),
            *(_SAID[self.accepting], "closed" if self.closed else "", "" if self.assured is None else str(self.assured)),
        )
        return _BETWEEN_FIELDS.join(fields).encode()


def _values(text: str) -> tuple[str, ...]:
    """Each distinct value is kept once for all cards."""
    return tuple(map(intern, text.split(_BETWEEN_VALUES))) if text else ()


def _positions(text: str) -> tuple[Position, ...]:
    pairs = (place.split(" ") for place in text.split(_BETWEEN_VALUES)) if text else ()
    return tuple((float(lat), float(lon)) for lat, lon in pairs)
