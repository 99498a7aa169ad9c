"""What the age of a check means."""

from datetime import date, timedelta

import pytest

from app.directory.ageing import Age, age_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "age"), [(-1, Age.FRESH), (0, Age.FRESH), (183, Age.FRESH), (184, Age.DUE), (365, Age.DUE), (366, Age.OLD), (9_000, Age.OLD)]
)
def test_it_is_due_after_half_a_year_and_old_after_a_year(days: int, age: Age) -> None:
    assert age_of(TODAY - timedelta(days=days), TODAY) is age


def test_no_day_is_not_said() -> None:
    assert age_of(None, TODAY) is Age.UNSAID
