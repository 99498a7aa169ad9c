"""How near a service is. Pure."""

from math import cos, radians

from app.places.geometry import kilometres

KM_PER_DEGREE = 111.2

Position = tuple[float, float]
"""Latitude and longitude in WGS84 degrees."""


def nearest_km(places: tuple[Position, ...], position: Position | None) -> float | None:
    """Kilometres to the nearest of several places; None where either end is not known."""
    return min((kilometres(*place, *position) for place in places), default=None) if position else None


def box(position: Position, km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a square that holds every place within `km` kilometres."""
    lat, lon = position
    high = km / KM_PER_DEGREE
    wide = high / max(cos(radians(lat)), 0.01)
    return lat - high, lat + high, lon - wide, lon + wide
