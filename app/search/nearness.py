"""How near a service is. Pure."""

from math import cos, floor, radians

from app.places.geometry import kilometres

KM_PER_DEGREE = 111.2

FINE, COARSE, WIDER = 0.02, 0.1, 1.6
"""Degrees of latitude of a square of each grid (2 and 11 kilometres), and how many times as many degrees of longitude, so that it is
about as wide as high in England."""

FINE_UP_TO_KM = 5.0

Position = tuple[float, float]
"""Latitude and longitude in WGS84 degrees."""


def nearest_km(places: tuple[Position, ...], position: Position | None) -> float | None:
    """Kilometres to the nearest of several places; None where either end is not known."""
    if not position or not places:
        return None
    if len(places) == 1:
        return kilometres(*places[0], *position)
    return min([kilometres(*place, *position) for place in places])


def squares(position: Position) -> tuple[str, ...]:
    """The names of the squares of the two grids that a position lies in."""
    return tuple(_name(grid, *_at(grid, *position)) for grid in (FINE, COARSE))


def squares_around(position: Position, km: float) -> list[str]:
    """Squares that together hold every place within `km` kilometres, and some beyond: some fifty at the most up to 30 km."""
    grid = FINE if km <= FINE_UP_TO_KM else COARSE
    lat, lon = position
    high = km / KM_PER_DEGREE
    wide = high / max(cos(radians(lat)), 0.01)
    (south, west), (north, east) = _at(grid, lat - high, lon - wide), _at(grid, lat + high, lon + wide)
    return [_name(grid, row, column) for row in range(south, north + 1) for column in range(west, east + 1)]


def _at(grid: float, lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / grid), floor(lon / (grid * WIDER))


def _name(grid: float, row: int, column: int) -> str:
    return f"{grid} {row} {column}"
