"""Times are kept and given out in UTC, whatever zone they are written in and the server is set to."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.actions import Deed, note
from app.audit.models import AuditEntry
from app.extensions import db
from app.jobs.models import Timer
from app.tenancy import EVERYTHING, acting

pytestmark = pytest.mark.both


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_an_entry_of_the_trail_says_when_in_utc(app: Flask, far_east: None) -> None:
    note(by="job", what=Deed.RETENTION_RUN, about="x")
    db.session.expire_all()
    with acting(EVERYTHING):
        at = db.session.scalars(select(AuditEntry)).one().at
    assert at.utcoffset() == timedelta(0) and abs(datetime.now(UTC) - at) < timedelta(minutes=1)


def test_a_time_of_another_zone_is_the_same_moment(app: Flask, far_east: None) -> None:
    with db.writing() as session:
        session.add(Timer(name="x", started_at=datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=5)))))
    db.session.expire_all()
    found = db.session.get_one(Timer, "x").started_at
    assert found == datetime(2026, 7, 1, 7, tzinfo=UTC) and found.utcoffset() == timedelta(0)
