"""Which follow-ups a learner has: those that are open, begun, done, missed or still to come."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from app.accounts.queries import hashed
from app.extensions import db
from app.tenancy import EVERYTHING, acting
from app.training.followups.models import ReminderLetter, ReminderWish
from app.training.followups.windows import WINDOWS
from app.training.models import Attempt
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
    """A follow-up of a finished module. `token` is that of its attempt, once it is begun; `right` of `asked` its score, once done."""

    part: Form
    state: State
    opens_at: datetime
    closes_at: datetime
    token: str | None
    right: int | None
    asked: int | None


@dataclass(frozen=True)
class Finished:
    """The first attempt at a module that somebody finished, with its scores and its follow-ups."""

    token: str
    module: str
    release: str
    finished_at: datetime
    right_before: int | None
    asked_before: int | None
    right: int | None
    asked: int | None
    follow_ups: tuple[FollowUp, ...]

    def follow_up(self, part: Form) -> FollowUp:
        """The one one to two weeks later, or that three months later."""
        return next(one for one in self.follow_ups if one.part == part)


def finished(person: str) -> list[Finished]:
    """Of each module that this person has finished the first attempt, the newest of them first. A module done again has no
    follow-ups of its own: they ask what stayed from the first time."""
    mine = (Attempt.person_id == person, Attempt.part == "module", Attempt.finished_at.is_not(None))
    firsts: dict[str, Attempt] = {}
    for attempt in db.session.scalars(select(Attempt).where(*mine).order_by(Attempt.finished_at, Attempt.token)):
        firsts.setdefault(attempt.module, attempt)
    tokens = [attempt.token for attempt in firsts.values()]
    begun = {(row.follows, row.part): row for row in db.session.scalars(select(Attempt).where(Attempt.follows.in_(tokens)))}
    now = datetime.now(UTC)
    return [
        Finished(
            token=first.token,
            module=first.module,
            release=first.release,
            finished_at=at,
            right_before=first.right_before,
            asked_before=first.asked_before,
            right=first.right,
            asked=first.asked,
            follow_ups=tuple(_follow_up(part, at, begun.get((first.token, part.value)), now) for part in WINDOWS),
        )
        for first in reversed(firsts.values())
        if (at := first.finished_at)
    ]


def finished_or_none(person: str, token: str) -> Finished | None:
    """The same of one attempt: the first at its module, or a follow-up of it; None where it is neither, or somebody else's."""
    return next((one for one in finished(person) if token in (one.token, *(each.token for each in one.follow_ups))), None)


def wishes_reminders(person: str) -> bool:
    """Whether this person asked for letters about follow-ups."""
    return db.session.get(ReminderWish, person) is not None


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
    """Whom the letter with this link went to; None where the link is none of ours, or its attempt is nobody's any more."""
    wanted = select(Attempt.person_id).join(ReminderLetter, ReminderLetter.attempt == Attempt.token)
    with acting(EVERYTHING):
        return db.session.scalar(wanted.where(ReminderLetter.token_hash == hashed(token)))


def _follow_up(part: Form, finished_at: datetime, attempt: Attempt | None, now: datetime) -> FollowUp:
    window = WINDOWS[part]
    if attempt:
        state = State.DONE if attempt.finished_at else State.BEGUN
    elif window.is_open(finished_at, now):
        state = State.OPEN
    else:
        state = State.LATER if now < window.opens(finished_at) else State.MISSED
    token, right, asked = (attempt.token, attempt.right, attempt.asked) if attempt else (None, None, None)
    return FollowUp(part, state, window.opens(finished_at), window.closes(finished_at), token, right, asked)
