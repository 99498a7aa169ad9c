"""Twelve whole months, closed for everybody on the same day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.insights.periods import CLOSES_AFTER, Period, closed_by


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 23), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2026, 11, 3), date(2025, 10, 1), date(2026, 9, 30)),
        (date(2026, 11, 4), date(2025, 11, 1), date(2026, 10, 31)),
        (date(2027, 1, 2), date(2025, 12, 1), date(2026, 11, 30)),
        (date(2028, 3, 4), date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_the_newest_months_that_are_closed(today: date, first: date, last: date) -> None:
    assert closed_by(today) == Period(first, last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_it_is_whole_months_that_ended_and_changes_once_a_month(today: date) -> None:
    period = closed_by(today)
    assert period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
    assert CLOSES_AFTER < (today - period.last).days <= CLOSES_AFTER + 31
    assert closed_by(today + timedelta(days=1)) == period or (today + timedelta(days=1)).day == CLOSES_AFTER + 1
