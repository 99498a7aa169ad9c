"""What the index keeps of a service: its words by field, where it is and the facts that ranking weighs. Pure."""

from collections.abc import Iterable
from sys import intern
from typing import NamedTuple

from app.search.nearness import Position

NATIONAL = "national"
DISTRICT = "district:"
"""Before the code of a district or council, where a service serves no more of a county than its districts that are named so."""
TEXT_FIELDS = ("name", "types", "summary", "organisation", "places", "description")
"""The fields of a text, in their order: what stands in an earlier one tells more."""

KIND_FIELDS = ("alternative", "described")
"""The same for kinds of help: those that it is listed under, and those that its own words speak of though it is not."""

BETWEEN_FIELDS = "\n"
_BETWEEN_PARTS, _BETWEEN_VALUES = "\x1f", "\t"
"""None is ever within a value: the directory's texts of one line have single spaces only."""

_SAID = {None: "", True: "yes", False: "no"}
_ACCEPTING = {text: value for value, text in _SAID.items()}


class Card(NamedTuple):
    """One service as ranking sees it.

    `text` has the stems of each of TEXT_FIELDS with a space at each end, `kinds` the alternatives' ids of each of KIND_FIELDS as
    `marked` writes them: what is looked for is found in one string, and the lines before it say in which field. `signature` tells
    at once of most stems that the text does not hold them. `name` are the stems of the name, `facets` values as "name:value",
    joined. `positions` are places to go to, `letters` addresses for letters only; `assured` is a day's ordinal.
    """

    id: str
    name: tuple[str, ...]
    text: str
    signature: int
    kinds: str
    facets: str
    served: tuple[str, ...]
    positions: tuple[Position, ...]
    letters: tuple[Position, ...]
    accepting: bool | None
    closed: bool
    assured: int | None

    @property
    def described(self) -> list[str]:
        """The alternatives that only its own words speak of."""
        return parted(self.kinds.partition(BETWEEN_FIELDS)[2].strip(_BETWEEN_VALUES))

    @classmethod
    def loads(cls, data: bytes) -> "Card":
        """What `dumps` wrote. Raises ValueError."""
        identity, text, bits, kinds, facets, served, positions, letters, accepting, closed, assured = data.decode().split(_BETWEEN_PARTS)
        return cls(
            identity,
            tuple(text[: text.index(BETWEEN_FIELDS)].split()),
            text,
            int(bits, 16),
            kinds,
            facets,
            tuple(map(intern, parted(served))),
            _positions(positions),
            _positions(letters),
            _ACCEPTING[accepting],
            bool(closed),
            int(assured) if assured else None,
        )

    def dumps(self) -> bytes:
        """As it is kept: read in a quarter of the time of JSON, for a search may read some hundred cards."""
        parts = (
            *(self.id, self.text, f"{self.signature:x}", self.kinds, self.facets, _BETWEEN_VALUES.join(self.served)),
            *(_BETWEEN_VALUES.join(f"{lat} {lon}" for lat, lon in places) for places in (self.positions, self.letters)),
            *(_SAID[self.accepting], "closed" if self.closed else "", "" if self.assured is None else str(self.assured)),
        )
        return _BETWEEN_PARTS.join(parts).encode()


def kinds_of(*fields: Iterable[str]) -> str:
    """Ids by field as a card's `kinds` holds them."""
    return BETWEEN_FIELDS.join(marked(*values) for values in fields)


def marked(*values: str) -> str:
    """Values so that one is never taken for a part of another."""
    return f"{_BETWEEN_VALUES}{_BETWEEN_VALUES.join(values)}{_BETWEEN_VALUES}"


def joined(values: Iterable[str]) -> str:
    """Values as a card's `facets` holds them, or the facets of several cards as those of one."""
    return _BETWEEN_VALUES.join(values)


def parted(text: str) -> list[str]:
    """The values that were joined."""
    return text.split(_BETWEEN_VALUES) if text else []


def _positions(text: str) -> tuple[Position, ...]:
    if not text:
        return ()
    pairs = [place.split(" ") for place in text.split(_BETWEEN_VALUES)]
    return tuple([(float(lat), float(lon)) for lat, lon in pairs])
