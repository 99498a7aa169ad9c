"""What editors do. A change is a draft until it is approved; then it is live at once and holds until it is undone."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import Deed, note
from app.content.messages import say
from app.directory import amendments, catalogue, staging
from app.directory.actions import council_of
from app.directory.amending import WITHDRAWN, amended, refuse_unknown
from app.directory.importing import mapped
from app.directory.models import Publication, ServiceAmendment, ServiceVersion
from app.directory.publishing import Refused, go_live, in_turn
from app.directory.queries import live
from app.directory.record import Reading, Setting, read
from app.extensions import db
from app.places.queries import locate
from app.tenancy import EVERYTHING, acting

DESK = "desk"
"""The feed of what editors publish."""
DRAFT, APPROVED, REFUSED, UNDONE = "draft", amendments.APPROVED, "refused", "undone"


def draft(*, service_id: str | None, council: str | None, says: Mapping[str, Any], by: str) -> str:
    """Keep a change of a service, or a new one where `service_id` is None, until somebody approves it. Returns the draft's id."""
    refuse_unknown(says)
    with db.writing() as session:
        now = datetime.now(UTC)
        row = ServiceAmendment(service_id=service_id or str(uuid4()), council_code=council, state=DRAFT, says=dict(says), drafted_at=now)
        session.add(row)
        session.flush()
        note(by=by, what=Deed.SERVICE_DRAFTED, about=trail_name(row.id), council=council)
        return row.id


def approve(*, amendment_id: str, by: str) -> int | None:
    """Let a draft hold. Returns the new place in the sequence, None where the directory stays as it is. Raises Refused."""

    def work(session: Session) -> int | None:
        row = _in_state(amendment_id, DRAFT)
        row.state, row.settled_at = APPROVED, datetime.now(UTC)
        row.instead_of = _standing(row)
        place = _restate(session, row)
        note(by=by, what=Deed.SERVICE_AMENDED, about=trail_name(row.id), council=row.council_code)
        return place

    return in_turn(work)


def refuse(*, amendment_id: str, by: str) -> None:
    """Lay a draft aside. Raises Refused."""
    with db.writing():
        row = _in_state(amendment_id, DRAFT)
        row.state, row.settled_at = REFUSED, datetime.now(UTC)
        note(by=by, what=Deed.SERVICE_DRAFT_REFUSED, about=trail_name(row.id), council=row.council_code)


def undo(*, amendment_id: str, by: str) -> int | None:
    """End an approved change: the service is again what its source and the other amendments say. Raises Refused."""

    def work(session: Session) -> int | None:
        row = _in_state(amendment_id, APPROVED)
        row.state, row.undone_at = UNDONE, datetime.now(UTC)
        place = _restate(session, row)
        note(by=by, what=Deed.SERVICE_AMENDMENT_UNDONE, about=trail_name(row.id), council=row.council_code)
        return place

    return in_turn(work)


def withdraw(*, service_id: str, by: str) -> int:
    """Take a live service out at once, whoever lists it, until this is undone. Returns the new place in the sequence. Raises Refused."""

    def work(session: Session) -> int:
        version = session.scalar(live(ServiceVersion).where(ServiceVersion.service_id == service_id))
        if version is None:
            raise Refused(say("withdraw.not_live", service_id=service_id))
        now = datetime.now(UTC)
        row = ServiceAmendment(
            service_id=service_id, council_code=version.council_code, state=APPROVED, says={WITHDRAWN: True}, instead_of={},
            drafted_at=now, settled_at=now,
        )  # fmt: skip
        session.add(row)
        place = _restate(session, row)
        assert place is not None
        note(by=by, what=Deed.SERVICE_WITHDRAWN, about=service_id, council=row.council_code)
        return place

    return in_turn(work)


def restore(*, service_id: str, by: str) -> int:
    """Undo a withdrawal. Returns the new place in the sequence. Raises Refused where nothing was withdrawn or nothing of it is kept."""
    with acting(EVERYTHING):
        held = select(ServiceAmendment).where(ServiceAmendment.service_id == service_id, ServiceAmendment.state == APPROVED)
        withdrawals = [row.id for row in db.session.scalars(held) if row.says.get(WITHDRAWN)]
    if not withdrawals:
        raise Refused(say("withdraw.not_withdrawn", service_id=service_id))
    place = [undo(amendment_id=one, by=by) for one in withdrawals][-1]
    if place is None:
        raise Refused(say("withdraw.not_kept", service_id=service_id))
    return place


def trail_name(amendment_id: str) -> str:
    """What an amendment is called in the audit trail."""
    return f"amendment:{amendment_id}"


def _in_state(amendment_id: str, state: str) -> ServiceAmendment:
    row = db.session.get(ServiceAmendment, amendment_id)
    if row is None:
        raise Refused(say("desk.unknown"))
    if row.state != state:
        raise Refused(say("desk.settled"))
    return row


def _standing(row: ServiceAmendment) -> dict[str, Any]:
    """What the directory says now in the fields that an amendment changes."""
    version = db.session.scalar(live(ServiceVersion).where(ServiceVersion.service_id == row.service_id))
    return {name: version.record[name] for name in row.says if name in version.record} if version else {}


def _restate(session: Session, row: ServiceAmendment) -> int | None:
    """Make the live version what the source and all amendments now say, in the transaction that changed them."""
    session.flush()
    before = session.scalar(live(ServiceVersion).where(ServiceVersion.service_id == row.service_id))
    reading = _as_its_source_says(row)
    after = _as_amended(reading, row.service_id) if reading else None
    if (before.fingerprint if before else None) == (after.fingerprint if after else None):
        return None
    publication = Publication(feed=DESK, started_by=DESK, started_at=datetime.now(UTC), counts={"held": 0})
    session.add(publication)
    session.flush()
    if after:
        staging.stage(publication.id, [after], [])
    elif before:
        staging.retire(publication.id, [before.id])
    return go_live(publication)


def _as_amended(reading: Reading, service_id: str) -> staging.Staged | None:
    as_given = mapped(reading, catalogue.load(current_app.config["CONTENT_DIR"]))
    service = amended(as_given, amendments.of_service(service_id))
    return staging.prepared(reading, as_given, service, 0) if service else None


def _as_its_source_says(row: ServiceAmendment) -> Reading | None:
    """The service without any amendment, from what its source last said; None where that is not kept any more. One that was
    added at the desk has no source but its council."""
    published = select(Publication.id).where(Publication.sequence.is_not(None))
    newest = select(ServiceVersion).where(ServiceVersion.service_id == row.service_id, ServiceVersion.published_in.in_(published))
    version = db.session.scalar(newest.order_by(ServiceVersion.id.desc()).limit(1))
    if version is None:
        return _added(row)
    if not version.original:
        return None
    return read(json.loads(version.original), Setting(version.source, version.council_code, date.today(), locate, council_of))


def _added(row: ServiceAmendment) -> Reading | None:
    name = next((says["name"] for says in amendments.of_service(row.service_id) if says.get("name")), None)
    if name is None or row.council_code is None:
        return None
    raw = {"id": row.service_id, "name": name, "status": "active", "service_areas": [{"extent": row.council_code}]}
    source = {"source": f"{DESK} {row.council_code}", "source_id": row.service_id}
    return read(raw | source, Setting(DESK, row.council_code, date.today(), locate, council_of))
