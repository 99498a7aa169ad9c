"""Which days a page counts: whole months, the same for everybody, so that no two looks at a page differ by what one person did. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12
CLOSES_AFTER = 3
"""Days after its end until a month is closed and may be shown: what was recorded late has been counted by then."""


@dataclass(frozen=True)
class Period:
    """Whole months, from the first day to the last, both counted."""

    first: date
    last: date


def closed_by(today: date) -> Period:
    """The twelve newest months that are closed."""
    after = (today - timedelta(days=CLOSES_AFTER)).replace(day=1)
    return Period(after.replace(year=after.year - MONTHS // 12), after - timedelta(days=1))
