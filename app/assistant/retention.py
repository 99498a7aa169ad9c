"""Which reports of wrong answers are old: those that were settled. One that waits is never removed."""

from sqlalchemy import select

from app.assistant.models import AnswerReport
from app.jobs.retention import Keeping

RULES = (Keeping("answer_report", lambda before: select(AnswerReport).where(AnswerReport.settled_on < before.date())),)
