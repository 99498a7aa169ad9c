"""Recording what happened."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, cast

from flask import current_app
from sqlalchemy import Connection, Executable, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from app.events.kinds import Event
from app.events.models import EventRow, WordCount
from app.extensions import db

_EVENT = insert(cast(Table, EventRow.__table__)).inline()
"""Without asking for the new row's id, which only those may read who may read events."""

PATIENCE = 1000
"""Milliseconds that an answer may wait for its event to be written."""


def record(event: Event, *, council: str | None, practice: str | None) -> None:
    """Keep the event; inside `db.writing()` it stands or falls with what happened.

    An event that cannot be written is counted and never stops an answer: see `lost()`.
    """
    now = datetime.now(UTC)
    row = {
        "happened_at": now,
        "day": now.date(),
        "kind": event.kind,
        "council_code": council,
        "practice_code": practice,
        "facts": event.facts(),
    }
    counts = _counts(event, now.date(), council)
    if db.session.info.get("writing"):
        _insert(db.session.connection(), row, counts)
        return
    try:
        _write(row, counts)
    except SQLAlchemyError:
        current_app.extensions.setdefault("events_lost", Counter())[event.kind] += 1


def lost() -> int:
    """How many events this process could not write since it started. Shown on the status page."""
    return sum(current_app.extensions.get("events_lost", Counter()).values())


def _counts(event: Event, day: date, council: str | None) -> list[dict[str, Any]]:
    """One for each word that is only counted, always in one order, so that two searches cannot wait for each other for ever."""
    key = {"council_code": council or "", "month": day.replace(day=1), "found": event.facts().get("found", True), "count": 1}
    return [{**key, "word": word} for word in sorted(event.only_counted())]


@cache
def _counting(dialect: str) -> Executable:
    """Adds one to the count of a word; made once, for that took longer than to write it."""
    table = cast(Table, WordCount.__table__)
    inserting = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return inserting.on_conflict_do_update(index_elements=list(table.primary_key), set_={"count": table.c.count + 1})


def _insert(connection: Connection, row: dict[str, Any], counts: list[dict[str, Any]]) -> None:
    connection.execute(_EVENT, row)
    if counts:
        connection.execute(_counting(connection.dialect.name), counts)


def _write(row: dict[str, Any], counts: list[dict[str, Any]]) -> None:
    db.session.rollback()  # Gives back this request's connection, so that the event does not need a second one.
    with db.engine.connect() as connection, _impatient(connection):
        _insert(connection, row, counts)
        connection.commit()


@contextmanager
def _impatient(connection: Connection) -> Iterator[None]:
    """The connection gives up on a busy database after PATIENCE and not only when its usual time is over."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {PATIENCE}")
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {usual}")
