"""What the page of a service shows."""

from collections.abc import Sequence
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
from app.vocabulary.schema import Need

FIRST_ANSWERS, FEWEST_POINTS = 6, 1  # A service meets a need where it offers one of its best answers.
MOST_NEEDS = 6


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
        "needs": _needs_met(service.alternatives),
        "says_demonstration": bool(council and council.is_demonstration and place.council != council),
    }


def _needs_met(alternatives: Sequence[str]) -> list[Need]:
    """The needs that these alternatives are among the best answers to, the best answered first."""
    met = []
    for need in vocabulary.needs().values():
        best = sorted(need.answered_by.items(), key=lambda answer: -answer[1])[:FIRST_ANSWERS]
        met += [(points, need) for identity, points in best if identity in alternatives and points >= FEWEST_POINTS][:1]
    best_first = sorted(met, key=lambda pair: (-pair[0], pair[1].label))
    return [need for _, need in best_first][:MOST_NEEDS]


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
