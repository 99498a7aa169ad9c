"""So many requests are worked on at once, so many wait, and more are told at once to come back: an overloaded server that takes
everything in answers nobody in time."""

from threading import BoundedSemaphore
from typing import Any

from flask import Flask, abort, g, request

RUNNING = 4
"""Requests that one process works on at once; more would only take the processor from each other."""
WAITING = 24
"""Requests that wait for their turn. Each takes some hundredths of a second, so the last of them waits less than one."""
PATIENCE = 5.0
"""Seconds that one waits at most, where those before it take long."""
COME_BACK = 2
"""Seconds after which to ask again."""
THREADS = RUNNING + WAITING + 4
"""Threads of a process: the last four answer those who are not let in, and say that the process lives."""
ALWAYS = frozenset({"pages.healthz"})


class Gate:
    """Lets `running` in at once and `waiting` more wait."""

    def __init__(self, running: int = RUNNING, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._running = BoundedSemaphore(running)
        self._waiting = BoundedSemaphore(waiting)
        self._patience = patience

    def enter(self) -> bool:
        """Wait for one's turn. False where too many wait already or it does not come; who was let in has to leave."""
        if self._running.acquire(blocking=False):
            return True
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            return self._running.acquire(timeout=self._patience)
        finally:
            self._waiting.release()

    def leave(self) -> None:
        self._running.release()


def init_app(app: Flask) -> None:
    """Put the gate before everything else that a request does."""
    gate = Gate()

    def enter() -> None:
        if request.endpoint not in ALWAYS:
            if not gate.enter():
                abort(503)
            g.let_in = True

    def leave(_error: Any) -> None:
        if g.pop("let_in", False):
            gate.leave()

    app.before_request(enter)
    app.teardown_request(leave)
