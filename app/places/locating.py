"""Where a postcode, a practice or a town is."""

from collections.abc import Iterable

from sqlalchemy import bindparam, exists, func, select

from app.extensions import db
from app.places.models import Council, CouncilSuccession, District, Postcode, Practice, Town
from app.places.records import Point
from app.places.succeeding import successor
from app.places.writing import Kind, Written, postcode_or_none, readings

ENOUGH_OF_IT = 0.95
"""Share of its postcodes from which on an outcode or sector counts as lying in one council."""
_OF_TODAY = Town.council_code.not_in(select(CouncilSuccession.ended_code))
"""Which towns count: what a council that has ended said of its area counts no longer."""
_UNWRITTEN = {Kind.SECTOR: 2, Kind.OUTCODE: 3}
_ENDED = exists().where(CouncilSuccession.ended_code.in_([Postcode.lad_code, District.council_code]))
_POSTCODES = (
    select(
        Postcode.postcode, Postcode.lat, Postcode.lon, Postcode.lad_code, District.name, District.code, District.council_code,
        Council.code.label("unitary"), _ENDED.label("ended"),
    )
    .join_from(Postcode, District, District.code == Postcode.lad_code, isouter=True)
    .join(Council, Council.code == Postcode.lad_code, isouter=True)
    .where(Postcode.postcode.in_(bindparam("postcodes", expanding=True)))
)  # fmt: skip
"""Made once: an import asks for hundreds of thousands, and making it takes far longer than its answer."""


def district_council(lad_code: str) -> str | None:
    """The code of the council with social care duties in a district today; a council's own code gives itself. None where it was
    divided."""
    found = db.session.scalar(select(District.council_code).where(District.code == lad_code))
    now = successor(found or lad_code)
    return now if found else db.session.scalar(select(Council.code).where(Council.code == now))


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
    return frozenset(name.lower() for name in db.session.scalars(select(Town.name).where(_OF_TODAY)))


def of_postcodes(reading: Written) -> Point | None:
    """The mean of the postcodes that begin so, or None where there are none.

    Both ends of the range are capitals and digits only, so that it is the same range in every collation.
    """
    if reading.kind is Kind.POSTCODE:
        return located([reading.shown]).get(reading.shown)
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
    district = db.session.get(District, parts[0][0]) if len(parts) == 1 else None
    named = (district.name, district.code) if district else (None, None)
    return Point(lat / number, lon / number, reading.shown, council, *named)


def located(texts: Iterable[str]) -> dict[str, Point]:
    """Where those of the texts that are full postcodes are, as people write them; all of them by one question."""
    shown = {reading.key: reading.shown for text in texts if (reading := postcode_or_none(text))}
    rows = db.session.connection().execute(_POSTCODES, {"postcodes": list(shown)}) if shown else ()
    found = {}
    for row in rows:
        council = district_council(row.lad_code) if row.ended else row.council_code or row.unitary
        found[shown[row.postcode]] = Point(row.lat, row.lon, shown[row.postcode], council, row.name, row.code)
    return found


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
    wanted = select(Town).where(func.lower(Town.name) == name, _OF_TODAY)
    if council:
        wanted = wanted.where(Town.council_code == council)
    towns = db.session.scalars(wanted).all()
    return Point(towns[0].lat, towns[0].lon, towns[0].name, towns[0].council_code) if len(towns) == 1 else None
