"""What other parts read of the directory: only what is published now."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.directory.models import Publication, ServiceAlternative, ServiceArea, ServiceVersion
from app.directory.nearness import Candidate, nearest_first
from app.directory.opening import days_open
from app.directory.service import ENGLAND, Cqc, LiveService, Site, from_record
from app.directory.takeaway.texts import texts_for
from app.extensions import db
from app.places.queries import Point

__all__ = [
    "Changes", "Cqc", "LiveService", "Site", "by_ids", "changes_since", "counts", "current_sequence", "data_age", "days_open",
    "live_count", "live_services", "providing", "service_or_none", "was_withdrawn",
]  # fmt: skip

CHECKED_LATELY = timedelta(days=365)

_made = aliased(Publication)
_ended = aliased(Publication)


@dataclass(frozen=True)
class Changes:
    """What was published after a sequence: services new or changed, ids of those that are gone."""

    sequence: int
    upserted: list[LiveService]
    removed: list[str]


def live(*columns: Any) -> Select[Any]:
    """A selection from the versions that are live.

    Publications are looked up for each version, not joined: a join lets SQLite begin with the publication and read all of it.
    """
    published = select(Publication.id).where(Publication.sequence.is_not(None))
    made = published.where(Publication.id == ServiceVersion.published_in).correlate(ServiceVersion).exists()
    ended = published.where(Publication.id == ServiceVersion.retired_in).correlate(ServiceVersion).exists()
    return select(*columns).select_from(ServiceVersion).where(made, ~ended)


_BY_IDS = live(ServiceVersion.record).where(ServiceVersion.service_id.in_(bindparam("ids", expanding=True)))
"""Made once: building it again for every search took longer than the database takes to answer it."""


def service_or_none(service_id: str) -> LiveService | None:
    """The live service with this id, whatever its status, or None."""
    return by_ids([service_id]).get(service_id)


def was_withdrawn(service_id: str) -> bool:
    """True when a service with this id was published once and is not any more."""
    published = (
        select(ServiceVersion.id)
        .join(_made, ServiceVersion.published_in == _made.id)
        .where(ServiceVersion.service_id == service_id, _made.sequence.is_not(None))
    )
    return bool(db.session.scalar(select(published.exists()))) and service_or_none(service_id) is None


def by_ids(ids: Collection[str]) -> dict[str, LiveService]:
    """The live services with these ids; one that is not live is left out."""
    records = db.session.connection().execute(_BY_IDS, {"ids": list(ids)}).scalars()
    return {record["id"]: from_record(record) for record in records}


def texts_with_code(service_id: str, code: str) -> dict[str, str]:
    """The referral and the text message for a live service, with the code of a signpost. Raises KeyError where it is not live."""
    made = texts_for(by_ids([service_id])[service_id], code)
    return {"referral": made.referral, "message": made.message}


def live_services(batch: int = 500) -> Iterator[list[LiveService]]:
    """Every live service, a batch at a time, those of a council one after the other."""
    order = (ServiceVersion.council_code, ServiceVersion.id)
    ids = db.session.scalars(live(ServiceVersion.id).order_by(*order)).all()
    wanted = select(ServiceVersion.record).where(ServiceVersion.id.in_(bindparam("ids", expanding=True))).order_by(*order)
    for start in range(0, len(ids), batch):
        records = db.session.scalars(wanted, {"ids": ids[start : start + batch]})
        yield [from_record(record) for record in records]


def live_count() -> int:
    """How many services are live."""
    return db.session.scalar(live(func.count())) or 0


def current_sequence() -> int:
    """The number of the newest publication; 0 before the first."""
    return db.session.scalar(select(func.max(Publication.sequence))) or 0


def changes_since(sequence: int) -> Changes:
    """What was published after this sequence. What is published meanwhile may be given again next time."""
    now = current_sequence()
    if now <= sequence:
        return Changes(now, [], [])
    newer = live(ServiceVersion.record).join(_made, ServiceVersion.published_in == _made.id).where(_made.sequence > sequence)
    records = db.session.scalars(newer).all()
    retired = (
        select(ServiceVersion.service_id)
        .join(_made, ServiceVersion.published_in == _made.id)
        .join(_ended, ServiceVersion.retired_in == _ended.id)
        .where(_made.sequence.is_not(None), _ended.sequence > sequence)
    )
    still_live = live(ServiceVersion.service_id)
    gone = db.session.scalars(retired.where(ServiceVersion.service_id.not_in(still_live)).distinct()).all()
    return Changes(now, [from_record(record) for record in records], list(gone))


def providing(
    alternatives: Collection[str], council: str | None, near: Point | None, each: int = 3
) -> dict[str, list[tuple[LiveService, float | None]]]:
    """For each alternative the services that provide it, with the distance in kilometres to the nearest site.

    Only active ones: those that serve the council's area and national ones; without a council, those around `near`.
    Accepting referrals come first, then the nearest.
    """
    found = _shelf(council) if council else _candidates(None, alternatives)
    chosen = {
        alternative: nearest_first(found.get(alternative, ()), near, anywhere=council is not None)[:each] for alternative in alternatives
    }
    services = by_ids({service_id for pairs in chosen.values() for service_id, _ in pairs})
    return {alternative: [(services[key], km) for key, km in pairs if key in services] for alternative, pairs in chosen.items()}


def _shelf(council: str) -> dict[str, list[Candidate]]:
    """A council's candidates, kept by each process until something new is published: they are asked for in every answer."""
    newest = select(Publication.sequence, Publication.published_at).where(Publication.sequence.is_not(None))
    now = db.session.execute(newest.order_by(Publication.sequence.desc()).limit(1)).first()
    kept: tuple[Any, dict[str, dict[str, list[Candidate]]]] = current_app.extensions.get("directory_shelf", ("", {}))
    if kept[0] != now:
        kept = (now, {})
        current_app.extensions["directory_shelf"] = kept
    if council not in kept[1]:
        kept[1][council] = _candidates(council, None)
    return kept[1][council]


def _candidates(council: str | None, alternatives: Collection[str] | None) -> dict[str, list[Candidate]]:
    """What provides each alternative, for a council's area or, without one, everywhere."""
    wanted = live(
        ServiceAlternative.alternative,
        ServiceVersion.service_id,
        ServiceVersion.name,
        ServiceVersion.accepting,
        ServiceVersion.positions,
        _serves(ENGLAND).label("national"),
        ServiceVersion.record["district_codes"].label("districts"),
    ).join(ServiceAlternative, ServiceAlternative.version_id == ServiceVersion.id)
    wanted = wanted.where(ServiceVersion.status == "active")
    if alternatives is not None:
        wanted = wanted.where(ServiceAlternative.alternative.in_(alternatives))
    if council:
        wanted = wanted.where(or_(_serves(council), _serves(ENGLAND)))
    found: dict[str, list[Candidate]] = defaultdict(list)
    for row in db.session.execute(wanted):
        found[row.alternative].append(Candidate(row.service_id, row.name, row.accepting, row.positions, row.national, row.districts or ()))
    return dict(found)


def counts(council: str) -> dict[str, int]:
    """How many services serve a council's area, national ones apart, and how much their entries say."""
    checked_since = date.today() - CHECKED_LATELY
    measures: dict[str, ColumnElement[bool]] = {
        "active": ServiceVersion.status == "active",
        "temporarily_closed": ServiceVersion.status == "temporarily closed",
        "accepting": and_(ServiceVersion.status == "active", ServiceVersion.accepting.is_(True)),
        "not_accepting": and_(ServiceVersion.status == "active", ServiceVersion.accepting.is_(False)),
        "checked_in_a_year": and_(ServiceVersion.status == "active", ServiceVersion.assured_on >= checked_since),
        "check_not_dated": and_(ServiceVersion.status == "active", ServiceVersion.assured_on.is_(None)),
    }
    columns = [func.count(case((condition, 1))).label(name) for name, condition in measures.items()]
    row = db.session.execute(live(func.count().label("services"), *columns).where(_serves(council))).one()
    return dict(row._mapping)


def data_age() -> date | None:
    """The day on which the directory last changed; None while it is empty."""
    published_at: datetime | None = db.session.scalar(select(func.max(Publication.published_at)))
    return published_at.date() if published_at else None


def _serves(code: str) -> ColumnElement[bool]:
    return select(ServiceArea.version_id).where(ServiceArea.version_id == ServiceVersion.id, ServiceArea.council_code == code).exists()
