"""Which rows of accounts are over; content/register.yaml says how long they are kept after that."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.accounts.actions import WARNED_BEFORE, erase, warn_unused
from app.accounts.models import EmailedLink, LimitCount, Membership, Person, SignIn
from app.audit import queries as audit
from app.audit.actions import Deed
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


def _unused(before: datetime) -> Select[Any]:
    """People who have done nothing since. Every sign-in is in the audit trail."""
    return select(Person).where(Person.made_at < before, Person.id.not_in(audit.active_since(before)))


def _unwarned(before: datetime) -> Select[Any]:
    return _unused(before).where(Person.id.not_in(audit.about_whom(Deed.PERSON_WARNED, before, datetime.now(UTC))))


def _warned(before: datetime) -> Select[Any]:
    return _unused(before).where(Person.id.in_(audit.about_whom(Deed.PERSON_WARNED, before, datetime.now(UTC) - WARNED_BEFORE)))


RULES = (
    Keeping("sign_in", _sign_ins),
    Keeping("emailed_link", _links),
    Keeping("limit_count", lambda before: select(LimitCount).where(LimitCount.ends_at < before)),
    Keeping("unused_warned", _unwarned, each=lambda person, by: warn_unused(person=person, by=by)),
    Keeping("unused", _warned, each=lambda person, by: erase(person=person, by=by, though_last=True)),
    Keeping("membership", lambda before: select(Membership).where(Membership.ended_at < before)),
)
