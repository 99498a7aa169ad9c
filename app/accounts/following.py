"""When practices change their council, or councils end: roles, invitations, codes and rules go along."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import EmailedLink, Membership, OrganisationRule, PracticeCode
from app.accounts.roles import Role
from app.audit.actions import Deed, note
from app.extensions import db
from app.places import queries as places
from app.places.actions import Moved, Succession
from app.tenancy import EVERYTHING, acting


def follow_councils(*, plan: Succession, by: str) -> Moved:
    """After `places.take_over`, in its transaction. Where one council takes over everybody keeps their role there. Where several do,
    each has every administrator, and whoever else had a role in the council itself is to be invited again."""
    moved = Moved()
    follow_practices(by=by)
    with acting(EVERYTHING), db.writing() as session:
        _move_roles(session, plan, by, moved)
        open_links = (EmailedLink.council_code.in_(plan.ended), EmailedLink.practice_code.is_(None), EmailedLink.used_at.is_(None))
        for link in session.scalars(select(EmailedLink).where(*open_links)):
            moved.rows["emailed_link"] += 1
            if plan.divides:
                session.delete(link)
            else:
                link.council_code = plan.codes[0]
        for rule in session.scalars(select(OrganisationRule).where(OrganisationRule.organisation.in_(plan.ended))):
            moved.rows["organisation_rule"] += 1
            for code in plan.codes:
                kept = session.get(OrganisationRule, code)
                asked = rule.second_factor or bool(kept and kept.second_factor)
                session.merge(OrganisationRule(organisation=code, council_code=code, second_factor=asked))
            session.delete(rule)
        session.flush()
    return moved


def _move_roles(session: Session, plan: Succession, by: str, moved: Moved) -> None:
    now = datetime.now(UTC)
    of_now = (Membership.practice_code.is_(None), Membership.ended_at.is_(None))
    held = {
        (row.person_id, row.role, row.council_code)
        for row in session.scalars(select(Membership).where(*of_now, Membership.council_code.in_(plan.codes)))
    }
    for row in session.scalars(select(Membership).where(*of_now, Membership.council_code.in_(plan.ended))).all():
        moved.rows["membership"] += 1
        row.ended_at = now
        note(by=by, what=Deed.ROLE_ENDED, about=row.person_id, council=row.council_code, fields=["ended_at"])
        for code in () if plan.divides and row.role != Role.COUNCIL_ADMIN else plan.codes:
            if (row.person_id, row.role, code) not in held:
                held.add((row.person_id, row.role, code))
                session.add(Membership(person_id=row.person_id, role=row.role, council_code=code, since=now))
                note(by=by, what=Deed.ROLE_GIVEN, about=row.person_id, council=code, fields=["role"])


def follow_practices(*, by: str) -> None:
    """After practices were imported: what holds in a practice goes with it to its new council, which is roles, open invitations,
    its code and its rule. What is over stays with the council that it was in."""
    with acting(EVERYTHING), db.writing() as session:
        held: list[tuple[str | None, Membership | EmailedLink | PracticeCode | OrganisationRule]] = [
            *((row.practice_code, row) for row in session.scalars(select(Membership).where(Membership.ended_at.is_(None)))),
            *((row.practice_code, row) for row in session.scalars(select(EmailedLink).where(EmailedLink.used_at.is_(None)))),
            *((row.practice_code, row) for row in session.scalars(select(PracticeCode))),
            *((row.organisation, row) for row in session.scalars(select(OrganisationRule))),
        ]
        now, moved = places.councils_of({code for code, _ in held if code}), set()
        for code, row in held:
            if code in now and row.council_code != now[code]:
                moved |= {(code, council) for council in (row.council_code, now[code]) if council}
                row.council_code = now[code]
        for practice, council in sorted(moved):
            note(by=by, what=Deed.PRACTICE_MOVED, about=practice, council=council, practice=practice, fields=["council_code"])
