"""Daily counts equal a recount of the events, however often the roll-up is stopped, repeated or run twice at once."""

import os
import random
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import delete, event, select

from app.events.models import EventRow
from app.extensions import db
from app.insights import actions
from app.insights.actions import roll_up
from app.insights.catalogue import measures
from app.insights.models import DailyCount, FillState
from tests.web.insights.use import make, reached, recounted, stored

ROOT = Path(__file__).resolve().parents[3]


class Cut(Exception):
    """The connection is gone."""


@pytest.mark.both
def test_counts_equal_a_recount_of_the_events(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 70)
    make(1000)
    progress: list[int] = []
    assert roll_up(progress=progress.append) == 1000
    assert sum(progress) == 1000
    assert len(progress) == 15
    assert stored() == recounted()
    assert len(stored()) > 500


@pytest.mark.both
def test_twice_is_the_same_as_once_and_later_events_are_added(app: Flask) -> None:
    make(300)
    roll_up()
    once = stored()
    assert roll_up() == 0
    assert stored() == once
    make(200, seed=8)
    assert roll_up() == 200
    assert stored() == recounted()


@pytest.mark.both
def test_counts_outlive_the_events_they_were_made_from(app: Flask) -> None:
    make(300)
    roll_up()
    before = stored()
    with db.writing() as session:
        session.execute(delete(EventRow))
    make(1)
    assert roll_up() == 1
    assert stored() == before + recounted()


def cut_off(app: Flask, at: int) -> bool:
    """A roll-up whose statement number `at` fails; False when it needed fewer and ended well."""
    engine, numbers = app.extensions["database"], count()

    def cut(*_: object) -> None:
        if next(numbers) == at:
            raise Cut

    event.listen(engine, "before_cursor_execute", cut)
    try:
        roll_up()
    except Cut:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", cut)
    return False


@pytest.mark.both
def test_stopped_at_any_statement_it_goes_on_without_losing_or_repeating(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first statement fails, then the second, then the third, until a roll-up needs no more statements."""
    monkeypatch.setattr(actions, "BATCH", 40)
    make(120)
    expected = recounted()
    for at in count():
        with db.writing() as session:
            session.execute(delete(DailyCount))
            session.execute(delete(FillState))
        if not cut_off(app, at):
            break
        roll_up()
        assert stored() == expected
    assert at > len(measures()) * 2 + 3 * 4


@pytest.mark.both
def test_two_at_once_count_nothing_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 50)
    make(1000)
    together, errors = Barrier(3), list[Exception]()

    def run() -> None:
        with app.app_context():
            together.wait()
            try:
                roll_up()
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert stored() == recounted()


@pytest.mark.both
def test_a_new_version_of_a_measure_is_counted_again_from_the_first_event(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make(200)
    roll_up()
    declared = measures()
    without_result = declared["searches_without_result"].source
    changed = declared["searches"].model_copy(update={"version": 2, "source": without_result})
    monkeypatch.setitem(app.extensions["content"], "measures", {**declared, "searches": changed})
    assert roll_up() == 200
    counts = stored()
    searches = {key: number for key, number in counts.items() if key[3] == "searches"}
    assert searches == {(*key[:3], "searches", ""): number for key, number in counts.items() if key[3] == "searches_without_result"}
    assert {key: number for key, number in counts.items() if key not in searches} == {
        key: number for key, number in recounted().items() if key[3] != "searches"
    }
    assert len(reached()) == 1


@pytest.mark.both
def test_an_event_without_council_or_practice_is_counted_under_none(app: Flask) -> None:
    make(200)
    roll_up()
    assert {council for council, *_ in stored()} == {"", "E99000001", "E08000004"}


def test_killed_while_it_works_it_goes_on_without_losing_or_repeating(app: Flask, tmp_path: Path) -> None:
    make(4000)
    database = app.extensions["database"].url.render_as_string(hide_password=False)
    environ = {**os.environ, "DATABASE_URL": database, "DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "FLASK_RUN_FROM_CLI": "1"}
    program = (
        "from wsgi import app\nfrom app.insights import actions\nactions.BATCH = 5\n"
        "print('ready', flush=True)\nwith app.app_context(): actions.roll_up()"
    )
    chance = random.Random(3)
    for _ in range(4):
        running = subprocess.Popen([sys.executable, "-c", program], env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert running.stdout and running.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.25))
        running.kill()
        running.communicate(timeout=30)
    half = sum(stored().values())
    roll_up()
    assert half < sum(stored().values())
    assert stored() == recounted()


def test_the_command_counts_and_says_how_many(app: Flask) -> None:
    make(20)
    runner = app.test_cli_runner()
    first = runner.invoke(args=["insights", "rollup"])
    assert (first.exit_code, "20 new event(s) counted." in first.output) == (0, True)
    assert "No new events to count." in runner.invoke(args=["insights", "rollup"]).output
    assert sum(db.session.scalars(select(DailyCount.count))) == sum(recounted().values())


def test_the_command_says_what_to_do_when_the_database_refuses(app: Flask) -> None:
    make(1)
    engine = app.extensions["database"]
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE daily_count RENAME TO away")
    try:
        result = app.test_cli_runner().invoke(args=["insights", "rollup"])
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO daily_count")
    assert result.exit_code == 1
    assert "flask db upgrade" in result.output
