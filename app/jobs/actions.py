"""Running jobs that are due, and putting letters into the outbox."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask
from sqlalchemy import delete

from app.extensions import db
from app.jobs.letters import check
from app.jobs.locks import held
from app.jobs.models import Letter, Timer
from app.jobs.registry import Job, is_due, registered


def send(*, to: str, subject: str, body: str) -> None:
    """Put an e-mail into the outbox. Inside `db.writing()` it stands or falls with what it is about.

    Raises ValueError where `to` is not one plain address or the subject not one line.
    """
    check(to, subject)
    now = datetime.now(UTC)
    with db.writing() as session:
        session.add(Letter(id=uuid4().hex, recipient=to, subject=subject, body=body, made_at=now, due_at=now))


def forget(*, recipient: str) -> None:
    """Take every e-mail to this address out of the outbox, sent or not."""
    with db.writing() as session:
        session.execute(delete(Letter).where(Letter.recipient == recipient))


@dataclass(frozen=True)
class Outcome:
    """How a job ended. `error` is the class of what went wrong and never its text, which could hold data."""

    job: str
    seconds: float
    error: str | None


def run_due(app: Flask) -> Iterator[Outcome]:
    """Run what is due, one job after another, and say how each ended. A job that fails does not stop the others.

    However many runners there are, a job runs in one of them at a time and once for each due time. One that fails or is
    killed has used up its due time and runs at the next.
    """
    for job in registered(app):
        begun = time.monotonic()
        error = None
        try:
            with app.app_context():
                ran = _run_if_due(job)
        except Exception as problem:
            ran, error = True, type(problem).__name__
        if ran:
            yield Outcome(job.name, time.monotonic() - begun, error)


def _run_if_due(job: Job) -> bool:
    with held(job.name) as alone:
        if not alone or not _claim(job):
            return False
        job.run()
        with db.writing() as session:
            session.get_one(Timer, job.name).finished_at = datetime.now(UTC)
        return True


def _claim(job: Job) -> bool:
    with db.writing() as session:
        now = datetime.now(UTC)
        timer = session.get(Timer, job.name)
        if timer and not is_due(timer.started_at, now, job.every_seconds):
            return False
        session.merge(Timer(name=job.name, started_at=now))
        return True
