"""Which of several services to name first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.places.geometry import kilometres
from app.places.records import Point

NEARBY_KM = 25.0
"""How far away still counts where no council is known."""

VISITING_KM = 5.0
"""A service without a site comes to people: it is placed as though it were this far away."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service that provides what is wanted; `positions` are its sites as [latitude, longitude], `districts`
    the parts that it serves, where of a county these are districts alone."""

    service_id: str
    name: str
    accepting: bool | None
    positions: Sequence[Sequence[float]]
    national: bool
    districts: Sequence[str] = ()


def distance_km(positions: Iterable[Sequence[float]], near: Point | None) -> float | None:
    """Kilometres to the nearest position; None where either end is not known."""
    if near is None:
        return None
    return min((kilometres(near.lat, near.lon, lat, lon) for lat, lon in positions), default=None)


def nearest_first(candidates: Iterable[Candidate], near: Point | None, *, anywhere: bool) -> list[tuple[str, float | None]]:
    """Ids with distances: accepting before not said before not accepting, then nearest, national ones last among equals.

    `anywhere` keeps services however far away; otherwise only national ones and those within NEARBY_KM. One of another district is
    left out where `near` says which it is.
    """
    here = {near.district_code, near.council_code} if near and near.district_code else set()
    fitting = [one for one in candidates if not here or not one.districts or not here.isdisjoint(one.districts)]
    placed = [(candidate, distance_km(candidate.positions, near)) for candidate in fitting]
    if not anywhere:
        placed = [(candidate, km) for candidate, km in placed if candidate.national or (km is not None and km <= NEARBY_KM)]
    placed.sort(key=_order)
    return [(candidate.service_id, km) for candidate, km in placed]


def _order(placed: tuple[Candidate, float | None]) -> tuple[int, bool, float, str]:
    candidate, km = placed
    acceptance = {True: 0, None: 1, False: 2}[candidate.accepting]
    return acceptance, candidate.national, VISITING_KM if km is None else km, candidate.name
