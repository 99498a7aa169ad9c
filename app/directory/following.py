"""When councils end: their services, and what editors say of them, go to those that take over. What they were stays in the history."""

from datetime import UTC, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.audit.actions import Deed, note
from app.directory import amendments, staging
from app.directory.models import (
    CheckLink,
    CouncilFeed,
    CouncilTerm,
    EntryReport,
    Publication,
    ServiceAmendment,
    ServiceArea,
    ServiceVersion,
)
from app.directory.publishing import go_live
from app.directory.queries import live
from app.directory.restating import as_its_source_says, newest_published, restated
from app.extensions import db
from app.places.actions import Moved, Succession
from app.places.queries import councils_now, heirs, locate

FEED = "succession"
"""The feed of what a succession publishes."""


def follow_councils(*, plan: Succession, by: str) -> Moved:
    """After `places.take_over`, in its transaction: every live service of the councils that ended is published anew under those that
    took over, with its id and its source, and amendments go where their service went. `left` names services that went nowhere."""
    moved = Moved()
    with db.writing() as session:
        publication = Publication(feed=FEED, started_by=by, started_at=datetime.now(UTC), counts={"held": 0})
        session.add(publication)
        session.flush()
        _move_services(session, plan, publication.id, moved)
        if moved.rows["service_version"]:
            go_live(publication)
            note(by=by, what=Deed.DIRECTORY_PUBLISHED, about=f"publication:{publication.id}")
        else:
            session.delete(publication)
        _move_amendments(session, plan, moved)
        _move_checks(session, plan, moved)
        _move_feeds(session, plan, moved)
        _move_terms(session, plan, moved)
    return moved


def _move_services(session: Session, plan: Succession, publication_id: int, moved: Moved) -> None:
    served = select(ServiceArea.version_id).where(ServiceArea.council_code.in_(plan.ended))
    touched = or_(ServiceVersion.council_code.in_(plan.ended), ServiceVersion.id.in_(served))
    version_ids = session.scalars(live(ServiceVersion.id).where(touched).order_by(ServiceVersion.id)).all()
    says = amendments.in_force()
    for start in range(0, len(version_ids), staging.BATCH):
        batch = []
        for version in session.scalars(select(ServiceVersion).where(ServiceVersion.id.in_(version_ids[start : start + staging.BATCH]))):
            reading = as_its_source_says(version)
            anew = restated(reading, says.get(version.service_id, ())) if reading and reading.service else None
            if anew is None or not set(plan.ended).isdisjoint(anew.service.council_codes):
                moved.left.setdefault("service_version", []).append(version.service_id)
            else:
                batch.append(anew)
        if batch:
            staging.stage(publication_id, batch, [])
        moved.rows["service_version"] += len(batch)


def _move_amendments(session: Session, plan: Succession, moved: Moved) -> None:
    for row in session.scalars(select(ServiceAmendment).where(ServiceAmendment.council_code.in_(plan.ended))):
        new = _keeper(row) if plan.divides else plan.codes[0]
        if new in plan.codes:
            row.council_code = new
            moved.rows["service_amendment"] += 1
        elif row.service_id not in moved.left.setdefault("service_amendment", []):
            moved.left["service_amendment"].append(row.service_id)
    session.flush()


def _move_checks(session: Session, plan: Succession, moved: Moved) -> None:
    """What was said to be wrong, and links that say it is right, go where their service went; of one that is gone they end."""
    said: list[EntryReport | CheckLink] = [
        *session.scalars(select(EntryReport).where(EntryReport.council_code.in_(plan.ended))),
        *session.scalars(select(CheckLink).where(CheckLink.council_code.in_(plan.ended))),
    ]
    for row in said:
        whose = live(ServiceVersion.council_code).where(ServiceVersion.service_id == row.service_id)
        new = session.scalar(whose) if plan.divides else plan.codes[0]
        if new in plan.codes:
            row.council_code = new
            moved.rows[row.__tablename__] += 1
        else:
            session.delete(row)
    session.flush()


def _move_feeds(session: Session, plan: Succession, moved: Moved) -> None:
    """One successor goes on with the feeds under their names. Where several share what there was, a feed is nobody's, and they name
    theirs."""
    for feed in session.scalars(select(CouncilFeed).where(CouncilFeed.council_code.in_(plan.ended))):
        if plan.divides:
            session.delete(feed)
        else:
            feed.council_code = plan.codes[0]
            moved.rows["council_feed"] += 1
    session.flush()


def _move_terms(session: Session, plan: Succession, moved: Moved) -> None:
    """What a council said of a term holds for all that take over, and where two said something, what was said last."""
    said = session.scalars(
        select(CouncilTerm).where(CouncilTerm.council_code.in_((*plan.ended, *plan.codes))).order_by(CouncilTerm.said_at)
    )
    last = {(row.vocabulary, row.term): (row.alternatives, row.said_at) for row in said}
    ended = session.scalars(select(CouncilTerm).where(CouncilTerm.council_code.in_(plan.ended))).all()
    for row in ended:
        session.delete(row)
    if not ended:
        return
    session.execute(delete(CouncilTerm).where(CouncilTerm.council_code.in_(plan.codes)))
    for code in plan.codes:
        for (vocabulary, term), (alternatives, said_at) in last.items():
            session.add(CouncilTerm(council_code=code, vocabulary=vocabulary, term=term, alternatives=alternatives, said_at=said_at))
    moved.rows["council_term_mapping"] += len(ended)
    session.flush()


def _keeper(row: ServiceAmendment) -> str | None:
    """Whose the service of an amendment is now, also where it is out of the directory or was never in it."""
    version = newest_published(row.service_id)
    if version:
        reading = as_its_source_says(version)
        return reading.service.council_code if reading and reading.service else None
    points = [locate(site["postcode"]) for site in row.says.get("sites") or () if site["postcode"]]
    places = [point.council_code for point in points if point]
    return next(iter(councils_now(row.council_code or "", heirs, row.service_id, places, keeps=True)), None)
