"""Reading the audit trail. Each sees what it was granted; `verify` and `head` see all of it."""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from app.audit.chain import START, Break, Entry, Head, walk
from app.audit.deeds import Deed
from app.audit.models import AuditEntry
from app.extensions import db
from app.tenancy import EVERYTHING, acting

_BATCH = 1000
_COLUMNS = [getattr(AuditEntry, field.name) for field in dataclasses.fields(Entry)]


def entries(
    *,
    by: str | None = None,
    of: str | None = None,
    what: Deed | None = None,
    council: str | None = None,
    since: date | None = None,
    until: date | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """A page of entries, the newest first, `of` somebody: by them or about them. `since` and `until` are days (UTC), both included;
    `after` is the number with which the page before ended."""
    chosen = select(*_COLUMNS).order_by(AuditEntry.number.desc()).limit(limit)
    if by is not None:
        chosen = chosen.where(AuditEntry.by == by)
    if of is not None:
        chosen = chosen.where((AuditEntry.by == of) | (AuditEntry.about == of))
    if what is not None:
        chosen = chosen.where(AuditEntry.what == what.value)
    if council is not None:
        chosen = chosen.where(AuditEntry.council == council)
    if since is not None:
        chosen = chosen.where(AuditEntry.at >= _midnight(since))
    if until is not None:
        chosen = chosen.where(AuditEntry.at < _midnight(until + timedelta(days=1)))
    if after is not None:
        chosen = chosen.where(AuditEntry.number < after)
    return list(_read(db.session.execute(chosen)))


def active_since(moment: datetime) -> Select[str]:
    """Who has done anything since then: their ids, as a part of another query."""
    return select(AuditEntry.by).where(AuditEntry.at >= moment)


def about_whom(what: Deed, since: datetime, until: datetime) -> Select[str]:
    """What this was done to between two moments: ids, as a part of another query."""
    return select(AuditEntry.about).where(AuditEntry.what == what.value, AuditEntry.at >= since, AuditEntry.at < until)


def head() -> Head:
    """The end of the chain as it is now."""
    with acting(EVERYTHING):
        last = db.session.execute(select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)).first()
    return Head(*last) if last else START


def verify(known: Head = START) -> tuple[Head, Break | None]:
    """How far the chain holds, and its first broken link. That its end was cut off, or all of it made anew, can only be seen
    where a head is `known` from elsewhere."""
    with acting(EVERYTHING):
        chosen = select(*_COLUMNS).order_by(AuditEntry.number).execution_options(yield_per=_BATCH)
        with db.session.execute(chosen) as rows:
            return walk(_read(rows), known)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _read(rows: Iterable[Row[Any]]) -> Iterator[Entry]:
    """Rows are read as they stand, never as this session knows them from before."""
    for row in rows:
        said = dict(row._mapping)
        yield Entry(**said | {"fields": tuple(said["fields"])})
