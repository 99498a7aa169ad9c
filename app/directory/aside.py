"""An iterator worked off in a process of its own, so that what makes things and what takes them share the cores."""

import gc
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread
from typing import TypeVar

from app.extensions import db

T = TypeVar("T")
AT_ONCE = 20
AHEAD = 60
"""How many parts of AT_ONCE things may wait to be taken."""


class Died(Exception):
    """The process that made the things has ended before its time."""


def aside(things: Iterable[T]) -> Iterator[T]:
    """The same things in the same order, made in another process; what they raise is raised here. Raises Died.

    Not for a process with threads, which a copy of it would lack. The copy has database connections of its own, and ends when
    this process does.
    """
    db.let_go()
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    maker = fork.Process(target=_make, args=(things, ours, theirs), daemon=True)
    maker.start()
    theirs.close()
    try:
        while True:
            try:
                part, error = ours.recv()
            except EOFError:
                raise Died from None
            if error:
                raise error
            if not part:
                return
            yield from part
    finally:
        ours.close()
        maker.kill()
        maker.join()


def _make(things: Iterable[T], ours: Connection, theirs: Connection) -> None:
    """Send part after part, an empty one at the end. A sender of its own lets the next part be made meanwhile."""
    ours.close()
    waiting: Queue[tuple[list[T], Exception | None]] = Queue(AHEAD)
    sender = Thread(target=_send, args=(waiting, theirs))
    sender.start()
    left = iter(things)
    try:
        while part := list(islice(left, AT_ONCE)):
            db.session.rollback()  # A read left open would keep SQLite from taking in its log, and PostgreSQL from clearing up.
            waiting.put((part, None))
        waiting.put(([], None))
    except Exception as error:  # noqa: BLE001 - raised where the things are taken
        waiting.put(([], error))
    sender.join()
    os._exit(0)  # What this copy has open belongs to the process that it is a copy of.


def _send(waiting: "Queue[tuple[list[T], Exception | None]]", theirs: Connection) -> None:
    while True:
        part, error = waiting.get()
        try:
            theirs.send((part, error))
        except OSError:  # Nobody takes anything any more.
            os._exit(1)
        if error or not part:
            return
