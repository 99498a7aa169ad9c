"""What the place puts to an answer: its council, its numbers, and the services that provide each alternative."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.accounts.queries import current_place
from app.content.messages import say
from app.directory import queries as directory
from app.directory.queries import LiveService
from app.places import queries as places
from app.places.queries import Council, District, Point

EACH = 3
"""Services shown for one alternative."""


class UnknownPlace(ValueError):
    """A council or place that is not known; its text names the field."""


@dataclass(frozen=True)
class Local:
    """Where the patient lives, as far as is known."""

    council: Council | None
    near: Point | None

    def services(self, alternatives: Collection[str]) -> dict[str, list[tuple[LiveService, float | None]]]:
        """The nearest services that provide each alternative, with their distance in kilometres."""
        if self.council is None and self.near is None:
            return {}
        return directory.providing(alternatives, self.council.code if self.council else None, self.near, each=EACH)

    def not_offered(self) -> frozenset[str]:
        """Alternatives that the council says it does not offer."""
        said = self.council.alternatives if self.council else {}
        return frozenset(identity for identity, entry in said.items() if not entry.get("offered", True))

    def says(self, alternative: str) -> dict[str, Any]:
        """What the council itself says of an alternative: only what it gave."""
        return dict(self.council.alternatives.get(alternative, {})) if self.council else {}

    def responsible(self, who: str) -> str:
        """The body that a GP turns to for something that `who` (a value of Alternative.responsible) answers for."""
        if who not in ("council", "district"):
            return say(f"assistant.responsible.{who}")
        if self.council is None:
            return say("assistant.responsible.no_council")
        below = [_named(one) for one in places.districts(self.council.code)] if who == "district" else []
        if not below:
            return say(f"assistant.responsible.{who}", council=self.council.name, housing=self.council.name)
        here = self.near.district if self.near else None
        housing = next((name for name in below if here and name.startswith(here)), None) or say(
            "assistant.responsible.one_of", names=", ".join(below)
        )
        return say("assistant.responsible.district_two_tier", council=self.council.name, housing=housing)


def _named(district: District) -> str:
    return f"{district.name}, {district.number}" if district.number else district.name


def local(council_code: str | None, near_text: str | None) -> Local:
    """The place given, else that of the chosen practice. Raises UnknownPlace."""
    chosen = current_place()
    council = places.council_or_none(council_code) if council_code else None
    if council_code and council is None:
        raise UnknownPlace("council")
    home = council or chosen.council
    near = places.locate(near_text, home.code if home else None) if near_text else None
    if near_text and near is None:
        raise UnknownPlace("near")
    if near and not council and near.council_code:
        council = places.council_or_none(near.council_code)
    if near is None and chosen.practice and chosen.practice.lat is not None and chosen.practice.lon is not None:
        here = Point(chosen.practice.lat, chosen.practice.lon, chosen.practice.name, chosen.practice.council_code)
        near = here if council in (None, chosen.council) else None
    return Local(council or chosen.council, near)
