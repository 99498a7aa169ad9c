"""A job runs once for each due time, in one runner at a time, and one that fails stops no other."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from flask import Flask

from app.extensions import db
from app.jobs.actions import Outcome, run_due
from app.jobs.models import Timer
from app.jobs.registry import Job, is_due, register

HOUR = 3600
ERA = 10**9
"""Seconds; no due time falls into a test by chance."""
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def only(app: Flask) -> Iterator[list[Job]]:
    """The list of jobs, empty, for a test to fill."""
    usual = app.extensions.pop("jobs", [])
    app.extensions["jobs"] = []
    yield app.extensions["jobs"]
    app.extensions["jobs"] = usual


def the_next_is_due() -> None:
    with db.writing() as session:
        for timer in session.query(Timer):
            timer.started_at -= timedelta(seconds=ERA)


@pytest.mark.parametrize(
    ("started_at", "due"),
    [
        (None, True),
        (NOON, False),
        (NOON - timedelta(seconds=1), True),
        (NOON + timedelta(minutes=10), False),
        (NOON + timedelta(hours=2), True),
    ],
)
def test_a_job_is_due_once_in_each_interval_and_after_a_clock_that_ran_ahead(started_at: datetime | None, due: bool) -> None:
    assert is_due(started_at, NOON + timedelta(minutes=5), HOUR) is due


@pytest.mark.both
def test_a_due_job_runs_once_and_again_when_it_is_next_due(app: Flask, only: list[Job]) -> None:
    ran: list[int] = []
    register(app, Job("test.count", ERA, lambda: ran.append(1)))
    assert [outcome.job for outcome in run_due(app)] == ["test.count"]
    assert list(run_due(app)) == []
    the_next_is_due()
    assert len(list(run_due(app))) == 1
    assert len(ran) == 2


@pytest.mark.both
def test_two_runners_at_once_run_a_job_once(app: Flask, only: list[Job]) -> None:
    ran: list[int] = []
    together, outcomes = Barrier(2), list[Outcome]()
    register(app, Job("test.count", ERA, lambda: ran.append(1)))

    def runner() -> None:
        together.wait()
        outcomes.extend(run_due(app))

    for _ in range(5):
        ran.clear()
        outcomes.clear()
        threads = [Thread(target=runner) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [outcome.error for outcome in outcomes] == [None]
        assert len(ran) == 1
        the_next_is_due()


@pytest.mark.both
def test_a_job_that_is_still_running_is_not_begun_by_another_runner(app: Flask, only: list[Job]) -> None:
    """Not even when it has become due again meanwhile."""
    begun, finish = Event(), Event()
    register(app, Job("test.slow", ERA, lambda: (begun.set(), finish.wait(10))))
    slow = Thread(target=lambda: list(run_due(app)))
    slow.start()
    assert begun.wait(10)
    the_next_is_due()
    assert list(run_due(app)) == []
    finish.set()
    slow.join()
    assert [outcome.error for outcome in run_due(app)] == [None]


@pytest.mark.both
def test_a_failing_job_is_named_by_its_error_only_and_stops_no_other(app: Flask, only: list[Job]) -> None:
    ran: list[int] = []

    def fail() -> None:
        raise LookupError("Mrs Invented, 999 000 0001")

    register(app, Job("test.fail", ERA, fail))
    register(app, Job("test.count", ERA, lambda: ran.append(1)))
    outcomes = list(run_due(app))
    assert [(outcome.job, outcome.error) for outcome in outcomes] == [("test.fail", "LookupError"), ("test.count", None)]
    assert "Invented" not in repr(outcomes)
    assert ran == [1]


@pytest.mark.both
def test_a_timer_says_when_a_job_last_ended_well(app: Flask, only: list[Job]) -> None:
    broken = Event()
    register(app, Job("test.sometimes", ERA, lambda: 1 / (not broken.is_set())))
    list(run_due(app))
    well = db.session.get_one(Timer, "test.sometimes").finished_at
    assert well
    the_next_is_due()
    broken.set()
    assert [outcome.error for outcome in run_due(app)] == ["ZeroDivisionError"]
    db.session.expire_all()
    timer = db.session.get_one(Timer, "test.sometimes")
    assert timer.finished_at == well
    assert timer.started_at and timer.started_at > well


def test_two_jobs_of_one_name_are_refused(app: Flask, only: list[Job]) -> None:
    register(app, Job("test.one", ERA, lambda: None))
    with pytest.raises(ValueError, match="two jobs"):
        register(app, Job("test.one", 60, lambda: None))


def test_the_roll_up_is_a_job(app: Flask) -> None:
    assert [job.every_seconds for job in app.extensions["jobs"] if job.name == "insights.roll_up"] == [30]
