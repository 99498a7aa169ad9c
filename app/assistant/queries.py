"""What other parts read of the assistant."""

from sqlalchemy import select

from app.assistant.knowledge import versions
from app.assistant.models import SwitchedOff
from app.extensions import db

__all__ = ["switched_off", "versions"]


def switched_off() -> dict[str, str]:
    """Why each rule or alternative that is switched off is so, by its id. Read for every answer, so that a switch holds at once."""
    return {row.id: row.reason for row in db.session.scalars(select(SwitchedOff).order_by(SwitchedOff.id))}
