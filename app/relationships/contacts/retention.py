"""Which questions are old: those that nobody has published."""

from sqlalchemy import select

from app.jobs.retention import Keeping
from app.relationships.contacts.models import AskedQuestion

_UNPUBLISHED = select(AskedQuestion).where(AskedQuestion.published_on.is_(None))
RULES = (Keeping("asked_question", lambda before: _UNPUBLISHED.where(AskedQuestion.asked_on < before.date())),)
