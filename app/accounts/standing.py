"""What the person of this request was granted."""

from flask import g
from flask_security import current_user
from sqlalchemy import Select, select

from app.accounts.models import Membership
from app.accounts.roles import ADMINISTERING
from app.extensions import db
from app.tenancy import EVERYTHING, NOBODY, Grant, Scope, acting


def know_the_person() -> None:
    """Before each request: what this person may see and change. A visitor's scope stays nobody's, and costs no query."""
    g.scope = NOBODY
    if current_user.is_authenticated:
        g.scope = scope_of(current_user.id)
        db.session.commit()  # A transaction carries what was granted when it began, so the next one has to begin anew.


def forget_the_person(_error: BaseException | None = None) -> None:
    """After each request: nothing of the scope stays behind where an application context outlives it."""
    g.pop("scope", None)


def scope_of(person: str) -> Scope:
    """A person's own rows, and the roles that they hold today."""
    grants = {Grant("person", person)}
    for membership in memberships(person):
        grants.add(Grant(membership.role, membership.practice_code or membership.council_code or ""))
        grants |= {Grant("member", code) for code in (membership.practice_code, membership.council_code) if code}
    return Scope(frozenset(grants))


def memberships(person: str) -> list[Membership]:
    """The roles that somebody holds now. It is asked before anything is known of whose rows may be read."""
    wanted = select(Membership).where(Membership.person_id == person, Membership.ended_at.is_(None))
    with acting(EVERYTHING):
        return list(db.session.scalars(wanted.order_by(Membership.since, Membership.id)))


def administrators_beside(row: Membership) -> Select[str] | None:
    """The roles of administrator of the same council, or of the installation, this one among them; None for any other role."""
    if row.role not in ADMINISTERING:
        return None
    same = (Membership.role == row.role, Membership.council_code == row.council_code, Membership.ended_at.is_(None))
    return select(Membership.id).where(*same).order_by(Membership.id)
