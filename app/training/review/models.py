"""How well somebody holds the answer to a question. Private to training."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Grant, Guarded


class ReviewCard(Guarded, Base):
    """A question that somebody has answered in a review, with the newest answer and the release that it answered. The answers of
    the module itself, and its score, stand in `answer`, where no review touches them."""

    __tablename__ = "review_card"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    module: Mapped[str] = mapped_column(String(60), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    release: Mapped[str] = mapped_column(String(64))
    given: Mapped[Any] = mapped_column(JSON)
    is_right: Mapped[bool] = mapped_column(Boolean)
    sure: Mapped[int | None] = mapped_column(Integer)
    stability: Mapped[float] = mapped_column(Float)
    difficulty: Mapped[float] = mapped_column(Float)
    reviewed_at: Mapped[datetime] = mapped_column(Moment, index=True)
    due_at: Mapped[datetime] = mapped_column(Moment)

    writers = (Grant("person", "person_id"),)
    readers = writers
