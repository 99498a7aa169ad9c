"""A service anew from what its source last said, with what editors say laid over it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.directory import catalogue, terms
from app.directory.amending import amended
from app.directory.importing import mapped
from app.directory.models import Publication, ServiceVersion
from app.directory.record import Reading, Setting, read
from app.directory.staging import Staged, prepared
from app.extensions import db
from app.places.queries import council_as_it_was, district_council, heirs, locate


def setting_of(source: str, council: str | None, *, own: bool) -> Setting:
    """What a record is read against today; `source` and `council` are for those that name none, with `own` for all."""
    return Setting(source, council, date.today(), locate, council_of, heirs, own)


def council_of(code: str) -> str | None:
    """The council with social care duties for a district's or council's GSS code, or None. One that has ended is itself: what
    it has become can be another for each service."""
    return code if council_as_it_was(code) or heirs(code) else district_council(code)


def as_its_source_says(version: ServiceVersion) -> Reading | None:
    """The service without any amendment; None where what its source said is not kept any more."""
    if not version.original:
        return None
    return read(json.loads(version.original), setting_of(version.source, version.council_code, own=True))


def newest_published(service_id: str) -> ServiceVersion | None:
    """What was last published of a service, though it may be gone."""
    published = select(Publication.id).where(Publication.sequence.is_not(None))
    newest = select(ServiceVersion).where(ServiceVersion.service_id == service_id, ServiceVersion.published_in.in_(published))
    return db.session.scalar(newest.order_by(ServiceVersion.id.desc()).limit(1))


def restated(reading: Reading, says: Sequence[Mapping[str, Any]]) -> Staged | None:
    """The service as it is to be published with these amendments; None where they take it out."""
    as_given = mapped(reading, catalogue.load(current_app.config["CONTENT_DIR"]), terms.in_force())
    service = amended(as_given, says)
    return prepared(reading, as_given, service, 0) if service else None
