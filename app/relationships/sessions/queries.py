"""How a session stands: for whoever leads it, and for a telephone in the room."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from app.accounts.queries import hashed
from app.extensions import db
from app.relationships.sessions.models import JointSeat, JointSession, JointVote
from app.relationships.sessions.steps import Board, Step, board

SIDES = ("gp", "social_work")
MOST_SEATS = 120


@dataclass(frozen=True)
class Standing:
    """Where a session is."""

    id: str
    code: str
    council: str
    title: str
    position: int
    of: int
    step: Step
    is_shown: bool
    board: Board


@dataclass(frozen=True)
class Seat:
    """A telephone, and what it said at this step; None where it has said nothing yet."""

    side: str
    said: int | None


def led(session_id: str, by: str) -> Standing | None:
    """The session of this person."""
    row = db.session.scalar(select(JointSession).where(JointSession.id == session_id, JointSession.person_id == by))
    return _standing(row) if row else None


def leading(by: str) -> list[tuple[str, str]]:
    """The sessions that this person leads now: id and title."""
    wanted = select(JointSession.id, JointSession.title).where(JointSession.person_id == by).order_by(JointSession.began_at)
    return [(row.id, row.title) for row in db.session.execute(wanted)]


def by_code(code: str) -> str | None:
    """The id of the session that has this code."""
    return db.session.scalar(select(JointSession.id).where(JointSession.code == code))


def seated(token: str) -> tuple[Standing, Seat] | None:
    """The session in which this telephone sits; None where there is none, or it has ended."""
    both = select(JointSession, JointSeat).join(JointSeat, JointSeat.session_id == JointSession.id)
    found = db.session.execute(both.where(JointSeat.token_hash == hashed(token))).first()
    if found is None:
        return None
    row, seat = found
    key = {"session_id": row.id, "step": row.position, "seat": seat.token_hash}
    vote = db.session.get(JointVote, key, populate_existing=True)
    return _standing(row), Seat(seat.side, vote.option if vote else None)


def _standing(row: JointSession) -> Standing:
    step = Step.of(row.steps[row.position])
    present = select(JointSeat.side, func.count()).where(JointSeat.session_id == row.id).group_by(JointSeat.side)
    said = (
        select(JointSeat.side, JointVote.option, func.count())
        .join(JointSeat, JointSeat.token_hash == JointVote.seat)
        .where(JointVote.session_id == row.id, JointVote.step == row.position)
        .group_by(JointSeat.side, JointVote.option)
    )
    votes = Counter({(side, option): number for side, option, number in db.session.execute(said)})
    here = {side: number for side, number in db.session.execute(present)}
    seen = board(step, SIDES, here, votes, row.is_shown)
    return Standing(row.id, row.code, row.council_code, row.title, row.position, len(row.steps), step, row.is_shown, seen)
