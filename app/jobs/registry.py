"""Which jobs exist. Each feature registers its own when the application is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask


@dataclass(frozen=True)
class Job:
    """Work on a timer. `name` is feature and verb ("insights.roll_up"); it is due once in each `every_seconds`."""

    name: str
    every_seconds: int
    run: Callable[[], object]


def register(app: Flask, job: Job) -> None:
    """Add a job. A second one of the same name is a programming error: it would share the first one's timer."""
    if any(known.name == job.name for known in registered(app)):
        raise ValueError(f"two jobs are called {job.name}")
    app.extensions.setdefault("jobs", []).append(job)


def registered(app: Flask) -> list[Job]:
    """Every job, in the order of registration."""
    return list(app.extensions.get("jobs", []))


def is_due(started_at: datetime | None, now: datetime, every_seconds: int) -> bool:
    """Whether the newest due time has not been taken. Due times are the whole multiples of `every_seconds` since 1970.

    A start that lies more than one interval ahead was written by a clock that has since been put right, and does not count.
    """
    if started_at is None or started_at > now + timedelta(seconds=every_seconds):
        return True
    return started_at.timestamp() // every_seconds < now.timestamp() // every_seconds
