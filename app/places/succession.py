"""When councils merge or one is divided: the file that says how, and to which council a service goes. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.content.schema import Strict
from app.places.schema import Code

Part = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9][A-Z0-9]?( [0-9])?$")]
"""An outcode or a sector: LA9, or LA9 4."""
ServiceId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Successor(Strict):
    """A council that takes over; what becomes part of it is said only where several do."""

    code: Code
    districts: tuple[Code, ...] = ()
    postcodes: tuple[Part, ...] = ()
    services: tuple[ServiceId, ...] = ()


class Succession(Strict):
    """Councils that end on a day, and those that take their place."""

    day: date
    ended: tuple[Code, ...] = Field(min_length=1)
    successors: tuple[Successor, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_told_apart(self) -> "Succession":
        codes = [*self.ended, *(one.code for one in self.successors)]
        named = [*(code for one in self.successors for code in one.districts), *(part for one in self.successors for part in one.postcodes)]
        if twice := sorted({code for code in [*codes, *named] if [*codes, *named].count(code) > 1}):
            raise ValueError(f"named twice: {', '.join(twice)}")
        if not self.divides and (named or self.successors[0].services):
            raise ValueError("one successor takes over everything: leave out districts, postcodes and services")
        return self

    @property
    def divides(self) -> bool:
        """Whether several councils share what there was."""
        return len(self.successors) > 1

    @property
    def codes(self) -> tuple[str, ...]:
        """The councils that take over."""
        return tuple(one.code for one in self.successors)


@dataclass(frozen=True)
class Heir:
    """A council that took over from another, and the services that were given to it by name."""

    code: str
    services: frozenset[str]


def councils_now(
    code: str, heirs_of: Callable[[str], Sequence[Heir]], service_id: str, places: Sequence[str | None], *, keeps: bool
) -> tuple[str, ...]:
    """The councils that serve with a service what `code` served; none where nothing says which. `places` are the councils in which its
    addresses lie, in their order.

    One that was given by name goes where it was given. Another goes where its addresses lie; one that only serves the area, and whose
    entry another council keeps, serves all that the area has become.
    """
    heirs = heirs_of(code)
    if not heirs:
        return (code,)
    chosen = [heir.code for heir in heirs if service_id in heir.services]
    if not chosen and len(heirs) > 1:
        shares = {heir.code: councils_now(heir.code, heirs_of, service_id, places, keeps=False) for heir in heirs}
        chosen = list(dict.fromkeys(heir for place in places for heir, share in shares.items() if place in share))
    if not chosen and (len(heirs) == 1 or not keeps):
        chosen = [heir.code for heir in heirs]
    return tuple(dict.fromkeys(now for one in chosen for now in councils_now(one, heirs_of, service_id, places, keeps=keeps)))
