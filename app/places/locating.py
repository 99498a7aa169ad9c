"""Where a postcode, a practice or a town is."""

from sqlalchemy import func, select

from app.extensions import db
from app.places.models import Council, District, Postcode, Practice, Town
from app.places.records import Point
from app.places.writing import Kind, Written, readings

ENOUGH_OF_IT = 0.95
"""Share of its postcodes from which on an outcode or sector counts as lying in one council."""
_UNWRITTEN = {Kind.POSTCODE: 0, Kind.SECTOR: 2, Kind.OUTCODE: 3}


def district_council(lad_code: str) -> str | None:
    """The code of the council with social care duties in a district; a council's own code gives itself."""
    found = db.session.scalar(select(District.council_code).where(District.code == lad_code))
    return found or db.session.scalar(select(Council.code).where(Council.code == lad_code))


def locate(text: str, council: str | None = None) -> Point | None:
    """Where a postcode, sector, outcode, ODS code or town is, or None. A town counts only where no other has its name.

    A sector or an outcode is the mean of its postcodes; it has a council where 95% of them have the same one.
    """
    for reading in readings(text):
        point = _of_practice(reading.key) if reading.kind is Kind.PRACTICE else of_postcodes(reading)
        if point:
            return point
    return _of_town(text, council)


def towns_named() -> frozenset[str]:
    """The names of the towns that `locate` knows, in lower case."""
    return frozenset(name.lower() for name in db.session.scalars(select(Town.name)))


def of_postcodes(reading: Written) -> Point | None:
    """The mean of the postcodes that begin so, or None where there are none.

    Both ends of the range are capitals and digits only, so that it is the same range in every collation.
    """
    parts = db.session.execute(
        select(Postcode.lad_code, func.count(), func.sum(Postcode.lat), func.sum(Postcode.lon))
        .where(Postcode.postcode >= reading.key, Postcode.postcode <= f"{reading.key}ZZZ")
        .where(func.length(Postcode.postcode) == len(reading.key) + _UNWRITTEN[reading.kind])
        .group_by(Postcode.lad_code)
    ).all()
    if not parts:
        return None
    number, lat, lon = 0, 0.0, 0.0
    shares: dict[str | None, int] = {}
    for lad_code, count, lat_sum, lon_sum in parts:
        number, lat, lon = number + count, lat + lat_sum, lon + lon_sum
        council = district_council(lad_code)
        shares[council] = shares.get(council, 0) + count
    most = max(shares, key=lambda code: shares[code])
    council = most if shares[most] >= ENOUGH_OF_IT * number else None
    return Point(lat / number, lon / number, reading.shown, council, _district(parts[0][0]) if len(parts) == 1 else None)


def _district(lad_code: str) -> str | None:
    district = db.session.get(District, lad_code)
    return district.name if district else None


def _of_practice(ods_code: str) -> Point | None:
    practice = db.session.get(Practice, ods_code)
    if practice is None:
        return None
    if practice.lat is not None and practice.lon is not None:
        return Point(practice.lat, practice.lon, practice.name, practice.council_code)
    there = locate(practice.postcode)
    return Point(there.lat, there.lon, practice.name, practice.council_code) if there else None


def _of_town(text: str, council: str | None) -> Point | None:
    name = " ".join(text.split()).lower()
    if not name.isprintable():
        return None
    wanted = select(Town).where(func.lower(Town.name) == name)
    if council:
        wanted = wanted.where(Town.council_code == council)
    towns = db.session.scalars(wanted).all()
    return Point(towns[0].lat, towns[0].lon, towns[0].name, towns[0].council_code) if len(towns) == 1 else None
