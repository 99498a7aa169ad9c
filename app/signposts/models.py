"""The table of signposts. Private to this package."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
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
    lacking: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    answered_on: Mapped[date | None] = mapped_column(Date)
    later: Mapped[str | None] = mapped_column(String(20))
    later_on: Mapped[date | None] = mapped_column(Date)

    writers = (Grant("social_worker", "council_code"), Grant("provider", "council_code"))
    readers = (Grant("member", "practice_code"), *writers)


class DigestWish(Guarded, Base):
    """Somebody asked for a monthly letter about what came of their practice's signposts. Without a row nobody is written to.

    All that `token` can do is to end the letters. `sent_for` is the first day of the last month that was written about.
    """

    __tablename__ = "digest_wish"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime] = mapped_column(Moment)
    sent_for: Mapped[date | None] = mapped_column(Date)

    writers = (Grant("person", "person_id"),)
    readers = writers
