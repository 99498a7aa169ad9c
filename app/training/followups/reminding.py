"""Letters about follow-ups that are open: one each, to those who asked for them, unless it is done. They hold no score."""

from datetime import UTC, datetime, timedelta

from app.accounts.actions import new_token
from app.accounts.queries import email_of, hashed, public_url
from app.content.messages import say
from app.extensions import db
from app.jobs.actions import send
from app.training.followups import queries
from app.training.followups.models import ReminderLetter
from app.training.followups.queries import Finished, FollowUp, State
from app.training.queries import module_of
from app.ui import long_date

WAITING = (State.OPEN, State.BEGUN)


def remind() -> None:
    """Write to everybody who asked for it and of whom a follow-up waits. A job, run once a day."""
    for person in queries.to_be_reminded():
        with db.writing():
            if address := email_of(person):
                _remind(person, address)


def _remind(person: str, address: str) -> None:
    for one in queries.finished(person):
        written = queries.written(one.first.token)
        for follow_up in one.follow_ups:
            if follow_up.state in WAITING and follow_up.part not in written:
                _write(address, one, follow_up)


def _write(address: str, one: Finished, follow_up: FollowUp) -> None:
    token = new_token()
    words = {
        "title": module_of(one.first).head.title, "until": long_date(follow_up.closes_at - timedelta(days=1)),
        "yours": public_url("training.yours"), "off": public_url("followups.off", token=token),
    }  # fmt: skip
    name = f"letter.training_{follow_up.part}"
    send(to=address, subject=say(f"{name}_subject", **words), body=say(f"{name}_body", **words))
    letter = ReminderLetter(
        attempt=one.first.token, part=follow_up.part.value, token_hash=hashed(token), written_at=datetime.now(UTC)
    )  # fmt: skip
    db.session.add(letter)
