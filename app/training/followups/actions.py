"""Beginning a follow-up, and asking or no longer asking to be reminded of them."""

from datetime import UTC, datetime

from sqlalchemy import delete

from app.extensions import db
from app.tenancy import EVERYTHING, acting
from app.training.actions import begin_part
from app.training.followups import queries
from app.training.followups.models import ReminderWish
from app.training.followups.queries import State
from app.training.models import Attempt
from app.training.schema import Form


class NotOpen(Exception):
    """A follow-up that can not be begun now: too early, or too late."""


def begin(*, token: str, part: Form, by: str) -> str:
    """The token of this person's follow-up of an attempt, begun now if it has not been. One that is begun or done stays as it is.
    Raises NotOpen, and LookupError where the attempt is not the first that this person finished of a module."""
    with db.writing() as session:
        session.get(Attempt, token, with_for_update=True)  # Whoever presses twice waits for the first press.
        first = queries.finished_or_none(by, token)
        if first is None or first.token != token:
            raise LookupError(token)
        follow_up = first.follow_up(part)
        if follow_up.token:
            return follow_up.token
        if follow_up.state is not State.OPEN:
            raise NotOpen(part)
        return begin_part(follows=token, part=part)


def wish_reminders(*, wanted: bool, by: str) -> None:
    """Whether letters about follow-ups go to this person. Saying the same again changes nothing."""
    with db.writing() as session:
        if not wanted:
            session.execute(delete(ReminderWish).where(ReminderWish.person_id == by))
        elif session.get(ReminderWish, by) is None:
            session.add(ReminderWish(person_id=by, since=datetime.now(UTC)))


def end_reminders(*, token: str) -> bool:
    """No more letters to whoever the letter with this link went to. False where the link is none of ours."""
    person = queries.who_was_written_to(token)
    if person is None:
        return False
    with acting(EVERYTHING):
        wish_reminders(wanted=False, by=person)
    return True
