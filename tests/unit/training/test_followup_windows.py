"""On which days a follow-up can be begun."""

from datetime import UTC, datetime, timedelta

import pytest

from app.training.followups.windows import WINDOWS
from app.training.schema import Form

FINISHED = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "days", "is_open"),
    [
        (Form.WEEKS, 6.99, False), (Form.WEEKS, 7, True), (Form.WEEKS, 21.9, True), (Form.WEEKS, 22, False),
        (Form.MONTHS, 79.9, False), (Form.MONTHS, 80, True), (Form.MONTHS, 150.9, True), (Form.MONTHS, 151, False),
    ],
)  # fmt: skip
def test_it_is_open_from_its_first_day_to_the_end_of_its_last(form: Form, days: float, is_open: bool) -> None:
    assert WINDOWS[form].is_open(FINISHED, FINISHED + timedelta(days=days)) is is_open
