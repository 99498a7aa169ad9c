"""Single values of a feed, read as what they mean or left out, with a note of what was wrong. Pure."""

import math
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from app.directory.findings import Fault, Notebook

EARLIEST_DATE = date(1990, 1, 1)
OLDEST_AGE = 120
STATUSES = ("active", "inactive", "defunct", "temporarily closed")

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_ATOM = r"[a-zA-Z0-9_!#$%&'*+/=?^`{|}~-]+"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-zA-Z]{{2,24}}")
_PHONE = re.compile(r"[\d\s()+\-./,]{3,40}(?:(?:ext|extension|x|option|opt)\.?\s*\d{1,6}\)?)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,23}(?::\d{1,5})?", re.IGNORECASE)
_IN_ADDRESSES = "%:/?#@!$&'()*+,;=~"
_NOT_ESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_UK_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D.*)?")
_JUNK_NAME = re.compile(r"(?:test|testing|dummy|asdf\w*|xxx+|delete me)(?: (?:test|service|record|entry|please|ignore|delete|only|\d+))*")


def uuid_of(identity: str, source: str, notes: Notebook) -> str:
    """The service's UUID in its usual form; an id that is none gets a UUID of source and id that never changes."""
    try:
        canonical = str(uuid.UUID(identity))
    except ValueError:
        notes.note(Fault.ID_NOT_UUID, "id", identity)
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:fingerpost:{source}|{identity}"))
    if canonical != identity:
        notes.note(Fault.ID_WRITTEN_OTHERWISE, "id", identity)
    return canonical


def status_of(value: object, notes: Notebook) -> str:
    """One of the four statuses; a service whose status is not given counts as active."""
    if value is None:
        notes.note(Fault.STATUS_MISSING, "status")
        return "active"
    status = " ".join(re.split(r"[\s_-]+", str(value).strip().lower()))
    if status not in STATUSES:
        notes.note(Fault.STATUS_UNKNOWN, "status", value)
    elif status != value:
        notes.note(Fault.STATUS_WRITTEN_OTHERWISE, "status", value)
    return status


def is_junk(name: str) -> bool:
    """True for a name that only somebody trying out a system would give."""
    return bool(_JUNK_NAME.fullmatch(" ".join(re.findall(r"\w+", name.lower()))))


def number(value: object) -> float | None:
    """A finite number, also from text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        parsed = float(value)
    except (ValueError, OverflowError):
        return None
    return parsed if math.isfinite(parsed) else None


def ages_of(record: Mapping[str, Any], notes: Notebook) -> tuple[float | None, float | None]:
    """Lowest and highest age in years; both are dropped where either makes no sense."""
    given = {name: record[name] for name in ("minimum_age", "maximum_age") if name in record}
    ages = {name: number(value) for name, value in given.items()}
    for name, age in ages.items():
        if age is None or not 0 <= age <= OLDEST_AGE:
            notes.note(Fault.AGE_NOT_USABLE, name, given[name])
            return None, None
        if isinstance(given[name], str):
            notes.note(Fault.AGE_AS_TEXT, name, given[name])
    lowest, highest = ages.get("minimum_age"), ages.get("maximum_age")
    if lowest is not None and highest is not None and lowest > highest:
        notes.note(Fault.AGE_NOT_USABLE, "minimum_age", f"{lowest:g} to {highest:g}")
        return None, None
    return lowest, highest


def date_of(value: object, where: str, today: date, notes: Notebook) -> date | None:
    """A day, from an ISO date or date and time or from day/month/year; never one that is still to come."""
    if value is None:
        return None
    text = str(value).strip()
    try:
        found: date | None = datetime.fromisoformat(text).date()
    except ValueError:
        found = _uk_date(text, where, notes)
    if found is None or found < EARLIEST_DATE:
        notes.note(Fault.DATE_NOT_USABLE, where, value)
        return None
    if found > today + timedelta(days=1):
        notes.note(Fault.DATE_IN_FUTURE, where, value)
        return None
    return found


def _uk_date(text: str, where: str, notes: Notebook) -> date | None:
    match = _UK_DATE.fullmatch(text)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    notes.note(Fault.DATE_WRITTEN_OTHERWISE, where, text)
    return found


def url_of(value: str, where: str, notes: Notebook) -> str:
    """A web address that a browser may be sent to, or nothing."""
    if not value:
        return ""
    address, repaired = value, False
    if not _OTHER_SCHEME.match(address):
        address, repaired = "https://" + address.lstrip("/"), True
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    usable = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) and not re.search(r"[\s<>\"\\]", address)
    if not usable:
        notes.note(Fault.URL_NOT_USABLE, where, value)
        return ""
    if repaired:
        notes.note(Fault.URL_WITHOUT_SCHEME, where, value)
    return _NOT_ESCAPED.sub("%25", quote(address, safe=_IN_ADDRESSES))


def email_of(value: str, where: str, notes: Notebook) -> str:
    """An e-mail address, or nothing."""
    if not value or _EMAIL.fullmatch(value):
        return value
    notes.note(Fault.EMAIL_NOT_USABLE, where, value)
    return ""


def phone_of(value: str, where: str, notes: Notebook) -> str:
    """A phone number as the feed writes it, or nothing."""
    digits = sum(character.isdigit() for character in value)
    if not value or (_PHONE.fullmatch(value) and digits >= 3):
        return value
    notes.note(Fault.PHONE_NOT_USABLE, where, value)
    return ""


def yes_or_no(value: object, where: str, notes: Notebook) -> bool | None:
    """True or False where the feed says so, else None."""
    if value is None or isinstance(value, bool):
        return value
    notes.note(Fault.WRONG_TYPE, where, value)
    return None
