"""When more ask than can be answered: some wait, the rest are told at once, and nobody who is in is lost."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.accounts.access import Audience, open_to
from app.schema import upgrade
from app.ui.overload import RUNNING, WAITING, Gate
from config import Settings


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Flask, threading.Event, threading.Semaphore]]:
    """A page that answers when it is allowed to, and how many are at it."""
    app = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}))
    upgrade(app.extensions["database"])
    go, began = threading.Event(), threading.Semaphore(0)

    def slow() -> str:
        began.release()
        assert go.wait(30)
        return "done"

    app.add_url_rule("/slow", "slow", open_to(Audience.VISITOR)(slow))
    yield app, go, began
    go.set()
    app.extensions["database"].dispose()


def asked(app: Flask, path: str, **how: str) -> TestResponse:
    return app.test_client().get(path, headers=how)


def filled(app: Flask, pool: ThreadPoolExecutor, began: threading.Semaphore) -> list[Future[TestResponse]]:
    """As many as are let in and may wait; all have come when this returns."""
    going = [pool.submit(asked, app, "/slow") for _ in range(RUNNING + WAITING)]
    for _ in range(RUNNING):
        assert began.acquire(timeout=10)
    while pool._work_queue.qsize():
        pass
    return going


def test_who_comes_when_it_is_full_is_told_at_once_and_the_rest_are_served(
    held: tuple[Flask, threading.Event, threading.Semaphore],
) -> None:
    app, go, began = held
    with ThreadPoolExecutor(RUNNING + WAITING) as pool:
        going = filled(app, pool, began)
        while (refused := asked(app, "/help")).status_code == 200:  # The last of those who wait have not come to the gate yet.
            pass
        assert refused.status_code == 503 and refused.headers["Retry-After"] == "2"
        assert "Too many people are asking" in refused.text and "call 999" in refused.text
        assert refused.headers["Content-Security-Policy"].startswith("default-src 'none'")
        told = asked(app, "/api/search?q=x")
        assert told.status_code == 503 and told.get_json()["error"]["code"] == "503"
        assert asked(app, "/healthz").status_code == 200, "the process lives"
        go.set()
        assert Counter(one.result().status_code for one in going) == {200: RUNNING + WAITING}
    assert asked(app, "/help").status_code == 200, "everybody has left again"


def test_no_more_are_at_work_at_once_than_said(held: tuple[Flask, threading.Event, threading.Semaphore]) -> None:
    app, go, began = held
    with ThreadPoolExecutor(RUNNING + WAITING) as pool:
        going = filled(app, pool, began)
        assert not began.acquire(timeout=0.2)
        go.set()
        assert all(one.result().status_code == 200 for one in going)


def test_whoever_is_refused_or_ends_in_a_fault_takes_no_place() -> None:
    gate = Gate(running=1, waiting=0)
    assert gate.enter()
    assert not gate.enter() and not gate.enter()
    gate.leave()
    assert gate.enter()
    waits = Gate(running=1, waiting=1, patience=0.01)
    assert waits.enter() and not waits.enter() and not waits.enter()


def test_a_fault_leaves_the_gate(held: tuple[Flask, threading.Event, threading.Semaphore]) -> None:
    app = held[0]
    app.add_url_rule("/falls", "falls", open_to(Audience.VISITOR)(lambda: 1 / 0))
    for _ in range(RUNNING + WAITING + 1):
        assert asked(app, "/falls").status_code == 500
        assert asked(app, "/nowhere").status_code == 404
    assert asked(app, "/help").status_code == 200
