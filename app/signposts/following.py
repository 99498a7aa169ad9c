"""When councils end: whoever takes over answers their signposts."""

from sqlalchemy import select

from app.extensions import db
from app.places import queries as places
from app.places.actions import Moved, Succession
from app.signposts.models import Signpost
from app.tenancy import EVERYTHING, acting


def follow_councils(*, plan: Succession) -> Moved:
    """After `places.take_over`, in its transaction. Where several councils take over, a signpost goes with its practice; one without
    a practice goes to the first that is named."""
    moved = Moved()
    with acting(EVERYTHING), db.writing() as session:
        for row in session.scalars(select(Signpost).where(Signpost.council_code.in_(plan.ended))):
            practice = places.practice_or_none(row.practice_code or "")
            new = practice.council_code if plan.divides and practice else None
            row.council_code = new if new in plan.codes else plan.codes[0]
            moved.rows[Signpost.__tablename__] += 1
        session.flush()
    return moved
