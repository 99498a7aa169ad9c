"""The table of records. Private to this package."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class CompletionRecord(Base):
    """That somebody finished a module on a day. It names nobody, and outlives the attempt."""

    __tablename__ = "completion_record"

    number: Mapped[str] = mapped_column(String(13), primary_key=True)
    attempt: Mapped[str | None] = mapped_column(ForeignKey("attempt.token", ondelete="SET NULL"), unique=True)
    module: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    finished_on: Mapped[date] = mapped_column(Date)
