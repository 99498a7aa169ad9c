"""The table of what is switched off. Private to this package."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment


class SwitchedOff(Base):
    """A rule or alternative that no answer uses until it is switched on again: why, since when, and by whom (a role)."""

    __tablename__ = "switched_off"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
