"""Tables of counts. Private to this package."""

from datetime import date

from sqlalchemy import BigInteger, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class DailyCount(Base):
    """How often something happened on a day, by council and practice. Zeros are not stored; "" stands for none.

    The key begins with the council because a page reads one council's counts, which then lie together.
    """

    __tablename__ = "daily_count"
    __table_args__ = {"sqlite_with_rowid": False}

    council_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    practice_code: Mapped[str] = mapped_column(String(6), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True, index=True)
    count: Mapped[int] = mapped_column(Integer)


class FillState(Base):
    """How far a measure has counted the events, so that counting can stop at any moment and go on without counting twice.

    A measure of a newer version than the one counted here is counted again from the first event.
    """

    __tablename__ = "fill_state"

    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    last_event_id: Mapped[int] = mapped_column(BigInteger)
