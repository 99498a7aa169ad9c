"""On which days a follow-up can be begun."""

from datetime import UTC, datetime, timedelta

import pytest

from app.training.followups.windows import WINDOWS
from app.training.schema import Form

FINISHED = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "day", "is_open"),
    [
        (Form.WEEKS, 6, False), (Form.WEEKS, 7, True), (Form.WEEKS, 21, True), (Form.WEEKS, 22, False),
        (Form.MONTHS, 79, False), (Form.MONTHS, 80, True), (Form.MONTHS, 150, True), (Form.MONTHS, 151, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_it_is_open_on_all_of_its_days_at_any_hour(form: Form, day: int, is_open: bool, hour: int) -> None:
    now = FINISHED.replace(hour=hour) + timedelta(days=day)
    assert WINDOWS[form].is_open(FINISHED, now) is is_open
