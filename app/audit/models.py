"""The table of the audit trail. Private to this package."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Grant, Guarded


class AuditEntry(Guarded, Base):
    """One entry. The database refuses to change or remove it: a trigger, and on PostgreSQL no leave to."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    by: Mapped[str] = mapped_column(String(32), index=True)
    what: Mapped[str] = mapped_column(String(40), index=True)
    about: Mapped[str] = mapped_column(String(80))
    council: Mapped[str | None] = mapped_column(String(9), index=True)
    practice: Mapped[str | None] = mapped_column(String(6))
    fields: Mapped[list[str]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    readers = (Grant("council_admin", "council"), Grant("platform_admin"))
    adding = True
