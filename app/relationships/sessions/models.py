"""Tables of joint sessions. All of them are emptied when a session ends. Private to this package."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Grant, Guarded


class JointSession(Guarded, Base):
    """A meeting that is being led now. The steps are those of the kit as it was when the meeting began."""

    __tablename__ = "joint_session"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    council_code: Mapped[str] = mapped_column(String(9))
    title: Mapped[str] = mapped_column(String(80))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(Integer, default=0)
    is_shown: Mapped[bool] = mapped_column(Boolean, default=False)
    began_at: Mapped[datetime] = mapped_column(Moment)

    reading = True
    writers = (Grant("person", "person_id"),)


class JointSeat(Base):
    """A telephone in the room: of which side, and nothing else."""

    __tablename__ = "joint_seat"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("joint_session.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(20))


class JointVote(Base):
    """What one telephone said at one step."""

    __tablename__ = "joint_vote"

    session_id: Mapped[str] = mapped_column(ForeignKey("joint_session.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat: Mapped[str] = mapped_column(ForeignKey("joint_seat.token_hash", ondelete="CASCADE"), primary_key=True)
    option: Mapped[int] = mapped_column(Integer)
