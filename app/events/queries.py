"""Reading events back, in the order of their ids.

Decision: how a reader knows that it has missed nothing.
A reader that remembers the last id it saw must be sure that no lower id can still appear. On SQLite writers take
turns, so ids appear in order. On PostgreSQL an id is given out before its transaction commits: id 6 can be seen while
id 5 is still on its way, and 5 would be passed over for ever. So `horizon` takes the highest id and then waits until
every transaction that was writing events at that moment has ended; a writer holds a lock on the table from before it is
given an id until it ends, and PostgreSQL lists these locks. What is at or below that id is then final: it is there or
never will be. Writers are not held up. Where one does not end in time the horizon is 0 and the reader comes back later.
We decided against a fixed settling time (it loses the event of a transaction that takes longer, and nobody would know)
and against locking the table (events would wait behind the reader, and an answer must never wait for an event).
"""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, text

from app.events.models import EventRow, WordCount
from app.extensions import db

PATIENCE = 2.0
"""Seconds to wait for those who are writing events."""

_WRITERS = text(
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = 'event'::regclass"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND mode = 'RowExclusiveLock' AND granted"
)


@dataclass(frozen=True)
class Happened:
    """One recorded event. Council and practice are "" where none is known."""

    id: int
    day: date
    kind: str
    council: str
    practice: str
    facts: dict[str, Any]


def horizon() -> int:
    """The highest id at or below which nothing new can appear; 0 where there is none, or none for now."""
    highest = db.session.scalar(select(func.max(EventRow.id))) or 0
    if db.engine.dialect.name != "postgresql":
        return highest
    writing, give_up = _writers(), time.monotonic() + PATIENCE
    while writing and time.monotonic() < give_up:
        time.sleep(0.02)
        writing &= _writers()
    return 0 if writing else highest


def _writers() -> set[str]:
    return set(db.session.scalars(_WRITERS))


def after(last_id: int, *, up_to: int, limit: int) -> list[Happened]:
    """The next events by id, at most `limit`. Ask with `up_to` from `horizon`, or an event may be passed over."""
    columns = (EventRow.id, EventRow.day, EventRow.kind, EventRow.council_code, EventRow.practice_code, EventRow.facts)
    wanted = select(*columns).where(EventRow.id > last_id, EventRow.id <= up_to).order_by(EventRow.id).limit(limit)
    return [
        Happened(identity, day, kind, council or "", practice or "", facts)
        for identity, day, kind, council, practice, facts in db.session.execute(wanted)
    ]


def old_events(before: datetime, *, up_to: int) -> Select[Any]:
    """Events that happened before, of those whose id is at most `up_to`."""
    return select(EventRow).where(EventRow.happened_at < before, EventRow.id <= up_to)


def old_words(before: datetime) -> Select[Any]:
    """Counts of words in months that began before."""
    return select(WordCount).where(WordCount.month < before.date())


def count() -> int:
    """How many events are kept."""
    return db.session.scalar(select(func.count()).select_from(EventRow)) or 0
