"""Writing what an import read, a batch at a time, where nobody sees it yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, cast

import orjson
from sqlalchemy import CursorResult, Row, Table, and_, delete, func, insert, or_, select, update

from app.directory.findings import Fault
from app.directory.models import Publication, ServiceAlternative, ServiceArea, ServiceHours, ServiceSite, ServiceTerm, ServiceVersion
from app.directory.oruk import ids
from app.directory.queries import live
from app.directory.record import Reading
from app.directory.report import forget
from app.directory.service import ENGLAND, LiveService, to_record
from app.extensions import Base, db

BATCH = 500
DISCARDED_AT_ONCE = 2_000
_PARTS = (ServiceArea, ServiceAlternative, ServiceTerm, ServiceHours, ServiceSite)
_VERSION = cast(Table, ServiceVersion.__table__)
_ADD_VERSIONS = insert(_VERSION)
_ADD_PARTS = {part: insert(cast(Table, part.__table__)) for part in _PARTS}
"""Of tables, not of classes: going by the classes costs more for each row than writing it."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A service that is ready to be written, with what tells whether it has changed."""

    service: LiveService
    record: dict[str, Any]
    fingerprint: str
    reading: Reading
    line: int


def prepared(reading: Reading, as_given: LiveService, service: LiveService, line: int) -> Staged:
    """The service as it will be stored; `as_given` is what its source says, which counts as a change even where an amendment hides
    it, so that undoing the amendment shows it. Its terms' vocabularies and its hours, which only its parts keep, count too; when the
    feed last touched it does not.
    """
    record = to_record(service)
    telling = [_telling(record, reading)] if service == as_given else [_telling(record, reading), _telling(to_record(as_given), reading)]
    fingerprint = blake2b(b"\n".join(telling), digest_size=16).hexdigest()
    return Staged(service, record, fingerprint, reading, line)


def _telling(record: dict[str, Any], reading: Reading) -> bytes:
    telling = {name: value for name, value in record.items() if name != "modified_on"}
    return orjson.dumps(telling | {"terms": reading.terms, "hours": [*map(tuple, reading.hours)]}, option=orjson.OPT_SORT_KEYS)


def begin(feed: str, by: str) -> int:
    """Clear what earlier imports of this feed left unpublished, and open a publication. Returns its id."""
    left = select(Publication.id).where(Publication.feed == feed, Publication.sequence.is_(None))
    for publication_id in db.session.scalars(left).all():
        discard(publication_id)
    with db.writing() as session:
        publication = Publication(feed=feed, started_by=by, started_at=datetime.now(UTC), counts={})
        session.add(publication)
        session.flush()
        return publication.id


def discard(publication_id: int) -> None:
    """Take back everything that was staged under an unpublished publication, a part at a time so that others can write."""
    with db.writing() as session:
        unpublished = (Publication.id == publication_id, Publication.sequence.is_(None))
        marked = session.execute(update(Publication).where(*unpublished).values(counts={}))
        if not cast(CursorResult[Any], marked).rowcount:
            return
    for column, clear in ((ServiceVersion.published_in, _delete), (ServiceVersion.retired_in, _revive)):
        part = select(ServiceVersion.id).where(column == publication_id).limit(DISCARDED_AT_ONCE)
        while ids := db.session.scalars(part).all():
            with db.writing():
                clear(ids)
    forget(publication_id)
    with db.writing() as session:
        session.execute(delete(Publication).where(Publication.id == publication_id))


def _delete(version_ids: Sequence[int]) -> None:
    for table in _PARTS:
        db.session.execute(delete(table).where(table.version_id.in_(version_ids)))
    db.session.execute(delete(ServiceVersion).where(ServiceVersion.id.in_(version_ids)))


def _revive(version_ids: Sequence[int]) -> None:
    db.session.execute(update(ServiceVersion).where(ServiceVersion.id.in_(version_ids)).values(retired_in=None))


@dataclass(frozen=True, slots=True)
class Known:
    """A live version that a staged one is held against."""

    version_id: int
    service_id: str
    source: str
    source_id: str
    fingerprint: str


def live_versions(batch: Sequence[Staged]) -> list[Known]:
    """The live versions with the same source and source_id, or the same id, as any of the batch."""
    sources: dict[str, set[str]] = {}
    for staged in batch:
        sources.setdefault(staged.service.source, set()).add(staged.service.source_id)
    same_key = or_(*(and_(ServiceVersion.source == source, ServiceVersion.source_id.in_(ids)) for source, ids in sources.items()))
    same_id = ServiceVersion.service_id.in_({staged.service.id for staged in batch})
    columns = (ServiceVersion.id, ServiceVersion.service_id, ServiceVersion.source, ServiceVersion.source_id, ServiceVersion.fingerprint)
    found = {row.id: Known(*row) for condition in (same_key, same_id) for row in db.session.execute(live(*columns).where(condition))}
    return list(found.values())


def stage(publication_id: int, batch: Sequence[Staged], again: Iterable[str]) -> None:
    """Write those of the batch that are new or changed; of the ids in `again` what was staged before is replaced.

    A service whose id belongs to another source's live service is refused.
    """
    known = live_versions(batch)
    by_key = {(version.source, version.source_id): version for version in known}
    by_id = {version.service_id: version for version in known}
    rows, kept, retired = [], [], []
    for staged in batch:
        service = staged.service
        before = by_key.get((service.source, service.source_id))
        holder = by_id.get(service.id)
        if holder and holder.source != service.source:
            staged.reading.notes.note(Fault.ID_TAKEN, "id", holder.source)
            continue
        retired += [version.version_id for version in {before, holder} if version and version.fingerprint != staged.fingerprint]
        if before is None or before.fingerprint != staged.fingerprint:
            rows.append(_row(publication_id, staged))
            kept.append(staged)
    with db.writing() as session:
        _take_back(publication_id, list(again))
        if retired:
            session.execute(update(ServiceVersion).where(ServiceVersion.id.in_(retired)).values(retired_in=publication_id))
        if rows:
            session.execute(_ADD_VERSIONS, rows)
            _add_parts(_numbered(publication_id, kept))


def _numbered(publication_id: int, kept: Sequence[Staged]) -> list[tuple[int, Staged]]:
    """What was just written with its numbers. Asked for afterwards: a database that tells them while it writes takes longer over both."""
    versions = _versions_of([staged.service.id for staged in kept])
    numbers = {row.service_id: row.id for row in versions if row.published_in == publication_id}
    return [(numbers[staged.service.id], staged) for staged in kept]


def _versions_of(service_ids: Sequence[str]) -> Sequence[Row[int, str, int, int | None]]:
    """All versions of these services. Asked for by the services alone: given the publication too, SQLite goes through all of that, and
    every batch takes longer than the one before."""
    columns = (ServiceVersion.id, ServiceVersion.service_id, ServiceVersion.published_in, ServiceVersion.retired_in)
    return db.session.execute(select(*columns).where(ServiceVersion.service_id.in_(service_ids))).all()


def _row(publication_id: int, staged: Staged) -> dict[str, Any]:
    service = staged.service
    return {
        "service_id": service.id,
        "source": service.source,
        "source_id": service.source_id,
        "published_in": publication_id,
        "retired_in": None,
        "council_code": service.council_code,
        "name": service.name,
        "status": service.status,
        "accepting": service.accepting,
        "assured_on": service.assured_on,
        "positions": [[site.lat, site.lon] for site in service.sites if site.lat is not None],
        "fingerprint": staged.fingerprint,
        "record": staged.record,
        "original": staged.reading.original,
    }


def _add_parts(versions: list[tuple[int, Staged]]) -> None:
    for part, add in _ADD_PARTS.items():
        rows = [{"version_id": number} | row for number, staged in versions for row in _parts(part, staged)]
        if rows:
            db.session.execute(add, rows)


def _parts(table: type[Base], staged: Staged) -> list[dict[str, Any]]:
    """The rows that one service has in a table beside its own."""
    service, reading = staged.service, staged.reading
    if table is ServiceArea:
        return [{"council_code": code} for code in (*service.council_codes, *([ENGLAND] if service.national else []))]
    if table is ServiceAlternative:
        return [{"alternative": name} for name in service.alternatives]
    if table is ServiceTerm:
        terms = [(ids.of_term(*term), ids.of_vocabulary(term[0]), *term) for term in reading.terms]
        return [dict(zip(("id", "vocabulary_id", "vocabulary", "name"), term, strict=True)) for term in terms]
    if table is ServiceHours:
        return [{"number": number} | hours._asdict() for number, hours in enumerate(reading.hours)]
    places = [(site.lat, site.lon) for site in service.sites] + ([(None, None)] if service.online else [])
    return [
        {"number": number, "id": ids.of_part(service.id, "at", number), "lat": lat, "lon": lon} for number, (lat, lon) in enumerate(places)
    ]


def _take_back(publication_id: int, service_ids: list[str]) -> None:
    """Undo what this publication staged for these services, so that a newer record can take its place."""
    if service_ids:
        versions = _versions_of(service_ids)
        _revive([row.id for row in versions if row.retired_in == publication_id])
        _delete([row.id for row in versions if row.published_in == publication_id])


def retire(publication_id: int, version_ids: Sequence[int]) -> None:
    """Let these live versions end with the publication."""
    for start in range(0, len(version_ids), BATCH):
        with db.writing() as session:
            wanted = ServiceVersion.id.in_(version_ids[start : start + BATCH])
            session.execute(update(ServiceVersion).where(wanted).values(retired_in=publication_id))


def tally(publication_id: int) -> tuple[int, int, int]:
    """How many services of a publication are new, changed and ended. A changed one is both written and ended."""
    written = select(ServiceVersion.source, ServiceVersion.source_id).where(ServiceVersion.published_in == publication_id)
    ended = select(ServiceVersion.source, ServiceVersion.source_id).where(ServiceVersion.retired_in == publication_id)
    written_too = written.intersect(ended)  # Each side is read once; a join would look through one for every row of the other.
    made, gone, changed = (
        db.session.scalar(select(func.count()).select_from(query.subquery())) or 0 for query in (written, ended, written_too)
    )
    return made - changed, changed, gone - changed
