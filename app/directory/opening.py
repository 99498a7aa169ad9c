"""Opening times of a feed in a few words. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_ORDER = tuple(DAYS)
_DAY = r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DAYS = re.compile(rf"\b{_DAY}\b(?:\s*(?:to|until|till|through|-|–)\s*{_DAY}\b)?")
_EVERY_DAY = re.compile(r"\b(?:every ?day|daily|7 days|seven days|24/7|24 hours)\b")
_TIME = re.compile(r"([01]?\d|2[0-3]|24(?=:00)):([0-5]\d)(?::[0-5]\d)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_MIDNIGHTS = {"00:00", "23:59", "24:00"}


def opening_of(schedules: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Each schedule as "Monday to Friday, 9am to 5pm"; without days and times, its own description."""
    said = (_one(schedule) for schedule in schedules)
    return tuple(dict.fromkeys(text for text in said if text))


class Hours(NamedTuple):
    """When a service is open on one day of the week ("MO"), in minutes after midnight."""

    day: str
    opens: int
    closes: int


def hours_of(schedules: Iterable[Mapping[str, Any]]) -> tuple[Hours, ...]:
    """Each day of the schedules that say both days and times."""
    found: dict[Hours, None] = {}
    for schedule in schedules:
        start, end = (_TIME.fullmatch(str(schedule.get(key, ""))) for key in ("opens_at", "closes_at"))
        if start and end:
            opens, closes = (int(match[1]) * 60 + int(match[2]) for match in (start, end))
            found |= {Hours(day, opens, closes): None for day in codes_of(str(schedule.get("byday", "")))}
    return tuple(found)


def is_time(text: str) -> bool:
    """True for a time as a schedule gives it, "09:00"."""
    return bool(_TIME.fullmatch(text))


def days_open(opening: Iterable[str]) -> tuple[str, ...]:
    """The days named in opening times, as codes in the order of the week ("MO"); nothing where none is named.

    "Monday to Friday", "Mon-Fri" and "daily (except Tues and Sat)" are understood.
    """
    found: set[str] = set()
    for text in opening:
        said, _, excepted = text.lower().partition("except")
        found |= _named(said) - _named(excepted)
    return tuple(code for code in _ORDER if code in found)


def _named(text: str) -> set[str]:
    if _EVERY_DAY.search(text):
        return set(_ORDER)
    found: set[str] = set()
    for match in _DAYS.finditer(text):
        first, last = (_ORDER.index(name[:2].upper()) if name else None for name in match.groups())
        if first is not None:
            found |= {_ORDER[(first + step) % 7] for step in range(((last if last is not None else first) - first) % 7 + 1)}
    return found


def _one(schedule: Mapping[str, Any]) -> str:
    description = str(schedule.get("description", "")).strip()
    days = _days(str(schedule.get("byday", "")))
    hours = _hours(str(schedule.get("opens_at", "")), str(schedule.get("closes_at", "")))
    if not days and not hours:
        return description
    monthly = "monthly" if str(schedule.get("freq", "")).upper() == "MONTHLY" else ""
    return ", ".join(part for part in (days, hours, monthly, description) if part)


def codes_of(byday: str) -> tuple[str, ...]:
    """The days of "MO,TU" in the order of the week; none where one is not understood."""
    codes = {code.strip().upper() for code in byday.split(",") if code.strip()}
    return tuple(code for code in _ORDER if code in codes) if codes <= DAYS.keys() else ()


def _days(byday: str) -> str:
    """ "Monday to Friday", "Monday, Wednesday and Friday", "every day"; nothing where a day is not understood."""
    places = [_ORDER.index(code) for code in codes_of(byday)]
    if not places:
        return ""
    if len(places) == 7:
        return "Every day"
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{DAYS[_ORDER[places[0]]]} to {DAYS[_ORDER[places[-1]]]}"
    names = [DAYS[_ORDER[place]] for place in places]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _hours(opens: str, closes: str) -> str:
    """ "9am to 5pm"; nothing where one of the two is no time of a day."""
    start, end = _TIME.fullmatch(opens), _TIME.fullmatch(closes)
    if not start or not end:
        return ""
    if opens[:5] == "00:00" and closes[:5] in _MIDNIGHTS:
        return "all day and night"
    return f"{_clock(start)} to {_clock(end)}"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]) % 24, match[2]
    if (hour, minute) == (12, "00"):
        return "midday"
    if (hour, minute) == (0, "00"):
        return "midnight"
    minutes = "" if minute == "00" else f".{minute}"
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'}"
