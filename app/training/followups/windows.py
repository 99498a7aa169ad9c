"""When a follow-up is offered: the days after the module was finished. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.training.schema import Form


@dataclass(frozen=True)
class Window:
    """A follow-up can be begun from the first day on, counted from the finish, and no later than the last."""

    first: int
    last: int

    def opens(self, finished_at: datetime) -> datetime:
        """The beginning of its first day."""
        return _midnight(finished_at) + timedelta(days=self.first)

    def closes(self, finished_at: datetime) -> datetime:
        """The end of its last day: from then on it can no longer be begun."""
        return _midnight(finished_at) + timedelta(days=self.last + 1)

    def is_open(self, finished_at: datetime, now: datetime) -> bool:
        return self.opens(finished_at) <= now < self.closes(finished_at)


WINDOWS = {Form.WEEKS: Window(7, 21), Form.MONTHS: Window(80, 150)}
"""One to two weeks, with a week of grace; three months, more or less, so that few are missed and the spacing stays comparable."""


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
