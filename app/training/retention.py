"""Which attempts are old. Their answers go with them."""

from sqlalchemy import select

from app.jobs.retention import Keeping
from app.training.models import Attempt

RULES = (
    Keeping("attempt_unfinished", lambda before: select(Attempt).where(Attempt.finished_at.is_(None), Attempt.started_at < before)),
    Keeping("attempt_finished", lambda before: select(Attempt).where(Attempt.finished_at < before)),
)
