"""Where to draw what lies around a place: north up, at true bearings, distances on a root scale, numbers that do not overlap. Pure.

Lengths are in units of the drawing, which is SIZE wide and high, with y growing downwards; bearings are degrees clockwise
from north. On the root scale a place at a quarter of the outer ring's distance is drawn half way to it, so that what is near
stands apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

from app.search.nearness import Position

SIZE = 400.0
MIDDLE = SIZE / 2
OUTER = 168.0
"""Radius of the outer ring."""

DISC = 13.5
"""Radius of a number's disc: on a phone 390 px wide its target is still 24 px across."""

RINGS_KM = (1, 2, 5, 10, 20)
MOST_RINGS = 4

DOT = 3.0
"""Radius of a place's dot, which no other place's number covers."""

MIDDLE_MARK = 9.0
"""Radius that is kept free around the middle."""

RING_LABEL = 10.0
"""Radius that is kept free around the words of a ring."""

TURNS = 36
"""Directions that are tried around a place for its number."""

_DIRECTIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle at a distance; `label_y` is where its words stand, straight below the middle."""

    km: int
    radius: float

    @property
    def label_y(self) -> float:
        return MIDDLE + self.radius


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: where it is drawn (`x`, `y`), and where its number stands, which is beside it where there is no room."""

    x: float
    y: float
    number_x: float
    number_y: float

    @property
    def is_beside(self) -> bool:
        """True where the number does not stand on the place itself."""
        return (self.number_x, self.number_y) != (self.x, self.y)


def bearing(from_: Position, to: Position) -> float:
    """Degrees clockwise from north in which a great circle sets out, 0 up to 360; 0 for one and the same place."""
    (lat, lon), (other_lat, other_lon) = ((radians(each[0]), radians(each[1])) for each in (from_, to))
    east = sin(other_lon - lon) * cos(other_lat)
    north = cos(lat) * sin(other_lat) - sin(lat) * cos(other_lat) * cos(other_lon - lon)
    return degrees(atan2(east, north)) % 360


def direction(degrees_from_north: float) -> str:
    """The nearest of the eight points of the compass, in words."""
    return _DIRECTIONS[round(degrees_from_north / 45) % 8]


def rings(distances_km: Sequence[float]) -> tuple[Ring, ...]:
    """Rings for these distances: the outer one the least that holds all of them, or else the greatest there is."""
    farthest = max(distances_km, default=0.0)
    last = next((index for index, km in enumerate(RINGS_KM) if km >= farthest), len(RINGS_KM) - 1)
    shown = RINGS_KM[max(0, last + 1 - MOST_RINGS) : last + 1]
    return tuple(Ring(km, _radius(km, shown[-1])) for km in shown)


def spots(places: Sequence[tuple[float, float]], drawn: Sequence[Ring]) -> tuple[Spot, ...]:
    """Where to draw each place, given by kilometres and bearing, none of them beyond the outer ring; the first have first choice."""
    points = [_around(MIDDLE, MIDDLE, _radius(km, drawn[-1].km), towards) for km, towards in places]
    kept_free = [(MIDDLE, MIDDLE, MIDDLE_MARK), *((MIDDLE, ring.label_y, RING_LABEL) for ring in drawn)]
    found = []
    for x, y in points:
        others = [(*point, DOT) for point in points if point != (x, y)]
        number_x, number_y = _free(x, y, [*kept_free, *others])
        kept_free.append((number_x, number_y, DISC))
        found.append(Spot(x, y, number_x, number_y))
    return tuple(found)


def _radius(km: float, outer_km: float) -> float:
    return OUTER * sqrt(km / outer_km)


def _around(x: float, y: float, radius: float, towards: float) -> tuple[float, float]:
    return round(x + radius * sin(radians(towards)), 1), round(y - radius * cos(radians(towards)), 1)


def _free(x: float, y: float, taken: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """The nearest middle for a disc that is inside the drawing and overlaps nothing; where all is full, the place itself."""
    for away in takewhile(lambda units: units < SIZE, count(0.0, DISC / 2)):
        for turn in range(TURNS if away else 1):
            at_x, at_y = _around(x, y, away, turn * 360 / TURNS)
            inside = min(at_x, at_y) >= DISC and max(at_x, at_y) <= SIZE - DISC
            if inside and all(hypot(at_x - other_x, at_y - other_y) >= DISC + room for other_x, other_y, room in taken):
                return at_x, at_y
    return x, y
