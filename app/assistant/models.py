"""The tables of what is switched off and of reports of wrong answers. Private to this package."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Grant, Guarded


class SwitchedOff(Base):
    """A rule or alternative that no answer uses until it is switched on again: why, since when, and by whom (a role)."""

    __tablename__ = "switched_off"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)


class AnswerReport(Guarded, Base):
    """One report that an answer was wrong: ids, versions and the day. In the queue until it has an outcome.

    Nothing finer than the day, no practice and nothing of a session, so that a report leads to nobody. A number is never used twice.
    """

    __tablename__ = "answer_report"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    fault: Mapped[str] = mapped_column(String(40))
    needs: Mapped[list[str]] = mapped_column(JSON)
    red_flags: Mapped[list[str]] = mapped_column(JSON)
    rules: Mapped[list[str]] = mapped_column(JSON)
    alternatives: Mapped[list[str]] = mapped_column(JSON)
    question: Mapped[str] = mapped_column(String(80))
    council: Mapped[str] = mapped_column(String(9))
    rules_version: Mapped[str] = mapped_column(String(10))
    content_version: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(String(40))
    settled_by: Mapped[str | None] = mapped_column(String(80))
    settled_on: Mapped[date | None] = mapped_column(Date)

    readers = (Grant("council_admin", "council"),)
