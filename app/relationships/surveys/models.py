"""Tables of surveys. Private to this package. No row joins an answer to a person, or two answers of one person to each other."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.tenancy import Grant, Guarded


class SurveyRound(Guarded, Base):
    """A survey in one council, from one day to another. Once `is_closed`, only what may be published of it is left."""

    __tablename__ = "survey_round"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey: Mapped[str] = mapped_column(String(20))
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    opens_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    is_closed: Mapped[bool] = mapped_column(Boolean, default=False)

    reading = True
    writers = (Grant("council_admin", "council_code"),)


class SurveyTicket(Base):
    """A link that lets somebody answer once. It says of which side and neighbourhood they are, not who; gone when the round closes."""

    __tablename__ = "survey_ticket"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(80))
    is_used: Mapped[bool] = mapped_column(Boolean, default=False)


class SurveyCount(Base):
    """How often an option was chosen so far. Never shown; gone when the round closes."""

    __tablename__ = "survey_count"

    round_id: Mapped[str] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True)
    side: Mapped[str] = mapped_column(String(20), primary_key=True)
    area: Mapped[str] = mapped_column(String(80), primary_key=True)
    item: Mapped[str] = mapped_column(String(30), primary_key=True)
    option: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


class SurveyFigure(Base):
    """What is left of a closed round: each count with an error of its own (app.disclosure.noise). `area` is "" for the whole council."""

    __tablename__ = "survey_figure"

    round_id: Mapped[str] = mapped_column(ForeignKey("survey_round.id", ondelete="CASCADE"), primary_key=True)
    side: Mapped[str] = mapped_column(String(20), primary_key=True)
    area: Mapped[str] = mapped_column(String(80), primary_key=True)
    item: Mapped[str] = mapped_column(String(30), primary_key=True)
    option: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
