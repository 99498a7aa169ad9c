"""How long ago an entry was last checked, and what that means to whoever relies on it. Pure."""

from datetime import date, timedelta
from enum import StrEnum

DUE_AFTER = timedelta(days=183)
OLD_AFTER = timedelta(days=365)


class Age(StrEnum):
    """Of a check. The words are in templates/directory/parts.html."""

    FRESH = "fresh"
    DUE = "due"
    """To be checked again, after half a year."""
    OLD = "old"
    """Older than a year: whoever refers rings first."""
    UNSAID = "unsaid"


def age_of(checked: date | None, today: date) -> Age:
    """The age of an entry that was checked on this day."""
    if checked is None:
        return Age.UNSAID
    if today - checked > OLD_AFTER:
        return Age.OLD
    return Age.DUE if today - checked > DUE_AFTER else Age.FRESH
