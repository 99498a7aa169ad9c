"""What the index keeps of a service: its words by field, where it is and the facts that ranking weighs. Pure."""

import json
from dataclasses import asdict, dataclass

from app.search.nearness import Position

NATIONAL = "national"


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
        kept = json.loads(data)
        lists = {name: tuple(kept[name]) for name in ("alternatives", "described", "facets", "served")}
        places = {name: tuple((lat, lon) for lat, lon in kept[name]) for name in ("positions", "letters")}
        return cls(**{**kept, **lists, **places})

    def dumps(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":")).encode()
