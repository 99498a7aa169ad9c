"""Giving a record its number."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.training.catalogue import Module
from app.training.models import Attempt
from app.training.records.models import CompletionRecord
from app.ui.numbers import new_number

LONDON = ZoneInfo("Europe/London")


def give(session: Session, attempt: Attempt, module: Module, now: datetime) -> None:
    """Number the record of an attempt that is just being finished, in the transaction that finishes it."""
    session.add(
        CompletionRecord(
            number=new_number(), attempt=attempt.token, module=module.head.slug, title=module.head.title, version=module.head.version,
            finished_on=now.astimezone(LONDON).date(),
        )
    )  # fmt: skip
