"""Tables of training. Private to this package."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment


class ModuleRelease(Base):
    """The files of a module as they were when somebody began it, under their SHA-256."""

    __tablename__ = "module_release"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    module: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(20))
    files: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_at: Mapped[datetime] = mapped_column(Moment)


class Attempt(Base):
    """One person's way through one release of a module, or through a follow-up of it.

    Where nobody was signed in the token is the only key to it. `part` is "module" or the form of a follow-up, and `follows` the token
    of the attempt that it follows.
    """

    __tablename__ = "attempt"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    module: Mapped[str] = mapped_column(String(60), index=True)
    version: Mapped[str] = mapped_column(String(20))
    release: Mapped[str] = mapped_column(ForeignKey("module_release.id"))
    part: Mapped[str] = mapped_column(String(10))
    follows: Mapped[str | None] = mapped_column(ForeignKey("attempt.token", ondelete="CASCADE"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    council_code: Mapped[str | None] = mapped_column(String(9))
    practice_code: Mapped[str | None] = mapped_column(String(6))
    started_at: Mapped[datetime] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment)
    active_seconds: Mapped[int] = mapped_column(Integer)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    page: Mapped[str] = mapped_column(String(60))
    right_before: Mapped[int | None] = mapped_column(Integer)
    asked_before: Mapped[int | None] = mapped_column(Integer)
    right: Mapped[int | None] = mapped_column(Integer)
    asked: Mapped[int | None] = mapped_column(Integer)


class Answer(Base):
    """The first answer to a question in an attempt. It is kept; a second one does not replace it. `sure` is 1 to 3, or nothing."""

    __tablename__ = "answer"

    token: Mapped[str] = mapped_column(ForeignKey("attempt.token", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    form: Mapped[str] = mapped_column(String(10))
    given: Mapped[list[Any]] = mapped_column(JSON)
    is_right: Mapped[bool] = mapped_column(Boolean)
    sure: Mapped[int | None] = mapped_column(SmallInteger)
    answered_at: Mapped[datetime] = mapped_column(Moment)
