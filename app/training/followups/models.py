"""Who wishes to be reminded of follow-ups, and which letters went out. Private to training."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Grant, Guarded


class ReminderWish(Guarded, Base):
    """Somebody asked for letters about their follow-ups. Without a row nobody is written to."""

    __tablename__ = "reminder_wish"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)

    writers = (Grant("person", "person_id"),)
    readers = writers


class ReminderLetter(Base):
    """The one letter about a follow-up, with the hash of the token behind its link that ends all such letters."""

    __tablename__ = "reminder_letter"

    attempt: Mapped[str] = mapped_column(ForeignKey("attempt.token", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    written_at: Mapped[datetime] = mapped_column(Moment)
