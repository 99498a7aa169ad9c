"""A reader that remembers the last id it saw misses nothing and sees nothing twice."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Timer

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select

from app.events import queries
from app.events.actions import record
from app.events.kinds import SearchMade
from app.events.models import EventRow
from app.extensions import db

SEARCH = SearchMade(found=True, alternatives=())


def some(number: int) -> None:
    for _ in range(number):
        record(SEARCH, council=None, practice=None)


@pytest.mark.both
def test_events_come_in_order_and_in_batches(app: Flask) -> None:
    some(5)
    up_to = queries.horizon()
    first = queries.after(0, up_to=up_to, limit=3)
    rest = queries.after(first[-1].id, up_to=up_to, limit=3)
    assert [len(first), len(rest)] == [3, 2]
    assert [event.id for event in first + rest] == sorted(event.id for event in first + rest)
    assert queries.after(rest[-1].id, up_to=up_to, limit=3) == []


@pytest.mark.both
def test_what_is_written_after_the_horizon_waits_for_the_next_reading(app: Flask) -> None:
    some(1)
    up_to = queries.horizon()
    some(1)
    assert len(queries.after(0, up_to=up_to, limit=10)) == 1
    assert len(queries.after(0, up_to=queries.horizon(), limit=10)) == 2


@pytest.mark.both
def test_an_id_is_never_used_again(app: Flask) -> None:
    """A reader that has seen an event would take a later one under the same id for seen."""
    some(2)
    seen = queries.horizon()
    with db.writing() as session:
        session.execute(delete(EventRow))
    some(1)
    assert len(queries.after(seen, up_to=queries.horizon(), limit=10)) == 1


@pytest.fixture
def on_postgres(postgres_app: Flask) -> Iterator[Flask]:
    with postgres_app.app_context():
        yield postgres_app
        with db.writing() as session:
            session.execute(delete(EventRow))


def test_an_event_whose_transaction_is_still_open_is_not_passed_over(on_postgres: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL a lower id can be committed after a higher one."""
    monkeypatch.setattr(queries, "PATIENCE", 0.1)
    now = datetime.now(UTC)
    some(1)
    seen = queries.horizon()
    with on_postgres.extensions["database"].connect() as slow:
        slow.execute(insert(EventRow).values(kind="search_made", happened_at=now, day=now.date(), facts={}))
        some(1)
        assert queries.horizon() == 0
        slow.commit()
    assert len(queries.after(seen, up_to=queries.horizon(), limit=10)) == 2


def test_the_horizon_waits_for_a_transaction_that_ends_in_time(on_postgres: Flask) -> None:
    now = datetime.now(UTC)
    slow = on_postgres.extensions["database"].connect()
    slow.execute(insert(EventRow).values(kind="search_made", happened_at=now, day=now.date(), facts={}))
    some(1)
    ending = Timer(0.3, lambda: (slow.commit(), slow.close()))
    ending.start()
    assert len(queries.after(0, up_to=queries.horizon(), limit=10)) == 2
    ending.join()


def test_those_who_only_read_hold_up_no_horizon(on_postgres: Flask) -> None:
    some(1)
    with on_postgres.extensions["database"].connect() as reader:
        reader.execute(select(EventRow)).all()
        assert queries.horizon() > 0
