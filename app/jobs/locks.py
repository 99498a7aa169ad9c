"""A lock that one process holds while it runs a job, and that is free again the moment the process is gone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import text

from app.extensions import db

_TAKE = text("SELECT pg_try_advisory_lock(hashtext('fingerpost job'), hashtext(:name))")
_LEAVE = text("SELECT pg_advisory_unlock(hashtext('fingerpost job'), hashtext(:name))")


@contextmanager
def held(name: str) -> Iterator[bool]:
    """True while this process alone may run the job; False at once where another one is running it.

    On PostgreSQL the database keeps the lock, for runners on several machines. SQLite means one machine: there it is a
    locked file in DATA_DIR/locks. Neither outlives the process, so a runner that was killed blocks nobody.
    """
    holding = _in_database(name) if db.engine.dialect.name == "postgresql" else _in_file(name)
    with holding as taken:
        yield taken


@contextmanager
def _in_database(name: str) -> Iterator[bool]:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = bool(connection.scalar(_TAKE, {"name": name}))
        try:
            yield taken
        finally:
            if taken:
                connection.execute(_LEAVE, {"name": name})


@contextmanager
def _in_file(name: str) -> Iterator[bool]:
    folder = current_app.config["DATA_DIR"] / "locks"
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
