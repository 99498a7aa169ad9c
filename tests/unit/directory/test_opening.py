"""Opening times in words."""

from typing import Any

import pytest

from app.directory.opening import days_open, opening_of


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ({"byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:30"}, "Monday to Friday, 9am to 5.30pm"),
        ({"byday": "MO,WE,FR", "opens_at": "12:00", "closes_at": "00:00"}, "Monday, Wednesday and Friday, midday to midnight"),
        ({"byday": "SA,SU"}, "Saturday and Sunday"),
        ({"byday": "SU,MO,TU,WE,TH,FR,SA", "opens_at": "00:00", "closes_at": "23:59"}, "Every day, all day and night"),
        ({"byday": "TU", "freq": "MONTHLY", "opens_at": "10:00:00Z", "closes_at": "11:00:00Z"}, "Tuesday, 10am to 11am, monthly"),
        ({"byday": "1TU", "description": "First Tuesday"}, "First Tuesday"),
        ({"description": "Tuesdays 11am - 1pm"}, "Tuesdays 11am - 1pm"),
        ({"opens_at": "nine"}, None),
        ({"opens_at": "99:99", "closes_at": "99:99"}, None),
        ({"byday": "MO", "opens_at": "09:00", "closes_at": "25:00"}, "Monday"),
        ({"byday": "MO", "opens_at": "09:60", "closes_at": "17:00"}, "Monday"),
        ({"opens_at": "24:30", "closes_at": "09:00", "description": "Ring for times"}, "Ring for times"),
        ({"byday": "MO", "opens_at": "9:00", "closes_at": "24:00"}, "Monday, 9am to midnight"),
    ],
)
def test_a_schedule_is_said(schedule: dict[str, Any], said: str | None) -> None:
    assert opening_of([schedule, schedule]) == ((said,) if said else ())


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Monday to Friday, 9am to 5pm", "MO TU WE TH FR"),
        ("Daily (except Tues & Sat) 10:30am - 12pm", "MO WE TH FR SU"),
        ("Tues , Wed, Thursday, 11am - 2pm", "TU WE TH"),
        ("Saturday to Monday", "MO SA SU"),
        ("1st Thurs of the month", "TH"),
        ("Every day, all day and night", "MO TU WE TH FR SA SU"),
        ("Ring for times", ""),
    ],
)
def test_the_days_are_read_from_opening_times(said: str, days: str) -> None:
    assert days_open([said]) == tuple(days.split())
