"""What a council's administrator does with its feeds and with terms that nobody has mapped. Each says by whom."""

import shutil
from collections.abc import Collection
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import Deed, note
from app.directory.imports.pulls import folder_of, named
from app.directory.models import CouncilFeed, CouncilTerm
from app.directory.publishing import in_turn
from app.extensions import db


def name_feed(*, council: str, address: str, nightly: bool, publish_by_itself: bool, by: str) -> str:
    """Remember a feed; it is pulled when that is asked for. Returns its id: where the council has named it already, that one's."""
    name = f"{council}:{named(address)}"

    def work(session: Session) -> str:
        known = session.scalar(select(CouncilFeed.id).where(CouncilFeed.name == name))
        if known:
            return known
        feed = CouncilFeed(council_code=council, address=address, name=name, nightly=nightly, publish_by_itself=publish_by_itself)
        session.add(feed)
        session.flush()
        note(by=by, what=Deed.FEED_NAMED, about=trail_name(feed.id), council=council)
        return feed.id

    return in_turn(work)


def set_feed(*, feed_id: str, nightly: bool, publish_by_itself: bool, by: str) -> None:
    """Say when a feed is pulled, and whether what came is published without a look at it. The same again is no deed."""
    with db.writing() as session:
        feed = session.get_one(CouncilFeed, feed_id)
        if (feed.nightly, feed.publish_by_itself) == (nightly, publish_by_itself):
            return
        feed.nightly, feed.publish_by_itself = nightly, publish_by_itself
        note(by=by, what=Deed.FEED_CHANGED, about=trail_name(feed_id), council=feed.council_code)


def ask_pull(*, feed_id: str, by: str) -> None:
    """Ask for a pull, which a job soon makes. Asking again before it has ended changes nothing."""
    with db.writing() as session:
        feed = session.get_one(CouncilFeed, feed_id)
        if feed.asked_at is None:
            feed.asked_at = datetime.now(UTC)
            note(by=by, what=Deed.PULL_ASKED, about=trail_name(feed_id), council=feed.council_code)


def remove_feed(*, feed_id: str, by: str) -> None:
    """Forget a feed and what was fetched from it. Its services stay in the directory."""
    with db.writing() as session:
        feed = session.get_one(CouncilFeed, feed_id)
        folder, council = folder_of(feed.address, feed.name), feed.council_code
        session.delete(feed)
        note(by=by, what=Deed.FEED_REMOVED, about=trail_name(feed_id), council=council)
    shutil.rmtree(current_app.config["DATA_DIR"] / "pulls" / folder, ignore_errors=True)


def map_term(*, council: str, vocabulary: str, term: str, alternatives: Collection[str], by: str) -> None:
    """Say which alternatives a term of the council's feeds stands for; none takes back what was said. It holds from the next import on."""
    same = (CouncilTerm.council_code == council, CouncilTerm.vocabulary == vocabulary, CouncilTerm.term == term)

    def work(session: Session) -> None:
        row = session.scalar(select(CouncilTerm).where(*same))
        if sorted(alternatives) == (row.alternatives if row else []):
            return
        row = row or CouncilTerm(council_code=council, vocabulary=vocabulary, term=term)
        row.alternatives, row.said_at = sorted(alternatives), datetime.now(UTC)
        session.add(row)
        session.flush()
        note(by=by, what=Deed.TERM_MAPPED, about=term_trail_name(row.id), council=council)
        if not alternatives:
            session.delete(row)

    in_turn(work)


def term_trail_name(term_id: str) -> str:
    """What the council's word on a term is called in the audit trail."""
    return f"term:{term_id}"


def trail_name(feed_id: str) -> str:
    """What a feed is called in the audit trail."""
    return f"feed:{feed_id}"
