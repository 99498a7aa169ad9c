"""Tables of training. Private to this package."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment


class Attempt(Base):
    """One person's way through one version of a module. The token is the only key to it; it names nobody."""

    __tablename__ = "attempt"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    module: Mapped[str] = mapped_column(String(60), index=True)
    version: Mapped[str] = mapped_column(String(20))
    council_code: Mapped[str | None] = mapped_column(String(9))
    practice_code: Mapped[str | None] = mapped_column(String(6))
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    page: Mapped[str] = mapped_column(String(60))
    right: Mapped[int | None] = mapped_column(Integer)
    asked: Mapped[int | None] = mapped_column(Integer)


class Answer(Base):
    """The first answer to a question in an attempt. It is kept; a second one does not replace it."""

    __tablename__ = "answer"

    token: Mapped[str] = mapped_column(ForeignKey("attempt.token", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    chosen: Mapped[list[Any]] = mapped_column(JSON)
    is_right: Mapped[bool] = mapped_column(Boolean)
    answered_at: Mapped[datetime] = mapped_column(Moment)
