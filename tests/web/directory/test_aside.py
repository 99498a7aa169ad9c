"""Reading a feed in a process of its own: the same records, the same faults, and no process left over."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.directory.aside import AHEAD, AT_ONCE, Died, aside
from app.directory.queries import live_count
from app.extensions import db
from tests.web.directory.feed import a_service, all_live, imported, reported

pytestmark = pytest.mark.both
MANY = [a_service(number) for number in range(1, 251)] + [a_service(900, name="")]


def children() -> set[int]:
    return {int(word) for word in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


@pytest.fixture
def others() -> set[int]:
    """Processes that other tests have left running."""
    return children()


def test_everything_comes_in_its_order_and_from_another_process(app: Flask, others: set[int]) -> None:
    found = list(aside((number, os.getpid()) for number in range(1_234)))
    assert [number for number, _ in found] == list(range(1_234))
    assert {process for _, process in found}.isdisjoint({os.getpid()})
    assert list(aside(iter(()))) == [] and children() <= others


def test_an_import_in_two_processes_is_the_import_in_one(app: Flask, tmp_path: Path) -> None:
    outcome = imported(MANY, tmp_path / "two.csv", in_two=True)
    assert (outcome.tally.new, outcome.tally.rejected) == (250, 1)
    two = all_live()
    again = imported(MANY, tmp_path / "one.csv")
    assert (again.tally.new, again.tally.changed, again.tally.vanished) == (0, 0, 0)
    assert all_live() == two and reported(tmp_path / "two.csv") == reported(tmp_path / "one.csv")


def reads_are_open(app: Flask) -> bool:
    """Whether another process has a read open: SQLite then cannot take in its log, and PostgreSQL knows of it."""
    engine = app.extensions["database"]
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            busy, *_pages = connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        return bool(busy)
    with app.extensions["owner"].connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        return bool(connection.exec_driver_sql(f"SELECT count(*) FROM pg_stat_activity WHERE {others}").scalar_one())


def reads_end(app: Flask) -> bool:
    """Whether the other process comes to rest with no read open; between two of its reads there is none for a moment only."""
    deadline, seen_none = time.monotonic() + 60, 0
    while seen_none < 5 and time.monotonic() < deadline:
        seen_none = 0 if reads_are_open(app) else seen_none + 1
        time.sleep(0.2)
    return seen_none == 5


def test_no_read_stays_open_while_what_was_read_waits_to_be_taken(app: Flask, tmp_path: Path) -> None:
    def reading() -> Iterator[str]:
        for _ in range(AT_ONCE * AHEAD * 3):
            live_count()
            yield "x" * 4_000  # So long that not all of it fits into what lies between the processes.

    made = aside(reading())
    next(made)
    imported([a_service(1)], tmp_path / "report.csv")  # Something that a read left open would stand in the way of.
    db.session.rollback()
    assert reads_end(app)
    assert sum(1 for _ in made) == AT_ONCE * AHEAD * 3 - 1


def test_what_goes_wrong_there_goes_wrong_here(app: Flask, others: set[int]) -> None:
    def broken() -> Iterator[int]:
        yield from range(150)
        raise FileNotFoundError(2, "gone", "feed.json")

    with pytest.raises(FileNotFoundError, match=r"feed\.json"):
        list(aside(broken()))
    assert children() <= others


def test_a_reader_that_is_killed_ends_the_import_and_nothing_is_kept(app: Flask, others: set[int]) -> None:
    def killed() -> Iterator[int]:
        yield from range(150)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(Died):
        list(aside(killed()))
    assert children() <= others and db.session.connection()


def test_whoever_stops_taking_leaves_no_process_behind(app: Flask, others: set[int]) -> None:
    endless = aside(iter(int, 1))
    assert next(endless) == 0 and len(children() - others) == 1
    endless.close()
    assert children() <= others


ENDLESS = """
import os, sys
from app import create_app
from app.directory.aside import aside
from config import Settings
def numbers():
    print(os.getpid(), flush=True)
    yield from iter(int, 1)
with create_app(Settings.from_environ(dict(os.environ))).app_context():
    for _ in aside(numbers()): pass
"""


def test_the_reader_ends_when_the_import_is_killed(app: Flask, tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only"}
    with subprocess.Popen([sys.executable, "-c", ENDLESS], env=environ, stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout
        reader = int(importing.stdout.readline())
        importing.kill()
    until = time.monotonic() + 20
    while Path(f"/proc/{reader}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{reader}").exists()
