"""What stands in the outbox."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.jobs.models import Letter


def letters_to(recipient: str) -> Sequence[Letter]:
    """Every letter to this address that is still kept, the oldest first."""
    return db.session.scalars(select(Letter).where(Letter.recipient == recipient).order_by(Letter.made_at)).all()
