"""Sending the letters that wait in the outbox, each once: docs/adr/0024-the-outbox.md."""

import logging
import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import ColumnElement, Select, select

from app.extensions import db
from app.jobs.letters import composed, wait_after
from app.jobs.models import Letter
from app.jobs.smtp import Problem, code_of, connect, is_lasting, leave

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""For how long a letter belongs to the runner that took it: longer than handing one over can take."""
ROUND = 50
"""Letters in one run of the job, so that other jobs get their turn."""


def post() -> None:
    """Send what is due. Raises what went wrong between us and the server (smtp.Problem); the letters then wait."""
    if db.session.scalar(select(Letter.id).where(_due()).limit(1)) is None:
        return
    mail = current_app.config["MAIL"]
    host = str(urlsplit(current_app.config["PUBLIC_URL"]).hostname)
    try:
        server = connect(mail, host)
    except Problem:
        _put_off_all()
        raise
    try:
        for _ in range(ROUND):
            letter = _claimed()
            if letter is None:
                break
            _hand_over(letter, server, host, mail.sender)
    finally:
        leave(server)


def old_letters(before: datetime) -> Select[Any]:
    """Letters that were made before, whatever became of them: they name people."""
    return select(Letter).where(Letter.made_at < before)


def _due() -> ColumnElement[bool]:
    return Letter.due_at <= datetime.now(UTC)


def _claimed() -> Letter | None:
    """The next letter, which from now on nobody else takes for as long as CLAIM; a runner that is killed leaves it at that."""
    with db.writing() as session:
        letter = session.scalar(select(Letter).where(_due()).order_by(Letter.due_at).limit(1).with_for_update(skip_locked=True))
        if letter is not None:
            letter.tries += 1
            letter.due_at = datetime.now(UTC) + CLAIM
        return letter


def _hand_over(letter: Letter, server: smtplib.SMTP, host: str, sender: str) -> None:
    message = composed(
        identity=letter.id,
        host=host,
        sender=sender,
        to=letter.recipient,
        subject=letter.subject,
        body=letter.body,
        made_at=letter.made_at,
    )
    try:
        server.send_message(message, from_addr=sender, to_addrs=[letter.recipient])
    except Problem as problem:
        code = code_of(problem)
        with db.writing() as session:
            _put_off(session.get_one(Letter, letter.id), code)
        if server.sock is None:
            raise
    else:
        with db.writing() as session:
            sent = session.get_one(Letter, letter.id)
            sent.sent_at, sent.due_at, sent.body = datetime.now(UTC), None, ""


def _put_off(letter: Letter, code: int) -> None:
    wait = None if is_lasting(code) else wait_after(letter.tries)
    if wait is None:
        letter.given_up_at, letter.due_at, letter.body = datetime.now(UTC), None, ""
        log.warning("letter %s given up after %d tries, last answer %d", letter.id, letter.tries, code)
    else:
        letter.due_at = datetime.now(UTC) + wait


def _put_off_all() -> None:
    """No server to be had counts as a try for every letter that is due."""
    with db.writing() as session:
        for letter in session.scalars(select(Letter).where(_due()).with_for_update(skip_locked=True)):
            letter.tries += 1
            _put_off(letter, 0)
