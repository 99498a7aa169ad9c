"""The tables of timed work and of the outbox. Private to this package."""

from datetime import datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment


class Timer(Base):
    """When a job last began and last ended well."""

    __tablename__ = "timer"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class Letter(Base):
    """An e-mail in the outbox: written in the transaction of what it is about, sent by the job runner, kept for a while.

    `due_at` says when it is tried next, by anybody; it is empty once the letter was sent or given up, and so is the body.
    """

    __tablename__ = "letter"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment, index=True)
    due_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    given_up_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
