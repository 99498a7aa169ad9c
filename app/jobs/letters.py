"""What an e-mail looks like, which one is refused, and when it is tried again. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

WAITS: Sequence[int] = (1, 5, 15, *[60] * 23)
"""Minutes to the next try, after each one that came to nothing for now: 23 hours and 21 minutes in all."""
LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 200
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def check(to: str, subject: str) -> None:
    """Raises ValueError, which repeats neither, unless `to` is one plain address and the subject one line that fits."""
    if len(to) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(to):
        raise ValueError("the recipient is not one plain e-mail address")
    if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise ValueError("the subject is too long or holds a line break or another control character")


def wait_after(tries: int) -> timedelta | None:
    """How long a letter waits that was tried so often; None where it is given up."""
    return timedelta(minutes=WAITS[tries - 1]) if tries <= len(WAITS) else None


def composed(*, identity: str, host: str, sender: str, to: str, subject: str, body: str, made_at: datetime) -> EmailMessage:
    """The letter as it goes out. Composed again it is the same to the byte, its Message-ID too, so that receiving systems
    that get it twice can tell."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{identity}@{host}>"
    message["Date"] = made_at
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="quoted-printable")
    return message
