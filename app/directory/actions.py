"""Writes of the directory. Each says by whom."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

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
from app.directory.queries import current_sequence, live
from app.directory.report import Report, forget
from app.directory.restating import setting_of
from app.extensions import db
from app.places.queries import merged_into

log = logging.getLogger(__name__)
_COUNCIL = re.compile(r"[A-Z][0-9]{8}")


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
    own: bool = False,
    in_two: bool = False,
) -> Outcome:
    """Stage a feed and publish it. A record's own council and source go first, those given here are the fallback;
    with `own` they are the only ones, and services of other councils are refused. `in_two` reads in a process of its own.

    Nothing is published where nothing changed, where `stage_only`, or where more than a fifth of a source's services are
    missing, unless `allow_vanished`. Raises Refused; FeedError and OSError of `lines` pass through, with nothing kept.
    """
    setting = setting_of(source or feed, council, own=own)
    publication_id = staging.begin(feed, by)
    try:
        tally = Importing(publication_id, setting, report, progress).run(lines, in_two=in_two)
        if not tally.new + tally.changed + tally.vanished:
            staging.discard(publication_id)
            return Outcome(tally, None, None)
        report.keep(publication_id)
        _complete(publication_id, tally)
    except (IntegrityError, NoResultFound):
        forget(publication_id)
        raise Refused(say("import.superseded", feed=feed)) from None
    except BaseException:
        staging.discard(publication_id)
        raise
    log.info("import of %s by %s staged as %d", feed, by, publication_id)
    if stage_only or (tally.held and not allow_vanished):
        return Outcome(tally, publication_id, None)
    return Outcome(tally, publication_id, publish(publication_id=publication_id, by=by, allow_vanished=allow_vanished))


def feed_known_as(*, feed: str, council: str) -> str:
    """The name under which a council's feed is known: where a council that became this one had a feed of this name, it stays that feed,
    so that its services stay the same ones. Raises Refused where several had one."""
    names = [f"{code}:{feed}" for code in (council, *merged_into(council))]
    known = set(db.session.scalars(select(Publication.feed).where(Publication.feed.in_(names), Publication.sequence.is_not(None))))
    if names[0] in known or not known:
        return names[0]
    if len(known) > 1:
        raise Refused(say("import.feed_of_several", feed=feed, known=", ".join(sorted(known))))
    return known.pop()


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
            "repaired": tally.repaired,
            "withheld": tally.withheld,
            "unknown_councils": len(tally.unknown_councils),
            "held": len(tally.held),
        }


def staged_imports() -> list[StagedImport]:
    """Complete imports that are not published, newest first."""
    rows = db.session.scalars(select(Publication).where(Publication.sequence.is_(None)).order_by(Publication.id.desc()))
    return [StagedImport(row.id, row.feed, row.started_at) for row in rows if row.counts]


def publish(*, publication_id: int, by: str, allow_vanished: bool = False) -> int:
    """Make a staged publication live, all of it at one moment. Returns its place in the sequence. Raises Refused.

    What takes long is looked at before the transaction, and again within it only where something else was published meanwhile.
    """
    newest = current_sequence()
    _refuse_overtaken(publication_id)

    def work(session: Session) -> int:
        publication = session.get(Publication, publication_id)
        if publication is None or publication.sequence is not None:
            raise Refused(say("publish.not_staged", publication=publication_id))
        _refuse_unfit(publication, allow_vanished)
        if current_sequence() != newest:
            _refuse_overtaken(publication_id)
        place = go_live(publication)
        note(by=by, what=Deed.DIRECTORY_PUBLISHED, about=trail_name(publication_id), council=council_of_feed(publication.feed))
        return place

    sequence = in_turn(work)
    log.info("publication %d by %s is live as %d", publication_id, by, sequence)
    return sequence


def throw_away(*, publication_id: int, by: str) -> None:
    """Take back everything that an unpublished import staged. One that is live, or not there, stays as it is."""
    feed = db.session.scalar(select(Publication.feed).where(Publication.id == publication_id, Publication.sequence.is_(None)))
    if feed is None:
        return
    staging.discard(publication_id)
    note(by=by, what=Deed.IMPORT_DISCARDED, about=trail_name(publication_id), council=council_of_feed(feed))


def trail_name(publication_id: int) -> str:
    """What a publication is called in the audit trail."""
    return f"publication:{publication_id}"


def council_of_feed(feed: str) -> str | None:
    """The council whose feed this is: its code stands in front of the name."""
    code = feed.partition(":")[0]
    return code if ":" in feed and _COUNCIL.fullmatch(code) else None


def _refuse_unfit(publication: Publication, allow_vanished: bool) -> None:
    if not publication.counts:
        raise Refused(say("publish.not_complete", publication=publication.id))
    if publication.counts["held"] and not allow_vanished:
        raise Refused(say("publish.vanished", publication=publication.id))
    if amendments.made_since(publication.started_at, publication.id):
        raise Refused(say("publish.overtaken", publication=publication.id))


def _refuse_overtaken(publication_id: int) -> None:
    """Where another publication has made the same services live since this one was staged."""
    staged = aliased(ServiceVersion)
    same_id = staged.service_id == ServiceVersion.service_id
    same_key = (staged.source == ServiceVersion.source) & (staged.source_id == ServiceVersion.source_id)
    stays = or_(ServiceVersion.retired_in.is_(None), ServiceVersion.retired_in != publication_id)
    for same in (same_id, same_key):
        rival = live(ServiceVersion.id).join(staged, same).where(staged.published_in == publication_id, stays)
        if db.session.scalar(rival.limit(1)):
            raise Refused(say("publish.overtaken", publication=publication_id))
