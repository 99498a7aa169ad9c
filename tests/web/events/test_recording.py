"""An event is kept with what happened, and one that cannot be kept is counted and holds nobody up."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.events import queries
from app.events.actions import lost, record
from app.events.kinds import ModuleStarted, SearchMade
from app.extensions import db

SEARCH = SearchMade(found=True, alternatives=("telecare",))


@contextmanager
def table_missing(app: Flask) -> Iterator[None]:
    engine = app.extensions["owner"]
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE event RENAME TO event_away"))
    try:
        yield
    finally:
        db.session.rollback()
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE event_away RENAME TO event"))


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Somebody else holds the lock that writing an event needs."""
    engine = app.extensions["database"]
    if engine.dialect.name == "sqlite":
        other = sqlite3.connect(engine.url.database, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    with engine.connect() as connection:
        connection.execute(text("LOCK TABLE event IN ACCESS EXCLUSIVE MODE"))
        yield


@pytest.mark.both
def test_an_event_is_kept_with_where_it_came_from(app: Flask) -> None:
    record(SEARCH, council="E99000001", practice="Z99001")
    record(ModuleStarted(module="before-the-care-home"), council=None, practice=None)
    search, module = queries.after(0, up_to=queries.horizon(), limit=10)
    assert (search.kind, search.council, search.practice) == ("search_made", "E99000001", "Z99001")
    assert search.facts == {"found": True, "alternatives": ["telecare"]}
    assert (module.council, module.practice) == ("", "")
    assert queries.count() == 2


@pytest.mark.both
def test_an_event_stands_or_falls_with_what_happened(app: Flask) -> None:
    with pytest.raises(RuntimeError), db.writing():
        record(SEARCH, council=None, practice=None)
        raise RuntimeError
    assert queries.count() == 0


@pytest.mark.both
def test_an_event_that_meets_a_locked_database_is_counted_and_the_answer_goes_on(app: Flask) -> None:
    before = lost()
    with locked(app):
        begun = time.monotonic()
        record(SEARCH, council=None, practice=None)
        waited = time.monotonic() - begun
    assert waited < 2
    assert lost() == before + 1
    record(SEARCH, council=None, practice=None)
    assert queries.count() == 1


@pytest.mark.both
def test_an_event_without_its_table_is_counted_and_the_answer_goes_on(app: Flask) -> None:
    before = lost()
    with table_missing(app):
        record(SEARCH, council=None, practice=None)
    assert lost() == before + 1
    record(SEARCH, council=None, practice=None)
    assert queries.count() == 1


@pytest.mark.both
def test_inside_a_transaction_a_failing_event_fails_the_whole(app: Flask) -> None:
    """Otherwise something would have happened of which no count ever knows."""
    with table_missing(app), pytest.raises(SQLAlchemyError), db.writing():
        record(SEARCH, council=None, practice=None)


def test_losing_an_event_leaves_the_patience_of_other_writers_alone(app: Flask) -> None:
    with locked(app):
        record(SEARCH, council=None, practice=None)
    with app.extensions["database"].connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 15000
