"""Writes of the directory. Each says by whom."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Session, aliased

from app.audit.actions import Deed, note
from app.content.messages import say
from app.directory import amendments, staging
from app.directory.feeds import Entry
from app.directory.importing import Importing, Tally
from app.directory.models import Publication, ServiceVersion
from app.directory.publishing import Refused, go_live, in_turn
from app.directory.queries import live
from app.directory.record import Setting
from app.directory.report import Report
from app.extensions import db
from app.places.queries import council_or_none, district_council, locate

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What came of an import. `publication_id` is None where nothing changed; `sequence` is None where nothing is published."""

    tally: Tally
    publication_id: int | None
    sequence: int | None


@dataclass(frozen=True)
class StagedImport:
    """An import that is complete and that nobody sees yet."""

    publication_id: int
    feed: str
    started_at: datetime


def import_feed(
    *,
    lines: Iterable[Entry],
    feed: str,
    council: str | None,
    source: str | None,
    report: Report,
    by: str,
    progress: Callable[[int], None],
    stage_only: bool = False,
    allow_vanished: bool = False,
) -> Outcome:
    """Stage a feed and publish it. A record's own council and source go first, those given here are the fallback.

    Nothing is published where nothing changed, where `stage_only`, or where more than a fifth of a source's services are
    missing, unless `allow_vanished`. Raises Refused; FeedError and OSError of `lines` pass through, with nothing kept.
    """
    setting = Setting(source or feed, council, date.today(), locate, council_of)
    publication_id = staging.begin(feed, by)
    try:
        tally = Importing(publication_id, setting, report, progress).run(lines)
        if not tally.new + tally.changed + tally.vanished:
            staging.discard(publication_id)
            return Outcome(tally, None, None)
        _complete(publication_id, tally)
    except (IntegrityError, NoResultFound):
        raise Refused(say("import.superseded", feed=feed)) from None
    except BaseException:
        staging.discard(publication_id)
        raise
    log.info("import of %s by %s staged as %d", feed, by, publication_id)
    if stage_only or (tally.held and not allow_vanished):
        return Outcome(tally, publication_id, None)
    return Outcome(tally, publication_id, publish(publication_id=publication_id, by=by, allow_vanished=allow_vanished))


def council_of(code: str) -> str | None:
    if council_or_none(code):
        return code
    return district_council(code)


def _complete(publication_id: int, tally: Tally) -> None:
    """Write down that everything is staged: from now on it may be published."""
    with db.writing() as session:
        publication = session.get_one(Publication, publication_id)
        publication.counts = {
            "new": tally.new,
            "changed": tally.changed,
            "unchanged": tally.unchanged,
            "vanished": tally.vanished,
            "rejected": tally.rejected,
            "held": len(tally.held),
        }


def staged_imports() -> list[StagedImport]:
    """Complete imports that are not published, newest first."""
    rows = db.session.scalars(select(Publication).where(Publication.sequence.is_(None)).order_by(Publication.id.desc()))
    return [StagedImport(row.id, row.feed, row.started_at) for row in rows if row.counts]


def publish(*, publication_id: int, by: str, allow_vanished: bool = False) -> int:
    """Make a staged publication live, all of it at one moment. Returns its place in the sequence. Raises Refused."""

    def work(session: Session) -> int:
        publication = session.get(Publication, publication_id)
        if publication is None or publication.sequence is not None:
            raise Refused(say("publish.not_staged", publication=publication_id))
        _refuse_unfit(publication, allow_vanished)
        place = go_live(publication)
        note(by=by, what=Deed.DIRECTORY_PUBLISHED, about=f"publication:{publication_id}")
        return place

    sequence = in_turn(work)
    log.info("publication %d by %s is live as %d", publication_id, by, sequence)
    return sequence


def _refuse_unfit(publication: Publication, allow_vanished: bool) -> None:
    if not publication.counts:
        raise Refused(say("publish.not_complete", publication=publication.id))
    if publication.counts["held"] and not allow_vanished:
        raise Refused(say("publish.vanished", publication=publication.id))
    staged = aliased(ServiceVersion)
    same_id = staged.service_id == ServiceVersion.service_id
    same_key = (staged.source == ServiceVersion.source) & (staged.source_id == ServiceVersion.source_id)
    stays = or_(ServiceVersion.retired_in.is_(None), ServiceVersion.retired_in != publication.id)
    for same in (same_id, same_key):
        rival = live(ServiceVersion.id).join(staged, same).where(staged.published_in == publication.id, stays)
        if db.session.scalar(rival.limit(1)):
            raise Refused(say("publish.overtaken", publication=publication.id))
    if amendments.made_since(publication.started_at, publication.id):
        raise Refused(say("publish.overtaken", publication=publication.id))
