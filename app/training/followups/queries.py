"""Which follow-ups a learner has: those that are open, begun, done, missed or still to come."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.accounts.queries import hashed
from app.extensions import db
from app.training.followups.models import ReminderLetter, ReminderWish
from app.training.followups.windows import WINDOWS
from app.training.models import Attempt
from app.training.queries import AttemptState, attempts_of
from app.training.schema import Form


class State(StrEnum):
    """How a follow-up stands."""

    LATER = "later"
    OPEN = "open"
    BEGUN = "begun"
    """It can be gone on with whenever one likes."""
    DONE = "done"
    MISSED = "missed"


@dataclass(frozen=True)
class FollowUp:
    """A follow-up of a finished module, with its attempt once it is begun."""

    part: Form
    state: State
    opens_at: datetime
    closes_at: datetime
    attempt: AttemptState | None


@dataclass(frozen=True)
class Finished:
    """The first attempt at a module that somebody finished, and its follow-ups in their order."""

    first: AttemptState
    follow_ups: tuple[FollowUp, ...]

    def follow_up(self, part: Form) -> FollowUp:
        """The one one to two weeks later, or that three months later."""
        return next(one for one in self.follow_ups if one.part == part)


def finished(person: str) -> list[Finished]:
    """The first attempt that this person finished of each module. A module done again has no follow-ups of its own: they ask what
    stayed from the first time."""
    every, now = attempts_of(person), datetime.now(UTC)
    ended = [(one.finished_at, one.token, one) for one in every if one.finished_at and one.follows is None]
    firsts = {one.module: (at, one) for at, _, one in sorted(ended, reverse=True, key=lambda each: each[:2])}
    begun = {(one.follows, one.part): one for one in every}
    return [
        Finished(first, tuple(_follow_up(part, at, begun.get((first.token, part)), now) for part in WINDOWS))
        for at, first in firsts.values()
    ]


def wishes_reminders(person: str) -> bool:
    """Whether this person asked for letters about follow-ups."""
    return wished_since(person) is not None


def wished_since(person: str) -> datetime | None:
    """When they asked for them; None where they did not."""
    return db.session.scalar(select(ReminderWish.since).where(ReminderWish.person_id == person))


def own_data(person: str) -> dict[str, Any]:
    """What is kept of this person's wish to be reminded, for them to read."""
    since = wished_since(person)
    return {"since": since.isoformat()} if since else {}


def to_be_reminded() -> list[str]:
    """The people who asked for letters and finished a module at a time of which a follow-up can be open now."""
    now = datetime.now(UTC)
    days = [day for window in WINDOWS.values() for day in (window.first, window.last + 1)]
    of_now = Attempt.finished_at.between(now - timedelta(days=max(days)), now - timedelta(days=min(days)))
    wanted = select(ReminderWish.person_id).join(Attempt, Attempt.person_id == ReminderWish.person_id).where(of_now)
    return list(db.session.scalars(wanted.distinct().order_by(ReminderWish.person_id)))


def written(token: str) -> set[str]:
    """The follow-ups of an attempt about which a letter was written."""
    return set(db.session.scalars(select(ReminderLetter.part).where(ReminderLetter.attempt == token)))


def who_was_written_to(token: str) -> str | None:
    """Whom the letter with this link went to; None where the link is none of ours, or its attempt is no longer kept."""
    wanted = select(Attempt.person_id).join(ReminderLetter, ReminderLetter.attempt == Attempt.token)
    return db.session.scalar(wanted.where(ReminderLetter.token_hash == hashed(token)))


def _follow_up(part: Form, finished_at: datetime, attempt: AttemptState | None, now: datetime) -> FollowUp:
    window = WINDOWS[part]
    if attempt:
        state = State.DONE if attempt.finished_at else State.BEGUN
    elif window.is_open(finished_at, now):
        state = State.OPEN
    else:
        state = State.LATER if now < window.opens(finished_at) else State.MISSED
    return FollowUp(part, state, window.opens(finished_at), window.closes(finished_at), attempt)
