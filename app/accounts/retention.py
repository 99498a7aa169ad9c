"""Which rows of accounts are over; content/register.yaml says how long they are kept after that."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.accounts.models import EmailedLink, LimitCount, Membership, SignIn
from app.extensions import db
from app.jobs.retention import Keeping


def _sign_ins(before: datetime) -> Select[Any]:
    """Sessions that came to their end, or had been left alone for as long as they may be. They are kept for a while so that a
    form sent in one waits for that person and nobody else."""
    lengths = db.session.scalars(select(SignIn.idle_seconds).distinct())
    left = [and_(SignIn.idle_seconds == idle, SignIn.seen_at < before - timedelta(seconds=idle)) for idle in lengths]
    return select(SignIn).where(or_(SignIn.ends_at < before, *left))


def _links(before: datetime) -> Select[Any]:
    return select(EmailedLink).where(or_(EmailedLink.used_at < before, EmailedLink.ends_at < before))


RULES = (
    Keeping("sign_in", _sign_ins),
    Keeping("emailed_link", _links),
    Keeping("limit_count", lambda before: select(LimitCount).where(LimitCount.ends_at < before)),
    Keeping("membership", lambda before: select(Membership).where(Membership.ended_at < before)),
)
