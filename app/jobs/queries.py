"""What waits in the outbox."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func, select

from app.extensions import db
from app.jobs.models import Letter


@dataclass(frozen=True)
class Outbox:
    """How many letters wait and how many of those that are kept were given up; and whether there is a MAIL_URL."""

    waiting: int
    given_up: int
    has_server: bool


def outbox() -> Outbox:
    """How things stand."""
    waiting = db.session.scalar(select(func.count()).select_from(Letter).where(Letter.due_at.is_not(None))) or 0
    given_up = db.session.scalar(select(func.count()).select_from(Letter).where(Letter.given_up_at.is_not(None))) or 0
    return Outbox(waiting, given_up, current_app.config["MAIL"] is not None)
