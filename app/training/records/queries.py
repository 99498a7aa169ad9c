"""What records can be read for: one by its number, those of attempts, and the log of somebody's learning."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.training import queries
from app.training.progress import MODULE
from app.training.queries import AttemptState
from app.training.records.models import CompletionRecord
from app.ui.numbers import in_groups

SECONDS = 60


@dataclass(frozen=True)
class Record:
    """What anybody who has its number may know."""

    number: str
    title: str
    version: str
    finished_on: date


@dataclass(frozen=True)
class Entry:
    """One module in somebody's log; `minutes` are those spent, whole ones."""

    record: Record
    outcomes: tuple[str, ...]
    minutes: int

    @property
    def number(self) -> str:
        """As it is printed."""
        return in_groups(self.record.number)


def record_or_none(number: str) -> Record | None:
    """The record with this number."""
    row = db.session.get(CompletionRecord, number)
    return _record(row) if row else None


def record_of(token: str) -> Record:
    """The record of a finished attempt at a module."""
    return _record(db.session.scalars(select(CompletionRecord).where(CompletionRecord.attempt == token)).one())


def minutes(attempt: AttemptState) -> int:
    """How long somebody was at it: whole minutes, rounded down, at least one."""
    return max(1, attempt.active_seconds // SECONDS)


def log(person: str, begins: date | None = None, ends: date | None = None) -> list[Entry]:
    """The modules that somebody finished from one day to another, both counted, the oldest first."""
    finished = [one for one in queries.attempts_of(person) if one.finished_at and one.part == MODULE]
    entries = [Entry(record_of(one.token), _outcomes(one), minutes(one)) for one in finished]
    return sorted(
        (one for one in entries if (begins or date.min) <= one.record.finished_on <= (ends or date.max)),
        key=lambda one: (one.record.finished_on, one.record.title),
    )


def _outcomes(attempt: AttemptState) -> tuple[str, ...]:
    return tuple(outcome.text for outcome in queries.module_of(attempt).head.outcomes)


def _record(row: CompletionRecord) -> Record:
    return Record(row.number, row.title, row.version, row.finished_on)
