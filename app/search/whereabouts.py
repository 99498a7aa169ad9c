"""Which of a service's sites is the nearest, how far it is and in which direction. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.directory.queries import Site
from app.places.geometry import kilometres
from app.search.nearness import Position
from app.search.schematic import bearing, direction

HERE_KM = 0.1
"""What is nearer has no direction worth saying: a postcode's own position is no more exact."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A site to go to, of `sites` in all. `km` and `bearing` (degrees from north) are None where one end is not known."""

    site: Site
    sites: int
    km: float | None
    bearing: float | None

    @property
    def is_here(self) -> bool:
        """True where it is as near as positions are exact."""
        return self.km is not None and self.km < HERE_KM

    @property
    def direction(self) -> str:
        """A point of the compass in words; nothing where it is not known or it is round the corner."""
        return "" if self.bearing is None or self.is_here else direction(self.bearing)

    @property
    def town(self) -> str:
        """The town of the address: its last part, where that is no house and street; else the first half of the postcode."""
        parts = [part.strip() for part in self.site.address.split(",")]
        if len(parts) > 1 and not re.search(r"\d", parts[-1]):
            return parts[-1]
        return self.site.postcode.split(" ")[0]


def whereabouts(sites: Sequence[Site], from_: Position | None) -> Whereabouts | None:
    """The nearest site, the first where none can be measured; None for a service without a place to go to."""
    to_go_to = [site for site in sites if not site.postal]
    if not to_go_to:
        return None
    there = [(site, (site.lat, site.lon)) for site in to_go_to if site.lat is not None and site.lon is not None]
    if from_ is None or not there:
        return Whereabouts(to_go_to[0], len(to_go_to), None, None)
    site, position = min(there, key=lambda each: kilometres(*from_, *each[1]))
    return Whereabouts(site, len(to_go_to), kilometres(*from_, *position), bearing(from_, position))
