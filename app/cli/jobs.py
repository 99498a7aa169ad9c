"""flask jobs: work on a timer."""

import logging
import signal
import sys
from datetime import UTC, datetime
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.database import refuse_unsafe_role
from app.content.messages import say
from app.extensions import db
from app.jobs.actions import Outcome, run_due
from app.jobs.queries import outbox

group = AppGroup("jobs", help="Work on a timer.")


@group.command("run")
@click.option("--once", is_flag=True, help="Run what is due now and end. Exits 1 when a job failed.")
@click.option("--every", type=click.FloatRange(min=0.1), default=5, show_default=True, help="Seconds between two looks.")
def run_command(once: bool, every: float) -> None:
    """Run jobs when they are due, until told to end (Ctrl+C, SIGTERM); the job in hand is finished first."""
    refuse_unsafe_role()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _show_the_log()
    failed = False
    said = 0
    while not stop.is_set():
        said = _say_what_waits(said)
        for outcome in run_due(app):
            failed |= outcome.error is not None
            _log(outcome)
            if stop.is_set():
                break
        if once:
            break
        stop.wait(every)
    if once and failed:
        raise SystemExit(1)


def _show_the_log() -> None:
    """What jobs write to the log stands between the lines below: ids and figures only."""
    logging.basicConfig(stream=sys.stdout, format="%(message)s")
    logging.getLogger("app").setLevel(logging.INFO)


def _say_what_waits(said: int) -> int:
    """Say how many letters cannot go out, once and when the number changes."""
    letters = outbox()
    db.session.rollback()
    if letters.waiting not in (0, said) and not letters.has_server:
        click.echo(say("jobs.no_mail", count=letters.waiting))
    return letters.waiting


def _log(outcome: Outcome) -> None:
    ended = f"failed: {outcome.error}" if outcome.error else "done"
    click.echo(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {outcome.job} {ended} in {outcome.seconds:.2f} s", err=bool(outcome.error))
