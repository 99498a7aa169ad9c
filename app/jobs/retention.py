"""Removing what has been kept for long enough. content/register.yaml says after how many days, each feature which rows.

A run takes rows in batches, each with its note in the audit trail in one transaction: it can be killed at any moment, and the
next run goes on. Running it twice removes nothing more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import ColumnElement, CursorResult, Select, delete, func, inspect, literal, select, tuple_, update

from app.audit.actions import Deed, note
from app.content.register import days_kept
from app.extensions import db

JOB = "retention.run"
"""The name of the job, and of the lock that the command takes too."""
BATCH = 2_000
"""Rows in one transaction: few enough that nobody waits long for the write lock."""


@dataclass(frozen=True)
class Keeping:
    """A rule. `past` selects the rows of one class that are older than a moment. They are removed, or, where there is something
    to put `instead`, these columns of them are emptied with it; `past` then passes over rows that have been. Where there is more to
    do, `each` does it to one row: it takes the key, and by whom, and notes it itself."""

    name: str
    past: Callable[[datetime], Select[Any]]
    instead: Mapping[str, Any] = field(default_factory=dict)
    each: Callable[[str, str], None] | None = None


def register(app: Flask, *rules: Keeping) -> None:
    """Add rules, run in the order of registration."""
    app.extensions.setdefault("keepings", []).extend(rules)


def rules() -> list[Keeping]:
    """Every rule, in the order in which they run."""
    return list(current_app.extensions.get("keepings", []))


def waiting(rule: Keeping) -> int:
    """How many rows the rule would take now."""
    return db.session.scalar(select(func.count()).select_from(_past(rule).subquery())) or 0


def apply(rule: Keeping, *, by: str) -> int:
    """Remove, or empty, every row that is past its time, and say how many there were. `by` as in the audit trail."""
    db.session.rollback()  # What was read before is a snapshot of then.
    taken = 0
    while number := _batch(rule, by):
        taken += number
    return taken


def run() -> None:
    """Apply every rule. A job."""
    for rule in rules():
        apply(rule, by="job")


def _past(rule: Keeping) -> Select[Any]:
    return rule.past(datetime.now(UTC) - timedelta(days=days_kept()[rule.name]))


def _batch(rule: Keeping, by: str) -> int:
    """The rows are looked up before the write lock is taken, and judged again under it: somebody may have changed one. Then they
    are told by the first and the last key, because PostgreSQL is forty times as slow with a list of keys of several columns."""
    past = _past(rule)
    entity = past.column_descriptions[0]["entity"]
    key = inspect(entity).primary_key
    found = db.session.execute(past.with_only_columns(*key, maintain_column_froms=True).order_by(*key).limit(BATCH)).all()
    if not found:
        return 0
    if rule.each:
        return sum(_one(rule.each, past.where(key[0] == row[0]), row[0], by) for row in found)
    change = update(entity).values(**rule.instead) if rule.instead else delete(entity)
    first, last = (tuple_(*map(literal, row, (column.type for column in key))) for row in (found[0], found[-1]))
    these = (cast(ColumnElement[bool], past.whereclause), tuple_(*key) >= first, tuple_(*key) <= last)
    with db.writing() as session:
        done = session.execute(change.where(*these), execution_options={"synchronize_session": False})
        number = cast(CursorResult[Any], done).rowcount
        if number:
            note(by=by, what=Deed.RETENTION_RUN, about=f"{rule.name}:{number}")
    return number


def _one(each: Callable[[str, str], None], past: Select[Any], key: str, by: str) -> bool:
    with db.writing() as session:
        still = session.scalar(past) is not None
        if still:
            each(key, by)
    return still
