"""Signing the pledge, and keeping the plan of actions."""

from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import delete, select

from app.audit.actions import Deed, note
from app.extensions import db
from app.relationships.agreed.models import PlannedAction, PledgeSignature
from app.vocabulary.guarding import ORGANISATIONS, refuse_identifiers


class NotThere(LookupError):
    """The plan holds no such action."""


def sign(*, signer: str, council: str, signs: bool, by: str) -> None:
    """Stand by the pledge, or no longer. Saying the same again changes nothing."""
    with db.writing() as session:
        row = session.get(PledgeSignature, signer)
        if signs == (row is not None):
            return
        if row:
            session.delete(row)
        else:
            session.add(PledgeSignature(signer=signer, council_code=council, signed_on=_today()))
        practice = signer if signer != council else None
        note(by=by, what=Deed.PLEDGE_SIGNED if signs else Deed.PLEDGE_WITHDRAWN, about=signer, council=council, practice=practice)


def plan(*, council: str, kind: str, what: str, owner: str, due_on: date, measure: str, by: str) -> None:
    """Put an action into the plan, once: the same words for the same day are the same action. Raises Identifies where the words point to
    a person."""
    refuse_identifiers(f"{what}\n{owner}", ORGANISATIONS)
    with db.writing() as session:
        same = select(PlannedAction.id).where(
            PlannedAction.council_code == council, PlannedAction.what == what, PlannedAction.owner == owner, PlannedAction.due_on == due_on
        )
        if session.scalar(same) is None:
            row = PlannedAction(id=uuid4().hex, council_code=council, kind=kind, what=what, owner=owner, due_on=due_on, measure=measure)
            session.add(row)
            note(by=by, what=Deed.ACTION_PLANNED, about=row.id, council=council)


def end(*, council: str, action: str, done: bool, by: str) -> None:
    """Say that an action is done, or take it out. Raises NotThere."""
    with db.writing() as session:
        row = session.scalar(select(PlannedAction).where(PlannedAction.id == action, PlannedAction.council_code == council))
        if row is None:
            raise NotThere
        if done:
            row.done_on = row.done_on or _today()
        else:
            session.execute(delete(PlannedAction).where(PlannedAction.id == action))
        note(by=by, what=Deed.ACTION_ENDED, about=action, council=council)


def _today() -> date:
    return datetime.now(UTC).date()
