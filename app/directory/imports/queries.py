"""What a council's imports are about to change, and what past ones changed."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Select, and_, func, null, or_, select
from sqlalchemy.orm import aliased

from app.audit import queries as audit
from app.audit.actions import Deed
from app.directory import catalogue
from app.directory.actions import trail_name
from app.directory.findings import Verdict
from app.directory.imports.actions import term_trail_name
from app.directory.models import CouncilFeed, CouncilTerm, Publication, ServiceTerm, ServiceVersion
from app.directory.oruk import ids
from app.directory.queries import live
from app.directory.report import kept_of
from app.extensions import db
from app.tenancy import EVERYTHING, acting

A_PAGE = 25
LONGEST_ID = 9
"""Digits of a publication's id."""


class Kind(StrEnum):
    """What can be listed of an import."""

    NEW = "new"
    CHANGED = "changed"
    VANISHED = "vanished"
    REJECTED = "rejected"
    REPAIRED = "repaired"
    NOTED = "noted"


OF_THE_REPORT = {Kind.REJECTED: Verdict.REJECT, Kind.REPAIRED: Verdict.REPAIR, Kind.NOTED: Verdict.ACCEPT}
"""Kinds that are rows of the report, and with which verdict. Those noted were taken as they are."""


@dataclass(frozen=True)
class Import:
    """One import of a council's feed. `published_at` is empty while it waits; `name` is the feed's, without the council."""

    id: int
    name: str
    started_by: str
    started_at: datetime
    published_at: datetime | None
    counts: Mapping[str, int]
    published_by: str = ""

    @property
    def waits(self) -> bool:
        """Whether it can be published or thrown away."""
        return self.published_at is None


@dataclass(frozen=True)
class Row:
    """A service that is new, changed or gone: its record before and after, None where there is none."""

    service_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def waiting(council: str) -> list[Import]:
    """The imports that wait to be looked at, the newest first."""
    rows = db.session.scalars(_of(council).where(Publication.sequence.is_(None)).order_by(Publication.id.desc()))
    return [_import(row, {}) for row in rows if row.counts]


def past(council: str, page: int) -> tuple[list[Import], int]:
    """A page of the imports that were published, the newest first, and how many there are."""
    published = _of(council).where(Publication.sequence.is_not(None))
    rows = db.session.scalars(published.order_by(Publication.sequence.desc()).limit(A_PAGE).offset((page - 1) * A_PAGE)).all()
    with acting(EVERYTHING):
        by = {entry.about: entry.by for entry in audit.entries(what=Deed.DIRECTORY_PUBLISHED, council=council, limit=10 * A_PAGE * page)}
    return [_import(row, by) for row in rows], db.session.scalar(select(func.count()).select_from(published.subquery())) or 0


def import_or_none(council: str, identity: str) -> Import | None:
    """A complete import of the council's, by its id as it stands in an address."""
    if not (identity.isascii() and identity.isdigit() and len(identity) <= LONGEST_ID):
        return None
    row = db.session.scalar(_of(council).where(Publication.id == int(identity)))
    if row is None or not row.counts:
        return None
    with acting(EVERYTHING):
        by = {entry.about: entry.by for entry in audit.entries(of=trail_name(row.id), what=Deed.DIRECTORY_PUBLISHED)}
    return _import(row, by)


def speaks_of_others(council: str, publication_id: int) -> bool:
    """Whether an import would change services that are not this council's own."""
    its = or_(ServiceVersion.published_in == publication_id, ServiceVersion.retired_in == publication_id)
    others = or_(ServiceVersion.council_code.is_(None), ServiceVersion.council_code != council)
    return db.session.scalar(select(ServiceVersion.id).where(its, others).limit(1)) is not None


@dataclass(frozen=True)
class Feed:
    """A feed that the council has named. `asked` while a pull is asked for or runs; `result` is a closed word for what came of the last."""

    id: str
    name: str
    address: str
    nightly: bool
    publish_by_itself: bool
    asked: bool
    pulled_at: datetime | None
    result: str
    counts: Mapping[str, int]


def feeds(council: str) -> list[Feed]:
    """The feeds that the council has named, by address."""
    rows = db.session.scalars(select(CouncilFeed).where(CouncilFeed.council_code == council).order_by(CouncilFeed.address))
    return [_feed(row) for row in rows]


def feed_or_none(council: str, identity: str) -> Feed | None:
    """One of the council's feeds."""
    row = db.session.scalar(select(CouncilFeed).where(CouncilFeed.council_code == council, CouncilFeed.id == identity))
    return _feed(row) if row else None


def _feed(row: CouncilFeed) -> Feed:
    name = row.name.partition(":")[2]
    return Feed(
        row.id, name, row.address, row.nightly, row.publish_by_itself, row.asked_at is not None, row.pulled_at, row.result, row.counts
    )  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A term that the reviewed mapping does not know: how many of the council's live services carry it, and the names of one or two.
    Where the council has said what it stands for: which alternatives, who said so, and when."""

    id: str
    vocabulary: str
    name: str
    services: int = 0
    examples: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    by: str = ""
    said_at: datetime | None = None


def unmapped(council: str) -> list[Term]:
    """The terms of the council's live services for which nobody has set an alternative, the most common first."""
    first, last = func.min(ServiceVersion.name), func.max(ServiceVersion.name)
    wanted = live(ServiceTerm.id, ServiceTerm.vocabulary, ServiceTerm.name, func.count().label("services"), first, last)
    wanted = wanted.join(ServiceTerm, ServiceTerm.version_id == ServiceVersion.id).where(ServiceVersion.council_code == council)
    rows = db.session.execute(wanted.group_by(ServiceTerm.id, ServiceTerm.vocabulary, ServiceTerm.name)).all()
    types, known = catalogue.load(current_app.config["CONTENT_DIR"]), {one.id for one in said(council)}
    found = [Term(row.id, row.vocabulary, row.name, row.services, tuple(dict.fromkeys(row[4:]))) for row in rows if row.id not in known]
    return sorted((one for one in found if not types.knows((one.vocabulary, one.name))), key=lambda one: (-one.services, one.name))


def said(council: str) -> list[Term]:
    """What the council has said of terms, by term."""
    rows = db.session.scalars(select(CouncilTerm).where(CouncilTerm.council_code == council).order_by(CouncilTerm.term)).all()
    with acting(EVERYTHING):
        by = {entry.about: entry.by for entry in reversed(audit.entries(what=Deed.TERM_MAPPED, council=council, limit=10_000))}
    return [
        Term(
            ids.of_term(row.vocabulary, row.term), row.vocabulary, row.term, alternatives=tuple(row.alternatives),
            by=by.get(term_trail_name(row.id), ""), said_at=row.said_at,
        )
        for row in rows
    ]  # fmt: skip


def term_or_none(council: str, identity: str) -> Term | None:
    """A term of which the council may say what it stands for."""
    return next((one for one in (*said(council), *unmapped(council)) if one.id == identity), None)


def services(publication_id: int, kind: Kind, page: int) -> tuple[list[Row], int]:
    """A page of the services that are new, changed or gone, by name, and how many there are."""
    wanted = _SERVICES[kind](publication_id)
    rows = db.session.execute(wanted.order_by(ServiceVersion.name, ServiceVersion.id).limit(A_PAGE).offset((page - 1) * A_PAGE))
    return [Row(*row) for row in rows], db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def findings(publication_id: int, kind: Kind, page: int) -> tuple[list[dict[str, str]], int]:
    """A page of the report's rows of one kind in the feed's order, and how many there are; none where no report is kept."""
    rows = list(_with_verdict(kept_of(publication_id), OF_THE_REPORT[kind]))
    return list(islice(rows, (page - 1) * A_PAGE, page * A_PAGE)), len(rows)


def _with_verdict(report: Path, verdict: Verdict) -> Iterator[dict[str, str]]:
    if not report.exists():
        return
    with report.open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["verdict"] == verdict)


def _of(council: str) -> Select[Publication]:
    return select(Publication).where(Publication.feed.startswith(f"{council}:", autoescape=True))


def _import(row: Publication, published_by: Mapping[str, str]) -> Import:
    name, by = row.feed.partition(":")[2], published_by.get(trail_name(row.id), "")
    return Import(row.id, name, row.started_by, row.started_at, row.published_at, row.counts, by)


_NOTHING = null().label("no_record")
_other = aliased(ServiceVersion)
_SAME = and_(_other.source == ServiceVersion.source, _other.source_id == ServiceVersion.source_id)


def _new(publication_id: int) -> Select[Any]:
    before = select(_other.id).where(_SAME, _other.retired_in == publication_id).correlate(ServiceVersion).exists()
    wanted = select(ServiceVersion.service_id, _NOTHING, ServiceVersion.record.label("after"))
    return wanted.where(ServiceVersion.published_in == publication_id, ~before)


def _changed(publication_id: int) -> Select[Any]:
    wanted = select(ServiceVersion.service_id, _other.record.label("before"), ServiceVersion.record.label("after")).join(_other, _SAME)
    return wanted.where(ServiceVersion.published_in == publication_id, _other.retired_in == publication_id)


def _vanished(publication_id: int) -> Select[Any]:
    after = select(_other.id).where(_SAME, _other.published_in == publication_id).correlate(ServiceVersion).exists()
    wanted = select(ServiceVersion.service_id, ServiceVersion.record.label("before"), _NOTHING)
    return wanted.where(ServiceVersion.retired_in == publication_id, ~after)


_SERVICES = {Kind.NEW: _new, Kind.CHANGED: _changed, Kind.VANISHED: _vanished}
