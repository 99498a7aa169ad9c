"""Which practice or council somebody is working from."""

from dataclasses import dataclass

from flask import has_request_context, request

from app.accounts.choice import kept_choice
from app.places import queries as places
from app.places.queries import Council, Practice

_CHOSEN = "fingerpost.place"
COUNCIL = "council:"


@dataclass(frozen=True)
class Place:
    """The chosen practice with its council, or a council alone, or neither."""

    practice: Practice | None = None
    council: Council | None = None


def current_place() -> Place:
    """The place of this request, from `?ods=` or the cookie, looked up once. An unknown code counts as not chosen.

    A command has no place.
    """
    if not has_request_context():
        return Place()
    if _CHOSEN not in request.environ:
        request.environ[_CHOSEN] = place_of(kept_choice())
    place: Place = request.environ[_CHOSEN]
    return place


def place_of(choice: str) -> Place:
    """The place that a choice names: an ODS code, or "council:" and a council's code."""
    if choice.startswith(COUNCIL):
        return Place(council=places.council_or_none(choice.removeprefix(COUNCIL)))
    practice = places.practice_or_none(choice)
    if practice is None or practice.council_code is None:
        return Place(practice)
    return Place(practice, places.council_or_none(practice.council_code))


def choose_for_this_request(ods_code: str) -> bool:
    """Make this practice count for the rest of the request; False, and nothing changes, where it is not known."""
    place = place_of(ods_code)
    if place.practice:
        request.environ[_CHOSEN] = place
    return place.practice is not None
