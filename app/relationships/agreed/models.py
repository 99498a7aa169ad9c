"""Tables of what was agreed. Private to this package."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.tenancy import Grant, Guarded


class PledgeSignature(Guarded, Base):
    """That a council, or one of its practices, stands by the pledge. `signer` is the code of whichever it is."""

    __tablename__ = "pledge_signature"

    signer: Mapped[str] = mapped_column(String(9), primary_key=True)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    signed_on: Mapped[date] = mapped_column(Date)

    reading = True
    writers = (Grant("council_admin", "signer"), Grant("practice_lead", "signer"))


class PlannedAction(Guarded, Base):
    """Something that somebody will do by a day, and the measure that it is to move. `owner` is a role and never a name."""

    __tablename__ = "planned_action"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(300))
    owner: Mapped[str] = mapped_column(String(80))
    due_on: Mapped[date] = mapped_column(Date)
    measure: Mapped[str] = mapped_column(String(30))
    done_on: Mapped[date | None] = mapped_column(Date)

    writers = (Grant("council_admin", "council_code"), Grant("social_worker", "council_code"))
    readers = (*writers, Grant("council_analyst", "council_code"))
