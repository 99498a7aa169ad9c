"""The table of signposts. Private to this package."""

from datetime import date

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.tenancy import Grant, Guarded


class Signpost(Guarded, Base):
    """What a GP offered somebody, under a code that only the referral and the person hold, and what came of it.

    Whoever holds the code may know whom it is about: with an outcome it is pseudonymous health data. No name, no age and no words.
    `pressed` is the hash of what the form sent, so that a button pressed twice makes one code. After 30 days `given_on` is the
    Monday of its week.
    """

    __tablename__ = "signpost"

    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    pressed: Mapped[str] = mapped_column(String(64), unique=True)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    practice_code: Mapped[str | None] = mapped_column(String(6), index=True)
    given_on: Mapped[date] = mapped_column(Date)
    alternatives: Mapped[list[str]] = mapped_column(JSON)
    services: Mapped[list[str]] = mapped_column(JSON)
    needs: Mapped[list[str]] = mapped_column(JSON)
    outcome: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    answered_on: Mapped[date | None] = mapped_column(Date)
    later: Mapped[str | None] = mapped_column(String(20))
    later_on: Mapped[date | None] = mapped_column(Date)

    readers = (Grant("member", "practice_code"), Grant("social_worker", "council_code"))
    writers = (Grant("social_worker", "council_code"),)
