"""Adding to the audit trail."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import insert, text

from app.audit.chain import Entry
from app.audit.deeds import Deed, check
from app.audit.models import AuditEntry
from app.audit.queries import head
from app.extensions import Base, db
from app.tenancy import EVERYTHING, acting

__all__ = ["Deed", "note", "write_down_head"]
log = logging.getLogger(__name__)

_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('fingerpost audit'))")


def note(*, by: str, what: str, about: str, council: str | None = None, practice: str | None = None, fields: Sequence[str] = ()) -> None:
    """Note what somebody does. Inside `db.writing()` it stands or falls with what it is about: call it last, because on
    PostgreSQL whoever else notes something waits until that transaction ends.

    `by` is a person's id, "command line" or "job"; `what` a Deed; `about` an id; `fields` are names of columns. Raises
    ValueError at anything else.
    """
    known = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    check(by=by, about=about, council=council, practice=practice, fields=fields, known=known)
    deed = Deed(what)
    with db.writing() as session:
        session.flush()  # What the caller changed is still judged by the caller's own scope.
        with acting(EVERYTHING):
            if db.engine.dialect.name == "postgresql":
                session.execute(_ALONE)
            last = head()
            entry = Entry(
                number=last.number + 1,
                at=datetime.now(UTC),
                by=by,
                what=deed.value,
                about=about,
                council=council,
                practice=practice,
                fields=tuple(fields),
                previous=last.hash,
            )
            session.execute(insert(AuditEntry).values(asdict(entry.sealed())))


def write_down_head() -> None:
    """Put the head into the log, which is kept elsewhere: `flask audit verify --head` takes it from there."""
    log.info("audit head %s", head())
