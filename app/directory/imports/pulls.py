"""Pulling feeds by their address: by command, and those of councils by jobs, one after another."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select, update

from app.directory import actions
from app.directory.doors import oruk1
from app.directory.feeds import Entry
from app.directory.fetching import Fetcher
from app.directory.models import CouncilFeed
from app.directory.publishing import Refused
from app.directory.pulling import LONGEST_PULL, Pull
from app.directory.refusal import Unfetched, WhyNot
from app.directory.report import Report
from app.extensions import db

log = logging.getLogger(__name__)
AT_ONCE = 60.0
"""Seconds for which one run of the job fetches from one feed, so that other jobs get their turn; the next run goes on."""
BY = "job"


def named(address: str) -> str:
    """What a feed is called after its address."""
    parts = urlsplit(address)
    return _slug(f"{parts.netloc}{parts.path}")


def pull_of(address: str, feed: str, progress: Callable[[int], None], seconds: float | None = None) -> Pull:
    """A pull of the feed at this address, which goes on where an earlier one broke off. Raises Unfetched."""
    config = current_app.config
    fetcher = Fetcher(address, agent=f"Fingerpost ({config['PUBLIC_URL']})", hosts=config["FEED_HOSTS"], development=not config["HTTPS"])
    return Pull(config["DATA_DIR"] / "pulls" / folder_of(address, feed), fetcher, progress, seconds)


def folder_of(address: str, feed: str) -> str:
    """The name of the folder in which a feed's answers are kept."""
    return _slug(f"{feed} {address}")


def records_of(pull: Pull, feed: str) -> Iterator[Entry]:
    """The records of a pull, in the version that the feed itself says it has."""
    return oruk1.entries(pull.entries(), feed) if pull.version == "oruk1" else pull.entries()


def ask_nightly() -> None:
    """A job: ask for a pull of every feed that is pulled each night. One that is asked for already is asked for once."""
    wanted = update(CouncilFeed).where(CouncilFeed.nightly.is_(True), CouncilFeed.asked_at.is_(None))
    with db.writing() as session:
        session.execute(wanted.values(asked_at=datetime.now(UTC)))


def pull_asked() -> None:
    """A job: pull every feed for which that was asked. Asking holds until a pull has ended, well or not, so that one whose runner
    was killed goes on in the next run. What goes wrong with one feed does not keep the others."""
    asked = select(CouncilFeed.id).where(CouncilFeed.asked_at.is_not(None)).order_by(CouncilFeed.asked_at)
    for feed_id in db.session.scalars(asked).all():
        _pull(feed_id)
        db.session.rollback()


def _pull(feed_id: str) -> None:
    feed = db.session.get_one(CouncilFeed, feed_id)
    asked_at = feed.asked_at or datetime.now(UTC)
    counts: Mapping[str, int] = {}
    try:
        result, counts = _imported(feed)
    except Unfetched as refusal:
        if refusal.why is WhyNot.TOO_LONG and (datetime.now(UTC) - asked_at).total_seconds() < LONGEST_PULL:
            return
        result = str(refusal.why)
    except Refused:
        result = "superseded"
    except Exception as problem:
        log.warning("pull of feed %s failed: %s", feed_id, type(problem).__name__)
        result = "fault"
    with db.writing() as session:
        ended = {"asked_at": None, "pulled_at": datetime.now(UTC), "result": result, "counts": dict(counts)}
        session.execute(update(CouncilFeed).where(CouncilFeed.id == feed_id).values(ended))


def _imported(feed: CouncilFeed) -> tuple[str, Mapping[str, int]]:
    """Import what the feed has, be it new or not: what it is read by may have changed. Says what came of it, in a word."""
    name, address, council = feed.name, feed.address, feed.council_code
    stage_only = not feed.publish_by_itself
    pull = pull_of(address, name, lambda _count: None, AT_ONCE)
    pull.fetch()
    with Report() as report:
        outcome = actions.import_feed(
            lines=records_of(pull, name), feed=name, council=council, source=name, report=report, by=BY, progress=lambda _count: None,
            stage_only=stage_only, own=True,
        )  # fmt: skip
    pull.done()
    tally = outcome.tally
    counts = {kind: getattr(tally, kind) for kind in ("new", "changed", "unchanged", "vanished", "rejected")}
    if not tally.accepted:
        return "none_usable", counts
    if outcome.publication_id is None:
        return "nothing_new", counts
    return "published" if outcome.sequence else "held" if tally.held else "staged", counts


def _slug(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-.")
