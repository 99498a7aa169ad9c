"""What the Open Referral API reads: pages of live services, of their places, and of terms."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.content.messages import say
from app.directory.extras import OWN_TAXONOMY
from app.directory.models import ServiceAlternative, ServiceArea, ServiceHours, ServiceSite, ServiceTerm, ServiceVersion
from app.directory.oruk import ids, writing
from app.directory.oruk.asking import Asked, Refused
from app.directory.oruk.writing import Json
from app.directory.queries import live
from app.directory.service import ENGLAND, from_record
from app.extensions import db
from app.places.queries import Point, locate
from app.vocabulary import queries as vocabulary

_SEARCHED = ("summary", "description", "organisation")
_KILOMETRES_A_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: what stands on it, and how many there are in all."""

    contents: list[Json]
    total: int


def services(asked: Asked) -> Page:
    """Services that meet every condition, by id."""
    near = _near(asked)
    conditions = _conditions(asked)
    if near and asked.proximity is not None:
        conditions.append(_has(ServiceSite, _within(near, asked.proximity)))
    rows = _paged(live(ServiceVersion.record, ServiceVersion.original).where(*conditions).order_by(ServiceVersion.service_id), asked)
    written = [_full(row) if asked.full else _summary(row) for row in rows]
    return Page(written, db.session.scalar(live(func.count()).where(*conditions)) or 0)


def service_or_none(service_id: str) -> Json | None:
    """One live service with everything that belongs to it, or None."""
    found = live(ServiceVersion.record, ServiceVersion.original).where(ServiceVersion.service_id == service_id)
    row = db.session.execute(found).first()
    return _full(row) if row else None


def service_at_locations(asked: Asked) -> Page:
    """The places of the services that meet every condition."""
    near = _near(asked)
    conditions = _conditions(asked)
    if near and asked.proximity is not None:
        conditions.append(_within(near, asked.proximity))
    joined = ServiceSite.version_id == ServiceVersion.id
    wanted = live(ServiceVersion.record, ServiceVersion.original, ServiceSite.number).join(ServiceSite, joined).where(*conditions)
    rows = _paged(wanted.order_by(ServiceVersion.service_id, ServiceSite.number), asked)
    total = db.session.scalar(live(func.count()).join(ServiceSite, joined).where(*conditions)) or 0
    return Page([_place(row, nested=asked.full) for row in rows], total)


def service_at_location_or_none(identity: str) -> Json | None:
    """One place with its service, or None."""
    wanted = live(ServiceVersion.record, ServiceVersion.original, ServiceSite.number)
    wanted = wanted.join(ServiceSite, ServiceSite.version_id == ServiceVersion.id).where(ServiceSite.id == identity)
    row = db.session.execute(wanted).first()
    return _place(row, nested=True) if row else None


def taxonomies() -> list[Json]:
    """Every vocabulary: ours first, then those of the feeds by name."""
    names = db.session.scalars(_of_live_terms(ServiceTerm.vocabulary).order_by(ServiceTerm.vocabulary))
    said = {OWN_TAXONOMY: say("oruk.alternatives")} | {name: say("oruk.vocabulary", name=name) for name in names if name}
    return [{"id": ids.of_vocabulary(name), "name": name, "description": description} for name, description in said.items()]


def taxonomy_terms() -> list[Json]:
    """Every term: our alternatives first, then those of the feeds, a vocabulary after the other."""
    ours = [writing.term(OWN_TAXONOMY, known.label, known.summary) for known in vocabulary.alternatives().values()]
    columns = (ServiceTerm.vocabulary, ServiceTerm.name)
    return ours + [writing.term(*row) for row in db.session.execute(_of_live_terms(*columns).order_by(*columns))]


def _of_live_terms(*columns: Any) -> Select[Any]:
    return live(*columns).join(ServiceTerm, ServiceTerm.version_id == ServiceVersion.id).distinct()


def _labels() -> dict[str, str]:
    return {identity: known.label for identity, known in vocabulary.alternatives().items()}


def _summary(row: Any) -> Json:
    return writing.summary(from_record(row.record), json.loads(row.original))


def _full(row: Any) -> Json:
    return writing.full(from_record(row.record), json.loads(row.original), _labels())


def _place(row: Any, *, nested: bool) -> Json:
    service = _full(row) if nested else _summary(row)
    service.pop("service_at_locations", None)
    return writing.at_location(from_record(row.record), row.number) | {"service": service}


def _paged(wanted: Select[Any], asked: Asked) -> Sequence[Any]:
    return db.session.execute(wanted.limit(asked.per_page).offset((asked.page - 1) * asked.per_page)).all()


def _near(asked: Asked) -> Point | None:
    """Where the postcode is. Raises Refused where nobody knows."""
    if not asked.postcode:
        return None
    found = locate(asked.postcode)
    if found is None:
        raise Refused("postcode", "postcode")
    return found


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    record = ServiceVersion.record
    found = [_says(word) for word in asked.words]
    found += [_carries(term) for term in asked.terms]
    found += [_of_vocabulary(identity) for identity in asked.vocabularies]
    if asked.minimum_age is not None:
        found.append(record["minimum_age"].as_float() >= asked.minimum_age)
    if asked.maximum_age is not None:
        found.append(record["maximum_age"].as_float() <= asked.maximum_age)
    if asked.modified_after:
        modified = record["modified_on"].as_string()
        found.append(or_(modified >= asked.modified_after.isoformat(), modified.is_(None)))
    near = _near(asked)
    if near and asked.proximity is None:
        found.append(_has(ServiceArea, ServiceArea.council_code.in_([near.council_code or ENGLAND, ENGLAND])))
    return found + _open(asked)


def _open(asked: Asked) -> list[ColumnElement[bool]]:
    """One opening time has to meet all that is asked of day and times."""
    wanted: list[ColumnElement[bool]] = []
    if asked.day:
        wanted.append(ServiceHours.day == asked.day)
    if asked.start is not None:
        wanted.append(ServiceHours.opens >= asked.start)
    if asked.end is not None:
        wanted.append(ServiceHours.closes <= asked.end)
    return [_has(ServiceHours, and_(*wanted))] if wanted else []


def _says(word: str) -> ColumnElement[bool]:
    texts = [ServiceVersion.name, *(ServiceVersion.record[name].as_string() for name in _SEARCHED)]
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _carries(term: str) -> ColumnElement[bool]:
    ours = {ids.of_term(OWN_TAXONOMY, label): identity for identity, label in _labels().items()}
    if term in ours:
        return _has(ServiceAlternative, ServiceAlternative.alternative == ours[term])
    return _has(ServiceTerm, ServiceTerm.id == term)


def _of_vocabulary(identity: str) -> ColumnElement[bool]:
    if identity == ids.of_vocabulary(OWN_TAXONOMY):
        return _has(ServiceAlternative, ServiceAlternative.alternative.in_(list(_labels())))
    return _has(ServiceTerm, ServiceTerm.vocabulary_id == identity)


def _has(table: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    version: InstrumentedAttribute[int] = table.version_id
    return select(version).where(version == ServiceVersion.id, condition).correlate(ServiceVersion).exists()


def _within(near: Point, metres: float) -> ColumnElement[bool]:
    """On a flat map around the place, which over a county is out by less than one part in a thousand."""
    north = (ServiceSite.lat - near.lat) * _KILOMETRES_A_DEGREE
    east = (ServiceSite.lon - near.lon) * (_KILOMETRES_A_DEGREE * math.cos(math.radians(near.lat)))
    return north * north + east * east <= (metres / 1000) ** 2
