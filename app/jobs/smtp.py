"""Handing letters to a mail server."""

import smtplib
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Mail

REACHED_WITHIN = 10
"""Seconds for each step until the server is ready to take letters."""
ANSWERED_WITHIN = 60
"""Seconds for each of its answers about a letter. Longer, because one that takes a letter and is not waited for gets it again."""

Problem = (OSError, smtplib.SMTPException)
"""What can go wrong between us and a mail server. The texts of these may hold addresses: say the class or the code only."""


def connect(mail: "Mail", our_name: str) -> smtplib.SMTP:
    """A connection that is ready to take letters. Raises Problem where there is none, or none as safe as MAIL_URL asks."""
    context = ssl.create_default_context()
    if mail.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, our_name, timeout=REACHED_WITHIN, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, our_name, timeout=REACHED_WITHIN)
    try:
        if mail.scheme == "smtp+tls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.ehlo_or_helo_if_needed()
        assert server.sock
        server.sock.settimeout(ANSWERED_WITHIN)
    except BaseException:
        server.close()
        raise
    return server


def leave(server: smtplib.SMTP) -> None:
    """End a connection politely, or one that is gone already."""
    with suppress(*Problem):
        server.quit()


def code_of(problem: Exception) -> int:
    """The server's answer to a letter that it did not take, 0 where it gave none."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return int(next(iter(problem.recipients.values()))[0])
    return problem.smtp_code if isinstance(problem, smtplib.SMTPResponseException) else 0


def is_lasting(code: int) -> bool:
    """Whether the same letter would be refused again."""
    return 500 <= code < 600
