"""Ending sessions: one's own, and those of whoever may have somebody else in their place."""

from sqlalchemy import delete, select

from app.accounts.models import Membership, SignIn
from app.audit.actions import Deed, note
from app.extensions import db
from app.tenancy import current


def end_session(*, id: str, person: str) -> bool:
    """End one of a person's own sessions. False where it is not theirs."""
    with db.writing() as session:
        gone = session.execute(delete(SignIn).where(SignIn.id == id, SignIn.person_id == person))
        if not gone.rowcount:  # type: ignore[attr-defined]
            return False
        note(by=person, what=Deed.SESSION_ENDED, about=id)
    return True


def end_sessions(*, person: str) -> None:
    """End all of a person's sessions, wherever they are."""
    with db.writing() as session:
        session.execute(delete(SignIn).where(SignIn.person_id == person))


def end_sessions_of_member(*, id: str, by: str) -> bool:
    """Whoever leads an organisation ends all sessions of somebody with a role there. False where the role is not theirs to end."""
    with db.writing() as session:
        row = session.scalar(select(Membership).where(Membership.id == id, Membership.ended_at.is_(None)))
        if row is None or not row.may_be_changed_by(current()):
            return False
        end_sessions(person=row.person_id)
        note(by=by, what=Deed.SESSION_ENDED, about=row.person_id, council=row.council_code, practice=row.practice_code)
    return True
