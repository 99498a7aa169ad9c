"""What other parts read of places."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.places import models
from app.places.finding import find_practices
from app.places.locating import district_council, locate, located, towns_named
from app.places.records import Council, District, Point, Practice
from app.places.setting_up import stamp, words_of
from app.places.succeeding import became, heirs, merged_into, successor
from app.places.succession import Heir, councils_now
from app.places.writing import gss_code_or_none, ods_code_or_none

__all__ = [
    "Council", "District", "Heir", "Point", "Practice", "became", "council_or_none", "councils", "councils_now", "district_council",
    "districts", "find_practices", "heirs", "locate", "located", "merged_into", "practice_or_none", "towns_named",
]  # fmt: skip


def council_or_none(code: str) -> Council | None:
    """The council with this GSS code, or the one that took its place; None where there is none, or where it was divided."""
    known = gss_code_or_none(code)
    now = successor(known) if known else None
    row = db.session.get(models.Council, now) if now else None
    return row.record() if row else None


def council_as_it_was(code: str) -> Council | None:
    """The council with this GSS code, though it may have ended."""
    known = gss_code_or_none(code)
    row = db.session.get(models.Council, known) if known else None
    return row.record() if row else None


def councils() -> list[Council]:
    """Every council that there is today, by name."""
    ended = select(models.CouncilSuccession.ended_code)
    there = select(models.Council).where(models.Council.code.not_in(ended)).order_by(models.Council.name)
    return [row.record() for row in db.session.scalars(there)]


def ended_on(code: str) -> date | None:
    """The day on which this council ended; None where it is still there."""
    return db.session.scalar(select(models.CouncilSuccession.day).where(models.CouncilSuccession.ended_code == code).limit(1))


def forerunners(code: str) -> list[Council]:
    """The councils that this one took over from, by name."""
    before = select(models.CouncilSuccession.ended_code).where(models.CouncilSuccession.new_code == code)
    rows = db.session.scalars(select(models.Council).where(models.Council.code.in_(before)).order_by(models.Council.name))
    return [row.record() for row in rows]


def districts(council_code: str) -> list[District]:
    """The district councils below a county council, with what each answers for."""
    below = select(models.District).where(models.District.council_code == council_code, models.District.code != council_code)
    return [District(row.code, row.name, tuple(row.duties), row.number) for row in db.session.scalars(below.order_by(models.District.name))]


def missing(council: Council) -> list[str]:
    """What a council has not given: lines without a number ("safeguarding"), and its own name for adult social care."""
    lines = [line for line in ("asc_day", "asc_out_of_hours", "safeguarding", "urgent_community_response") if line not in council.contacts]
    return lines if council.asc_name else ["asc_name", *lines]


def stamp_of_words(council: Council) -> str:
    """What a council's numbers and words looked like when they were read."""
    return stamp(words_of(council))


def practices_of(council_code: str) -> list[tuple[Practice, str]]:
    """The practices in a council's area by name, each with its neighbourhood; "" where none was given."""
    wanted = (
        select(models.Practice, models.Neighbourhood.name)
        .outerjoin(models.Neighbourhood, models.Neighbourhood.practice_code == models.Practice.ods_code)
        .where(models.Practice.council_code == council_code)
        .order_by(models.Practice.name, models.Practice.ods_code)
    )
    return [(practice.record(), neighbourhood or "") for practice, neighbourhood in db.session.execute(wanted)]


def councils_of(practices: Collection[str]) -> dict[str, str | None]:
    """The council that each of these practices is in now, by their ODS codes; codes of no practice are not among them."""
    wanted = select(models.Practice.ods_code, models.Practice.council_code)
    return {code: council for code, council in db.session.execute(wanted) if code in practices}


def practice_or_none(ods_code: str) -> Practice | None:
    """The practice with this ODS code, however it is written, or None."""
    known = ods_code_or_none(ods_code)
    row = db.session.get(models.Practice, known) if known else None
    return row.record() if row else None
