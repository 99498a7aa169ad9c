"""The monthly letter: what came of a practice's signposts of last month, in numbers and without a code."""

from datetime import UTC, date, datetime, timedelta

from app.accounts.queries import email_of, own_practices, public_url
from app.content.messages import say
from app.extensions import db
from app.jobs.actions import send
from app.signposts.models import DigestWish
from app.signposts.outcomes import Outcome
from app.signposts.queries import of_month, summed, to_be_written_to

FROM_DAY = 8
"""The day of the month from which letters go out: by then every week that began in the month before has ended."""


def write_digests(today: date | None = None) -> None:
    """Write to everybody who asked for it, once a month. A job, run once a day."""
    today = today or datetime.now(UTC).date()
    if today.day < FROM_DAY:
        return
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for person in to_be_written_to(month):
        with db.writing() as session:
            wish = session.get(DigestWish, person, with_for_update=True)
            if wish and wish.sent_for != month:
                wish.sent_for = month
                _write(person, wish.token, month)


def _write(person: str, token: str, month: date) -> None:
    address = email_of(person)
    lines = [line for code, name in own_practices(person) if (line := _line(code, name, month))]
    if not address or not lines:
        return
    words = {
        "month": f"{month:%B %Y}", "lines": "\n\n".join(lines),
        "yours": public_url("signposts.yours"), "off": public_url("signposts.off", token=token),
    }  # fmt: skip
    send(to=address, subject=say("letter.signposts_subject", **words), body=say("letter.signposts_body", **words))


def _line(practice: str, name: str, month: date) -> str:
    total = summed(of_month(practice, month))
    if not total.given:
        return ""
    counts = {outcome.value: total.by_outcome[outcome] for outcome in Outcome}
    unanswered = total.given - total.by_outcome.total()
    return say("letter.signposts_line", practice=name, given=total.given, unanswered=unanswered, **counts)
