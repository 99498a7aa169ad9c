"""What editors do. A change is a draft until it is approved; then it is live at once and holds until it is undone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import Deed, note
from app.content.messages import say
from app.directory import amendments, staging
from app.directory.amending import APART_FROM, MERGED_INTO, WITHDRAWN, refuse_unknown
from app.directory.models import Publication, ServiceAmendment, ServiceVersion
from app.directory.publishing import Refused, go_live, in_turn, one_at_a_time
from app.directory.queries import live, service_or_none
from app.directory.record import Reading, read
from app.directory.restating import as_its_source_says, newest_published, restated, setting_of
from app.extensions import db
from app.tenancy import EVERYTHING, acting

DESK = "desk"
"""The feed of what editors publish."""
DRAFT, APPROVED, REFUSED, UNDONE = "draft", amendments.APPROVED, "refused", "undone"


def draft(*, service_id: str | None, council: str | None, says: Mapping[str, Any], by: str) -> str:
    """Keep a change of a service, or a new one where `service_id` is None, until somebody approves it. Returns the draft's id: where
    the same change waits already, that one's."""
    refuse_unknown(says)
    as_kept = json.loads(json.dumps(says))
    with db.writing() as session:
        one_at_a_time(session)
        waiting = select(ServiceAmendment).where(ServiceAmendment.service_id == service_id, ServiceAmendment.council_code == council)
        for same in session.scalars(waiting.where(ServiceAmendment.state == DRAFT)):
            if same.says == as_kept:
                return same.id
        now = datetime.now(UTC)
        row = ServiceAmendment(service_id=service_id or str(uuid4()), council_code=council, state=DRAFT, says=as_kept, drafted_at=now)
        session.add(row)
        session.flush()
        note(by=by, what=Deed.SERVICE_DRAFTED, about=trail_name(row.id), council=council)
        return row.id


def merge(*, kept: str, other: str, says: Mapping[str, Any], council: str, by: str) -> str:
    """Drafts that withdraw a service in favour of another, and change the kept one as it says. Returns the withdrawal's id."""
    with db.writing():
        if says:
            draft(service_id=kept, council=council, says=says, by=by)
        return draft(service_id=other, council=council, says={WITHDRAWN: True, MERGED_INTO: kept}, by=by)


def keep_apart(*, service_id: str, other: str, council: str, by: str) -> None:
    """Remember that two services are two, until it is undone. Saying so again changes nothing."""
    with db.writing() as session:
        held = select(ServiceAmendment).where(ServiceAmendment.service_id == service_id, ServiceAmendment.state == APPROVED)
        if any(row.says == {APART_FROM: other} for row in session.scalars(held)):
            return
        now = datetime.now(UTC)
        row = ServiceAmendment(
            service_id=service_id, council_code=council, state=APPROVED, says={APART_FROM: other}, drafted_at=now, settled_at=now
        )
        session.add(row)
        session.flush()
        note(by=by, what=Deed.SERVICE_AMENDED, about=trail_name(row.id), council=council)


def approve(*, amendment_id: str, by: str) -> int | None:
    """Let a draft hold. Returns the new place in the sequence, None where the directory stays as it is. Raises Refused."""
    return in_turn(lambda session: _approve(session, [amendment_id], by))


def approve_all(*, amendment_ids: Sequence[str], by: str) -> int | None:
    """The same of several drafts, all from one moment on: the new place in the sequence, or None. Raises Refused, and then none holds."""
    return in_turn(lambda session: _approve(session, amendment_ids, by))


def change_all(*, says: Mapping[str, Mapping[str, Any]], council: str, by: str, approved: bool) -> None:
    """Keep changes of several services, by their ids, as drafts; where `approved`, all of them hold from one moment on. Raises Refused."""

    def work(session: Session) -> None:
        drafts = [draft(service_id=service_id, council=council, says=one, by=by) for service_id, one in says.items()]
        if approved:
            _approve(session, drafts, by)

    in_turn(work)


def _approve(session: Session, amendment_ids: Sequence[str], by: str) -> int | None:
    rows = [_in_state(one, DRAFT) for one in amendment_ids]
    for row in rows:
        if MERGED_INTO in row.says and not service_or_none(row.says[MERGED_INTO]):
            raise Refused(say("desk.kept_is_gone"))
        row.state, row.settled_at = APPROVED, datetime.now(UTC)
        row.instead_of = _standing(row)
    place = _restate(session, rows)
    for row in rows:
        note(by=by, what=Deed.SERVICE_AMENDED, about=trail_name(row.id), council=row.council_code)
    return place


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
        place = _restate(session, [row])
        note(by=by, what=Deed.SERVICE_AMENDMENT_UNDONE, about=trail_name(row.id), council=row.council_code)
        return place

    return in_turn(work)


def withdraw(*, service_id: str, by: str) -> int:
    """Take a live service out at once, whoever lists it, until this is undone. Returns the new place in the sequence. Raises Refused."""

    def work(session: Session) -> int:
        row = _approved_at_once(session, _live_version(service_id), {WITHDRAWN: True})
        place = _restate(session, [row])
        assert place is not None
        note(by=by, what=Deed.SERVICE_WITHDRAWN, about=trail_name(row.id), council=row.council_code)
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


def confirm(*, service_id: str, by: str) -> None:
    """Record that a live service's entry was checked today and is still right. Saying so again on the same day changes nothing.
    Raises Refused where it is not live."""
    in_turn(lambda session: confirm_inside(session, service_id=service_id, by=by))


def confirm_inside(session: Session, *, service_id: str, by: str) -> None:
    """The same in a transaction of the caller's, who has it in its turn."""
    version = _live_version(service_id)
    if version.assured_on == date.today():
        return
    row = _approved_at_once(session, version, {"assured_on": date.today().isoformat()})
    _restate(session, [row])
    note(by=by, what=Deed.SERVICE_CONFIRMED, about=trail_name(row.id), council=row.council_code)


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


def _live_version(service_id: str) -> ServiceVersion:
    version: ServiceVersion | None = db.session.scalar(live(ServiceVersion).where(ServiceVersion.service_id == service_id))
    if version is None:
        raise Refused(say("withdraw.not_live", service_id=service_id))
    return version


def _approved_at_once(session: Session, version: ServiceVersion, says: Mapping[str, Any]) -> ServiceAmendment:
    now = datetime.now(UTC)
    row = ServiceAmendment(
        service_id=version.service_id, council_code=version.council_code, state=APPROVED, says=dict(says), drafted_at=now, settled_at=now,
        instead_of={name: version.record[name] for name in says if name in version.record},
    )  # fmt: skip
    session.add(row)
    return row


def _standing(row: ServiceAmendment) -> dict[str, Any]:
    """What the directory says now in the fields that an amendment changes."""
    version = db.session.scalar(live(ServiceVersion).where(ServiceVersion.service_id == row.service_id))
    return {name: version.record[name] for name in row.says if name in version.record} if version else {}


def _restate(session: Session, rows: Iterable[ServiceAmendment]) -> int | None:
    """Make the live versions what their sources and all amendments now say, in the transaction that changed them."""
    session.flush()
    changed, ended = [], []
    for row in {row.service_id: row for row in rows}.values():
        before = session.scalar(live(ServiceVersion).where(ServiceVersion.service_id == row.service_id))
        reading = _as_its_source_says(row)
        after = restated(reading, amendments.of_service(row.service_id)) if reading else None
        if after and (before is None or before.fingerprint != after.fingerprint):
            changed.append(after)
        elif before and after is None:
            ended.append(before.id)
    if not changed and not ended:
        return None
    publication = Publication(feed=DESK, started_by=DESK, started_at=datetime.now(UTC), counts={"held": 0})
    session.add(publication)
    session.flush()
    if changed:
        staging.stage(publication.id, changed, [])
    staging.retire(publication.id, ended)
    return go_live(publication)


def _as_its_source_says(row: ServiceAmendment) -> Reading | None:
    """The service without any amendment, from what its source last said; None where that is not kept any more. One that was
    added at the desk has no source but its council."""
    version = newest_published(row.service_id)
    return as_its_source_says(version) if version else _added(row)


def _added(row: ServiceAmendment) -> Reading | None:
    name = next((says["name"] for says in amendments.of_service(row.service_id) if says.get("name")), None)
    if name is None or row.council_code is None:
        return None
    raw = {"id": row.service_id, "name": name, "status": "active", "service_areas": [{"extent": row.council_code}]}
    source = {"source": f"{DESK} {row.council_code}", "source_id": row.service_id}
    return read(raw | source, setting_of(DESK, row.council_code, own=False))
