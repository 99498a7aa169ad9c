"""A module's page of measures from the counts of 20,000 learners with 100 attempts each: `make bench-training`.

Each learner's answers are made by chance, with both follow-ups, and go through the counting that the pages use; they are counted once
for each of their attempts, added up in memory and written in batches. A page reads counts, so what matters is how many rows of counts
there are: the table says it, and that hardly any cell that can be filled is not.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from app import create_app
from app.extensions import db
from app.training.catalogue import Module
from app.training.measures.actions import add
from app.training.measures.tallies import Given, Key, of_course, of_finish, of_form
from app.training.queries import modules
from app.training.schema import Choice, Form
from config import Settings
from tests.postgres import PostgresServer
from tests.web.accounts.browser import Browser, new_person, signed_in

DAYS = 1096
AIM = 100
"""Milliseconds in which the page is to be there."""
BATCH = 5_000


def a_form(module: Module, form: Form, skill: float, chance: random.Random) -> list[Given]:
    """Answers of somebody who is right with this probability."""
    found = []
    for question in module.form(form):
        right = chance.random() < skill
        letters: tuple[str, ...] = ()
        if isinstance(question, Choice):
            wrong = chance.choice([one.id for one in question.options if not one.right])
            letters = tuple(one.id for one in question.options if one.right) if right else (wrong,)
        found.append(Given(question.id, question.outcome, right, letters, chance.choice((None, 1, 2, 3))))
    return found


def course(module: Module, chance: random.Random, today: datetime) -> Iterator[Counter[Key]]:
    """What one learner, with both follow-ups, adds."""
    knows = chance.random()
    before, after = (a_form(module, form, skill, chance) for form, skill in ((Form.BEFORE, knows), (Form.AFTER, (1 + knows) / 2)))
    yield from (of_form(Form.BEFORE, before), of_form(Form.AFTER, after), of_course(Form.AFTER, before, after))
    yield of_finish((today - timedelta(days=chance.randrange(DAYS))).date())
    for form in (Form.WEEKS, Form.MONTHS):
        later = a_form(module, form, (1 + 3 * knows) / 4, chance)
        yield from (of_form(form, later), of_course(form, before, after, later))


def fill(module: Module, learners: int, attempts: int) -> int:
    """Count so many learners with so many attempts each at a module; the number of rows."""
    chance, today, rows = random.Random(module.head.slug), datetime.now(UTC), set()
    for start in range(0, learners, BATCH):
        counted: Counter[Key] = Counter()
        for _ in range(start, min(start + BATCH, learners)):
            for found in course(module, chance, today):
                counted.update(found)
        rows |= set(counted)
        with db.writing() as session:
            every = Counter({key: number * attempts for key, number in counted.items()})
            add(session, module=module.head.slug, version=module.head.version, counted=every)
    return len(rows)


def timed(browser: Browser, path: str, times: int) -> tuple[list[float], float]:
    """Milliseconds of each of so many requests for the page, after two that warm up, and those of our processor on average."""
    found: list[float] = []
    for number in range(-2, times):
        if number == 0:
            worked = time.process_time()
        began = time.perf_counter()
        assert browser.get(path).status_code == 200
        found.append(1000 * (time.perf_counter() - began))
    return found[2:], 1000 * (time.process_time() - worked) / times


@contextmanager
def made(url: str, owner_url: str, folder: Path) -> Iterator[Flask]:
    """The application over an empty database."""
    environ = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": "for measuring only", "DATABASE_OWNER_URL": owner_url}
    app = create_app(Settings.from_environ({name: value for name, value in environ.items() if value}))
    ran = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert ran.exit_code == 0, ran.output
    yield app
    app.extensions["database"].dispose()


def measured(kind: str, app: Flask, learners: int, attempts: int, times: int) -> bool:
    """Fill and ask for the page of each module; whether all were in time."""
    new_person(app, "root@example.org", ("platform_admin", None, None))
    with app.app_context():
        known = modules()
        began = time.perf_counter()
        rows = {slug: fill(module, learners, attempts) for slug, module in known.items()}
        took = time.perf_counter() - began
    browser, in_time = signed_in(app, "root@example.org"), True
    print(f"\n### {kind}: {learners * attempts:,} attempts at each module with both follow-ups, filled in {took:.0f} s\n")
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}\n")
    print("| module | attempts | rows of counts | median ms | p95 ms | processor ms |\n|---|---|---|---|---|---|")
    for slug, number in rows.items():
        found, worked = timed(browser, f"/training/{slug}/measures", times)
        p95 = statistics.quantiles(found, n=20)[-1]
        in_time &= p95 < AIM
        print(f"| {slug} | {learners * attempts:,} | {number:,} | {statistics.median(found):.1f} | {p95:.1f} | {worked:.1f} |", flush=True)
    return in_time


def main() -> None:
    """Measure on both databases; ends with an error where a page was late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=20_000)
    parser.add_argument("--attempts", type=int, default=100)
    parser.add_argument("--times", type=int, default=100, help="requests for each page")
    given = parser.parse_args()
    in_time = True
    with tempfile.TemporaryDirectory() as name, PostgresServer(Path(name), durable=True) as server:
        (folder := Path(name) / "sqlite").mkdir()
        sqlite = f"sqlite:///{folder / 'bench.sqlite3'}"
        for kind, url, owner in (("SQLite", sqlite, ""), ("PostgreSQL", server.url, server.owner_url)):
            with made(url, owner, folder) as app:
                in_time &= measured(kind, app, given.learners, given.attempts, given.times)
    raise SystemExit(0 if in_time else f"A page took {AIM} ms or longer.")


if __name__ == "__main__":
    main()
