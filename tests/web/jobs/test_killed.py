"""However often the runner is killed, no letter is lost, and none goes twice but one that it was just being told was taken."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.extensions import db
from app.jobs.actions import send
from app.jobs.models import Letter, Timer
from tests.web.jobs.sink import Sink

ROOT = Path(__file__).resolve().parents[3]
LETTERS, KILLS = 40, 20

RUNNERS = """
import os, signal, sys
from flask.cli import ScriptInfo
from wsgi import app
from app.cli.jobs import group

app.extensions["jobs"] = [job for job in app.extensions["jobs"] if job.name == "jobs.post"]
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        group(["run", "--every", "0.1"], obj=ScriptInfo(create_app=lambda: app))
    print("pid", child, flush=True)
"""
"""Begins a runner, a process of its own, at each line that it is given. It never opens the database itself."""

Begin = Callable[[], int]


@pytest.fixture
def begin(app: Flask, sink: Sink) -> Iterator[Begin]:
    environ = {
        **os.environ,
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "DATA_DIR": str(app.config["DATA_DIR"]),
        "SECRET_KEY": "for tests only",
        "PUBLIC_URL": "http://localhost",
        "MAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "PYTHONPATH": str(ROOT),
        "FLASK_RUN_FROM_CLI": "1",
    }
    command = [sys.executable, "-c", RUNNERS]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as maker:
        assert maker.stdin and maker.stdout
        wanted, said = maker.stdin, maker.stdout

        def one() -> int:
            wanted.write("one\n")
            return next(int(line.split()[1]) for line in said if line.startswith("pid"))

        yield one
        maker.stdin.close()


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def kill(pid: int, sink: Sink) -> None:
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: is_gone(pid) and sink.connections == 0)


def sent() -> set[str]:
    db.session.rollback()
    return {f"<{identity}@localhost>" for identity in db.session.scalars(select(Letter.id).where(Letter.sent_at.is_not(None)))}


def time_passes() -> None:
    """So that the job is due, and so are letters that a killed runner had taken."""
    with db.writing() as session:
        session.execute(delete(Timer))
        session.execute(update(Letter).where(Letter.due_at.is_not(None)).values(due_at=datetime.now(UTC) - timedelta(seconds=1)))


@pytest.mark.both
def test_killed_at_any_moment_it_loses_no_letter_and_repeats_only_what_was_in_its_hand(app: Flask, sink: Sink, begin: Begin) -> None:
    sink.thinking = sink.keeping_still = 0.01
    for number in range(LETTERS):
        send(to=f"person{number}@example.org", subject="Hello", body="Hello")
    in_hand: Counter[str] = Counter()
    for _ in range(KILLS):
        if len(sent()) == LETTERS:
            break
        time_passes()
        before = len(sink.ids)
        runner = begin()
        wait_for(lambda: len(sink.ids) > before)  # noqa: B023 - called at once
        time.sleep(random.uniform(0, 0.025))
        kill(runner, sink)
        unmarked = set(sink.ids[before:]) - sent()
        assert unmarked <= {sink.ids[-1]}
        in_hand.update(unmarked)
    time_passes()
    runner = begin()
    wait_for(lambda: len(sent()) == LETTERS)
    kill(runner, sink)
    taken = Counter(sink.ids)
    assert len(taken) == LETTERS
    assert taken - Counter(dict.fromkeys(taken, 1)) == in_hand


@pytest.mark.both
def test_two_runners_send_each_letter_once(app: Flask, sink: Sink, begin: Begin) -> None:
    for number in range(LETTERS):
        send(to=f"person{number}@example.org", subject="Hello", body="Hello")
    time_passes()
    runners = [begin(), begin()]
    wait_for(lambda: len(sent()) == LETTERS)
    for runner in runners:
        os.kill(runner, signal.SIGTERM)
    wait_for(lambda: all(is_gone(runner) for runner in runners))
    assert len(sink.ids) == len(set(sink.ids)) == LETTERS
