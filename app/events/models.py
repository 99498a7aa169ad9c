"""The table of what happened. Private to this package."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Guarded


class EventRow(Guarded, Base):
    """One event: its kind, where it came from, and ids of our own vocabulary. Never a person, never free text.

    An id is never used twice, not even when old rows are gone: what has been counted is known by its id.
    """

    __tablename__ = "event"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(40))
    council_code: Mapped[str | None] = mapped_column(String(9))
    practice_code: Mapped[str | None] = mapped_column(String(6))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)

    adding = True
    """Anybody's act is recorded; only the program's own work reads it again."""


class WordCount(Base):
    """How often a word of our own vocabulary was part of a search in a month, by council ("" where none is known), and whether
    the search found anything. Nothing says which words came together, or when in the month."""

    __tablename__ = "word_count"
    __table_args__ = {"sqlite_with_rowid": False}

    council_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    found: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
