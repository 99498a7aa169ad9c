"""A large feed into an empty directory and again, with a reader meanwhile, beside plain inserts of the same lines."""

import multiprocessing
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert

from app.directory import actions, queries
from app.extensions import db
from bench.directory_databases import PILOT, SHARED, Databases, Place, state, table
from bench.directory_feed import written

EVERY = 0.01
"""Seconds between two questions of the reader."""
QUIET = 5.0
BATCH = 500


def measured(databases: Databases, kind: str, number: int) -> None:
    """Import, publish and import again, and show what was found."""
    feed = written(number, SHARED, databases.folder)
    with databases.fresh(kind) as place:
        _measured(place, feed, number)


def _measured(place: Place, feed: Path, number: int) -> None:
    place.imports(PILOT)  # The reader has something to read from the first moment.
    with Reader(place) as reader:
        time.sleep(QUIET)
        began = time.monotonic()
        first = place.imports(feed, "--stage-only")
        staged = time.monotonic()
        whole, transaction = _published(place)
        ended = time.monotonic()
        time.sleep(QUIET / 5)
    with place.app():
        before = state()
    again = place.imports(feed)
    with place.app():
        unchanged = state() == before
    same = unchanged and " 0 new, 0 changed, " in again.output and " 0 vanished, " in again.output
    runs = (("first import and publication", first, whole), ("the same again", again, 0.0))
    rows: list[tuple[object, ...]] = []
    for name, run, more in runs:
        rate, of_processor = round(number / (run.seconds + more)), round(number / run.processor)
        rows.append((name, f"{run.seconds + more:.0f}", rate, f"{run.processor:.0f}", of_processor, f"{run.most:.0f}", _course(run.memory)))
    floors = {name: number / _timed(partial(work, place, feed)) for name, work in _peers(place).items()}
    mine = number / (first.seconds + whole)
    rows += [(name, f"{number / rate:.0f}", round(rate), "", "", "", f"{mine / rate:.2f} of it") for name, rate in floors.items()]
    headings = ("", "seconds", "records a second", "of the processor", "records for each", "most memory, MB", "at tenths of the time, MB")
    table(f"{place.kind}: {number:,} records, live {before[0]:,}; again changes {'nothing' if same else 'SOMETHING'}", headings, rows)
    quiet, staging, publishing = (reader.longest(*span) for span in ((0.0, began), (began, staged), (staged, ended)))
    live = [("publication, with its checks", f"{whole * 1000:.0f}"), ("its transaction", f"{transaction * 1000:.0f}")]
    gaps = [("reader's longest gap: nothing else going on", quiet), ("while importing", staging), ("while publishing", publishing)]
    table(
        f"{place.kind}: going live; a reader asked {reader.asked:,} times, {EVERY * 1000:.0f} ms apart, {reader.empty} unanswered",
        ("", "milliseconds"),
        [*live, *((name, f"{seconds * 1000:.0f}") for name, seconds in gaps)],
    )


def _course(memory: list[float]) -> str:
    return ", ".join(f"{memory[len(memory) * tenth // 10]:.0f}" for tenth in range(1, 10))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _published(place: Place) -> tuple[float, float]:
    """Seconds of the whole publication and of its last transaction."""
    with place.app():
        begun: list[float] = []
        event.listen(db.engine, "begin", lambda _connection: begun.append(time.perf_counter()))
        staged = actions.staged_imports()[0].publication_id
        started = time.perf_counter()
        actions.publish(publication_id=staged, by="command line")
        ended = time.perf_counter()
    return ended - started, ended - begun[-1]


@dataclass(frozen=True)
class _Answer:
    at: float
    services: int


class Reader:
    """Another process that asks for one service over and over. Afterwards `longest` tells how long nothing was answered."""

    asked = 0
    empty = 0

    def __init__(self, place: Place) -> None:
        context = multiprocessing.get_context("spawn")
        self._stop, ready = context.Event(), context.Event()
        self._answers: list[_Answer] = []
        self._from, self._to = context.Pipe(duplex=False)
        self._process = context.Process(target=_read, args=(place, self._stop, ready, self._to))
        self._ready = ready

    def __enter__(self) -> "Reader":
        self._process.start()
        self._to.close()  # So that a reader that dies ends the measurement instead of keeping it waiting.
        self._ready.wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._answers = self._from.recv()
        self._process.join()
        self.asked = len(self._answers)
        self.empty = sum(answer.services != 1 for answer in self._answers)

    def longest(self, start: float, end: float) -> float:
        """Seconds between two answers, of which the later came after the start and the earlier before the end."""
        pairs = zip(self._answers, self._answers[1:], strict=False)
        return max(later.at - earlier.at for earlier, later in pairs if later.at > start and earlier.at < end)


def _read(place: Place, stop: Event, ready: Event, to: Connection) -> None:
    answers: list[_Answer] = []
    with place.app():
        ids = [service.id for batch in queries.live_services() for service in batch]
        ready.set()
        while not stop.wait(EVERY):
            found = queries.by_ids([ids[len(answers) % len(ids)]])
            db.session.rollback()
            answers.append(_Answer(time.monotonic(), len(found)))
    to.send(answers)


def _peers(place: Place) -> Mapping[str, Callable[[Place, Path], None]]:
    """The same lines, neither read nor checked, into a table with a number and a text."""
    own = {"sqlite3, executemany of the lines": _executemany} if place.kind == "SQLite" else {"COPY of the lines": _copy}
    return {"SQLAlchemy core, INSERT of the lines": _core} | own


def _batches(feed: Path) -> Iterator[list[tuple[int, str]]]:
    with feed.open(encoding="utf-8") as file:
        numbered = enumerate(file)
        while batch := list(islice(numbered, BATCH)):
            yield batch


def _core(place: Place, feed: Path) -> None:
    lines = Table("raw_core", MetaData(), Column("number", Integer, primary_key=True), Column("line", Text))
    engine = create_engine(place.owner_url)
    lines.create(engine)
    for batch in _batches(feed):
        with engine.begin() as connection:
            connection.execute(insert(lines), [{"number": number, "line": line} for number, line in batch])
    engine.dispose()


def _executemany(place: Place, feed: Path) -> None:
    connection = sqlite3.connect(place.folder / "fingerpost.sqlite3")
    connection.execute("CREATE TABLE raw_own (number INTEGER PRIMARY KEY, line TEXT)")
    for batch in _batches(feed):
        with connection:
            connection.executemany("INSERT INTO raw_own VALUES (?, ?)", batch)
    connection.close()


def _copy(place: Place, feed: Path) -> None:
    with psycopg.connect(place.owner_url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_own (number integer PRIMARY KEY, line text)")
        with cursor.copy("COPY raw_own FROM STDIN") as copy:
            rows: Iterator[Any] = (row for batch in _batches(feed) for row in batch)
            for row in rows:
                copy.write_row(row)
