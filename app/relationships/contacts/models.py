"""Tables of contacts and of questions. Private to this package."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.tenancy import Grant, Guarded

OF_THE_TEAM = (Grant("council_admin", "council_code"), Grant("social_worker", "council_code"))


class PracticeContact(Guarded, Base):
    """Whom a practice rings at social care, and whom social care rings at the practice. Never public."""

    __tablename__ = "practice_contact"

    practice_code: Mapped[str] = mapped_column(String(6), primary_key=True)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    team: Mapped[str] = mapped_column(String(80), default="")
    team_number: Mapped[str] = mapped_column(String(30), default="")
    team_hours: Mapped[str] = mapped_column(String(120), default="")
    bypass_number: Mapped[str] = mapped_column(String(30), default="")
    link_worker: Mapped[str] = mapped_column(String(80), default="")
    meetings: Mapped[str] = mapped_column(String(160), default="")
    changed_on: Mapped[date] = mapped_column(Date)

    writers = (*OF_THE_TEAM, Grant("practice_lead", "practice_code"))
    readers = (*OF_THE_TEAM, Grant("member", "practice_code"))


class AskDesk(Guarded, Base):
    """Who in a council sees to questions of general practice, and when. Without a row nobody can ask."""

    __tablename__ = "ask_desk"

    council_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    hours: Mapped[str] = mapped_column(String(120))

    reading = True
    writers = (Grant("council_admin", "council_code"),)


class AskedQuestion(Guarded, Base):
    """A general question to adult social care. It is public once it is answered and a council's administrator has approved it."""

    __tablename__ = "asked_question"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    question: Mapped[str] = mapped_column(String(400))
    asked_on: Mapped[date] = mapped_column(Date)
    answer: Mapped[str] = mapped_column(String(1200), default="")
    published_on: Mapped[date | None] = mapped_column(Date)

    writers = OF_THE_TEAM
    readers = writers
