"""What an address of the Open Referral API asks for, read and checked. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from app.directory.opening import DAYS
from app.directory.oruk.ids import uuid_or_none

T = TypeVar("T")
PER_PAGE = 50
MOST_PER_PAGE = 200
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 200
FARTHEST_METRES = 1_000_000
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,7})?")


class Refused(Exception):
    """A value that cannot be used: `field` is the parameter, `code` says what is wrong with it."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Every condition has to be met; None or an empty one is not asked for. Times are minutes after midnight, proximity metres."""

    page: int
    per_page: int
    full: bool
    words: tuple[str, ...]
    terms: tuple[str, ...]
    vocabularies: tuple[str, ...]
    minimum_age: float | None
    maximum_age: float | None
    start: int | None
    end: int | None
    day: str
    modified_after: date | None
    postcode: str
    proximity: float | None


def asked(given: MultiDict[str, str]) -> Asked:
    """Everything asked for. What the standard does not know is left alone. Raises Refused."""
    found = Asked(
        page=int(_one(given, "page", _whole(LAST_PAGE)) or 1),
        per_page=int(_one(given, "per_page", _whole(MOST_PER_PAGE)) or PER_PAGE),
        full=_one(given, "full", {"true": True, "false": False}.get) or False,
        words=_one(given, "search", _words) or (),
        terms=_every(given, "taxonomy_term_id"),
        vocabularies=_every(given, "taxonomy_id"),
        minimum_age=_one(given, "minimum_age", _number),
        maximum_age=_one(given, "maximum_age", _number),
        start=_one(given, "start_time", _minutes),
        end=_one(given, "end_time", _minutes),
        day=_one(given, "day", _day) or "",
        modified_after=_one(given, "modified_after", _moment),
        postcode=_one(given, "postcode", lambda text: text if text.isprintable() and len(text) <= 10 else None) or "",
        proximity=_one(given, "proximity", _metres),
    )
    if found.proximity is not None and not found.postcode:
        raise Refused("proximity", "without_postcode")
    return found


def _one(given: MultiDict[str, str], name: str, read: Callable[[str], T | None]) -> T | None:
    """The value of a parameter that is given at most once; an empty one is not asked for."""
    values = [value.strip() for value in given.getlist(name)]
    if len(values) > 1:
        raise Refused(name, "repeated")
    if not values or not values[0]:
        return None
    found = read(values[0])
    if found is None:
        raise Refused(name, name)
    return found


def _every(given: MultiDict[str, str], name: str) -> tuple[str, ...]:
    """Ids, all of which a service has to carry."""
    ids = [uuid_or_none(value.strip()) for value in given.getlist(name) if value.strip()]
    if None in ids:
        raise Refused(name, name)
    return tuple(identity for identity in ids if identity)


def _whole(most: int) -> Callable[[str], int | None]:
    return lambda text: int(text) if re.fullmatch(r"[0-9]{1,7}", text) and 1 <= int(text) <= most else None


def _words(text: str) -> tuple[str, ...] | None:
    return tuple(text.split()) if text.isprintable() and len(text) <= LONGEST_SEARCH else None


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) and text.isascii() else None


def _metres(text: str) -> float | None:
    metres = _number(text)
    return metres if metres is not None and metres <= FARTHEST_METRES else None


def _minutes(text: str) -> int | None:
    match = _CLOCK.fullmatch(text) if text.isascii() else None
    return int(match[1]) * 60 + int(match[2]) if match else None


def _day(text: str) -> str | None:
    """ "MO", "Mon" and "Monday" are the same day."""
    code = text[:2].upper()
    return code if text.upper() in (code, DAYS.get(code, "")[:3].upper(), DAYS.get(code, "").upper()) and code in DAYS else None


def _moment(text: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
