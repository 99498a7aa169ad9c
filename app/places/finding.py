"""Finding practices by name, postcode or code."""

from sqlalchemy import ColumnElement, func, select

from app.extensions import db
from app.places.locating import of_postcodes
from app.places.matching import Named, closest, key_of
from app.places.models import Practice
from app.places.records import Point
from app.places.records import Practice as Found
from app.places.writing import Kind, Written, readings

_kept: dict[tuple[object, ...], list[Named]] = {}


def find_practices(text: str, limit: int = 10, *, near: Point | None = None) -> list[Found]:
    """Practices by name (typed in haste), postcode or ODS code, best first.

    Equal matches: those of the council of `near` first, then the nearest. A postcode or part of one gives the practices
    there and then the nearest ones of the same council.
    """
    for reading in readings(text):
        there = _practices(Practice.ods_code == reading.key) if reading.kind is Kind.PRACTICE else _around(reading, limit)
        if there:
            return there
    codes = closest(text, _named(), limit, near)
    found = {practice.ods_code: practice for practice in _practices(Practice.ods_code.in_(codes))}
    return [found[code] for code in codes if code in found]


def _around(reading: Written, limit: int) -> list[Found]:
    start = f"{reading.shown} " if reading.kind is Kind.OUTCODE else reading.shown
    there = Practice.postcode.startswith(start, autoescape=True)
    centre = of_postcodes(reading)
    if centre and centre.council_code:
        there |= Practice.council_code == centre.council_code
    found = _practices(there)
    return sorted(found, key=lambda one: (not one.postcode.startswith(start), *_named_as(one).away(centre), one.name))[:limit]


def _named() -> list[Named]:
    """Every practice by what it is found by, kept until the table changes. What is shown is always read afresh."""
    words = func.sum(func.length(Practice.name) + func.length(Practice.address))
    count = db.session.execute(select(func.count(), words, func.sum(Practice.lat), func.max(Practice.ods_code))).one()
    state = (id(db.engine), *count)
    if state not in _kept:
        found = [_named_as(practice) for practice in _practices(Practice.ods_code != "")]
        _kept.clear()
        _kept[state] = found
    return _kept[state]


def _named_as(practice: Found) -> Named:
    town = practice.address.rpartition(",")[2]
    return Named(practice.ods_code, key_of(f"{practice.name} {town}"), practice.lat, practice.lon, practice.council_code)


def _practices(where: ColumnElement[bool]) -> list[Found]:
    return [row.record() for row in db.session.scalars(select(Practice).where(where).order_by(Practice.ods_code))]
