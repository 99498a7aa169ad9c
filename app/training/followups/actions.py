"""Beginning a follow-up, and asking or no longer asking to be reminded of them."""

from datetime import UTC, datetime

from sqlalchemy import delete

from app.extensions import db
from app.tenancy import EVERYTHING, acting
from app.training import actions as training
from app.training.followups import queries
from app.training.followups.models import ReminderWish
from app.training.followups.queries import State
from app.training.queries import module_of
from app.training.schema import Form


class NotOpen(Exception):
    """A follow-up that cannot be begun now: it is too early, or too late."""


def begin(*, token: str, part: Form, by: str) -> str:
    """The token of this person's follow-up of an attempt, begun now if it has not been; one that is begun or done stays as it is. It
    asks the questions of the release on which the attempt began. Raises NotOpen, and LookupError where the attempt is not the first
    that this person finished of a module."""
    found = next((one for one in queries.finished(by) if one.first.token == token), None)
    if found is None:
        raise LookupError(token)
    if found.follow_up(part).state in (State.LATER, State.MISSED):
        raise NotOpen(part)
    return training.follow_up(token=token, module=module_of(found.first), part=part)


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
