"""What stands and what waits in the outbox."""

from collections.abc import Sequence
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


def letters_to(recipient: str) -> Sequence[Letter]:
    """Every letter to this address that is still kept, the oldest first."""
    return db.session.scalars(select(Letter).where(Letter.recipient == recipient).order_by(Letter.made_at)).all()
