"""Making a publication live: one short transaction that gives it its place in the sequence."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.directory.models import Publication
from app.extensions import db

T = TypeVar("T")

_ALONE = select(func.pg_advisory_xact_lock(func.hashtext("fingerpost desk")))

_TRIES = 5


class Refused(Exception):
    """Something that was not done. Its text says why and what to do."""


def in_turn(work: Callable[[Session], T]) -> T:
    """Do it in one transaction, again where another process took the same place in the sequence meanwhile."""
    for _ in range(_TRIES):
        try:
            with db.writing() as session:
                return work(session)
        except IntegrityError:
            continue
    with db.writing() as session:
        return work(session)


def go_live(publication: Publication) -> int:
    """Give it the next place in the sequence, which is returned."""
    newest = db.session.scalar(select(func.max(Publication.sequence))) or 0
    publication.sequence = newest + 1
    publication.published_at = datetime.now(UTC)
    db.session.flush()
    return newest + 1


def one_at_a_time(session: Session) -> None:
    """Wait until nobody else is between this and the end of a transaction, so that what is looked up next stays true until one's own
    end. On SQLite whoever writes is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ALONE)
