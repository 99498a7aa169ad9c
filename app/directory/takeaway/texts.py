"""Texts about one service for the record, for a referral and for the person's phone. They say nothing about the person."""

from dataclasses import dataclass
from datetime import date

from flask import render_template

from app.directory.service import LiveService
from app.ui.sms import fitted, parts
from app.vocabulary import queries as vocabulary

MOST_MESSAGES = 2
"""Text messages that a patient is sent at once."""
MOST_IN_LEAFLET = 4
"""Services on two sides of A4 in large print."""


@dataclass(frozen=True)
class Texts:
    """The texts for one service; `messages` is in how many text messages the message is sent."""

    record: str
    referral: str
    message: str
    messages: int


def texts_for(service: LiveService, code: str = "") -> Texts:
    """The texts, dated today, with the code of a signpost where there is one."""
    message = fitted(lambda summary: _text("message", service=service, summary=summary, code=code), service.summary, MOST_MESSAGES)
    values = {"service": service, "day": date.today(), "code": code, "told": vocabulary.told(())}
    record, referral = (_text(name, **values) for name in ("record", "referral"))
    return Texts(record, referral, message, parts(message))


def _text(name: str, **values: object) -> str:
    lines = render_template(f"directory/takeaway/texts/{name}.txt", **values).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())
