"""What the page of a service shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.queries import Place
from app.content.messages import say
from app.directory.ageing import Age, age_of
from app.directory.nearness import distance_km
from app.directory.queries import LiveService
from app.places.queries import Point, council_or_none
from app.vocabulary import queries as vocabulary


@dataclass(frozen=True)
class Dated:
    """A day, how long ago it was in words, and what that means."""

    day: date
    ago: str
    age: Age


def page_of(service: LiveService, place: Place) -> dict[str, Any]:
    """Everything that the template needs, the practice's view included."""
    council = council_or_none(service.council_code) if service.council_code else None
    known = vocabulary.alternatives()
    today = date.today()
    return {
        "service": service,
        "council": council,
        "paragraphs": [text for text in service.description.splitlines() if text],
        "distance_km": _distance(service, place),
        "checked": dated(service.assured_on, today),
        "modified": dated(service.modified_on, today),
        "helps_with": [known[identity] for identity in service.alternatives if identity in known],
        "says_demonstration": bool(council and council.is_demonstration and place.council != council),
    }


def _distance(service: LiveService, place: Place) -> float | None:
    practice = place.practice
    if practice is None or practice.lat is None or practice.lon is None:
        return None
    positions = [(site.lat, site.lon) for site in service.sites if site.lat is not None and site.lon is not None]
    return distance_km(positions, Point(practice.lat, practice.lon, practice.name, practice.council_code))


def dated(day: date | None, today: date) -> Dated | None:
    """The day with its age in words."""
    if day is None:
        return None
    days = max((today - day).days, 0)
    return Dated(day, _ago(days), age_of(day, today))


def _ago(days: int) -> str:
    if days < 2:
        return say("directory.ago.today" if days == 0 else "directory.ago.yesterday")
    for unit, length, until in (("days", 1, 14), ("weeks", 7, 63), ("months", 30.44, 730)):
        if days < until:
            return say(f"directory.ago.{unit}", count=int(days / length))
    return say("directory.ago.years", count=int(days / 365.25))
