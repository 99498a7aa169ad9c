"""Beginning a session, taking a seat, saying something, going on, and ending."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.actions import new_token
from app.accounts.queries import hashed
from app.extensions import db
from app.relationships.sessions.models import JointSeat, JointSession, JointVote
from app.relationships.sessions.queries import MOST_SEATS, SIDES
from app.relationships.sessions.steps import ASK, Step
from app.tenancy import EVERYTHING, acting
from app.ui.numbers import LETTERS

LASTS = timedelta(hours=12)
CODE_LENGTH = 6


class Turn(StrEnum):
    """What whoever leads can press."""

    NEXT = "next"
    BACK = "back"
    SHOW = "show"
    END = "end"


class NotHere(LookupError):
    """No such session, or it has ended."""


class Full(Exception):
    """Every seat is taken."""


class GoneOn(Exception):
    """The room is at another step, or this one is closed for answers: nothing was counted."""


def begin(*, title: str, steps: Sequence[Step], council: str, by: str) -> str:
    """Begin a session and give back its id."""
    with db.writing() as session:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        kept = [asdict(step) for step in steps]
        row = JointSession(
            id=uuid4().hex, code=code, person_id=by, council_code=council, title=title, steps=kept, position=0, is_shown=False,
            began_at=datetime.now(UTC),
        )  # fmt: skip
        session.add(row)
    return row.id


def sit_down(*, session_id: str, side: str) -> str:
    """Take a seat, and give back the token of its address. Raises NotHere, and Full."""
    if side not in SIDES:
        raise NotHere
    token = new_token()
    with db.writing() as session:
        if session.scalar(select(JointSession.id).where(JointSession.id == session_id)) is None:
            raise NotHere
        if (session.scalar(select(func.count()).where(JointSeat.session_id == session_id)) or 0) >= MOST_SEATS:
            raise Full
        session.add(JointSeat(token_hash=hashed(token), session_id=session_id, side=side))
    return token


def say(*, token: str, step: int, option: int) -> None:
    """Count what a telephone says at a step; another answer takes the place of the first until the answers are shown. Raises NotHere, and
    GoneOn."""
    with db.writing() as session:
        both = select(JointSession, JointSeat).join(JointSeat, JointSeat.session_id == JointSession.id)
        found = session.execute(both.where(JointSeat.token_hash == hashed(token))).first()
        if found is None:
            raise NotHere
        row, seat = found
        now = Step.of(row.steps[row.position])
        if row.position != step or row.is_shown or now.kind != ASK or not 0 <= option < len(now.options):
            raise GoneOn
        dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
        new = dialect.insert(JointVote).values(session_id=row.id, step=step, seat=seat.token_hash, option=option)
        session.execute(new.on_conflict_do_update(index_elements=["session_id", "step", "seat"], set_={"option": option}))


def turn(*, session_id: str, what: Turn, at: int, by: str) -> None:
    """Show the answers, go on, go back or end; pressed twice, or on an old page, it does nothing more."""
    with db.writing() as session:
        row = session.scalar(select(JointSession).where(JointSession.id == session_id, JointSession.person_id == by).with_for_update())
        if row is None:
            return
        if what is Turn.END:
            session.delete(row)
        elif row.position == at:
            if what is Turn.SHOW:
                row.is_shown = True
            else:
                row.position = min(max(row.position + (1 if what is Turn.NEXT else -1), 0), len(row.steps) - 1)
                row.is_shown = False


def forget_sessions() -> None:
    """End what nobody ended. A job; run again it changes nothing."""
    with acting(EVERYTHING), db.writing() as session:
        session.execute(delete(JointSession).where(JointSession.began_at < datetime.now(UTC) - LASTS))
