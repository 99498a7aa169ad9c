"""What other parts read of places."""

from sqlalchemy import select

from app.extensions import db
from app.places import models
from app.places.finding import find_practices
from app.places.locating import district_council, locate, towns_named
from app.places.records import Council, Point, Practice
from app.places.writing import gss_code_or_none, ods_code_or_none

__all__ = [
    "Council", "Point", "Practice", "council_or_none", "councils", "district_council", "districts", "find_practices", "locate",
    "practice_or_none", "towns_named",
]  # fmt: skip


def council_or_none(code: str) -> Council | None:
    """The council with this GSS code, or None."""
    known = gss_code_or_none(code)
    row = db.session.get(models.Council, known) if known else None
    return row.record() if row else None


def councils() -> list[Council]:
    """Every council, by name."""
    return [row.record() for row in db.session.scalars(select(models.Council).order_by(models.Council.name))]


def districts(council_code: str) -> list[str]:
    """The names of the district councils below a county council; none where one council does both."""
    below = select(models.District.name).where(models.District.council_code == council_code, models.District.code != council_code)
    return list(db.session.scalars(below.order_by(models.District.name)))


def practice_or_none(ods_code: str) -> Practice | None:
    """The practice with this ODS code, however it is written, or None."""
    known = ods_code_or_none(ods_code)
    row = db.session.get(models.Practice, known) if known else None
    return row.record() if row else None
