"""The hits of a search as a drawing of what lies around a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.search import schematic
from app.search.queries import Hit
from app.search.schematic import Ring, Spot

Numbered = tuple[int, Hit]
"""A hit with its place in the list, from 1."""


@dataclass(frozen=True)
class Surroundings:
    """What is drawn, each hit with its spot; hits that lie beyond the outer ring, and hits that no place is known of."""

    rings: tuple[Ring, ...]
    drawn: tuple[tuple[int, Hit, Spot], ...]
    farther: tuple[Numbered, ...]
    without_place: tuple[Numbered, ...]


def surroundings(hits: Sequence[Hit]) -> Surroundings:
    """The hits by where their nearest sites are. The numbers are those of the list."""
    inside: list[tuple[int, Hit, float, float]] = []
    farther: list[Numbered] = []
    without_place: list[Numbered] = []
    for number, hit in enumerate(hits, 1):
        at = hit.nearest
        if at is None or at.km is None or at.bearing is None:
            without_place.append((number, hit))
        elif at.km > schematic.RINGS_KM[-1]:
            farther.append((number, hit))
        else:
            inside.append((number, hit, at.km, at.bearing))
    rings = schematic.rings([km for _, _, km, _ in inside])
    spots = schematic.spots([(km, bearing) for _, _, km, bearing in inside], rings)
    drawn = tuple((number, hit, spot) for (number, hit, _, _), spot in zip(inside, spots, strict=True))
    return Surroundings(rings, drawn, tuple(farther), tuple(without_place))
