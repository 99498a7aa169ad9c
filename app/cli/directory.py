"""flask directory: what services exist."""

import re
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.content.messages import say
from app.directory import actions
from app.directory.actions import Outcome
from app.directory.aside import Died
from app.directory.desk import actions as desk
from app.directory.doors import READERS, entries, sheet
from app.directory.feeds import FeedError
from app.directory.imports.pulls import named, pull_of, records_of
from app.directory.publishing import Refused
from app.directory.pulling import Pull
from app.directory.refusal import Unfetched, Unreadable, WhyNot
from app.directory.report import Report

group = AppGroup("directory", help="What services exist: import feeds and publish what they changed.")
BY = "command line"
MOST_TERMS_SAID = 20


@group.command("import")
@click.argument("source_file", metavar="SOURCE")
@click.option("--format", "form", required=True, help=f"The feed's format: {', '.join(READERS)}.")
@click.option("--council", help="GSS code of the council, for services that name none.")
@click.option("--source", help="Name of the source, for services that name none.")
@click.option("--report", "report_path", type=click.Path(path_type=Path), help="Where to write the report (CSV).")
@click.option("--stage-only", is_flag=True, help="Do not publish; see flask directory publish.")
@click.option("--allow-vanished", is_flag=True, help="Publish even where many services of a source are missing.")
def import_command(
    source_file: str, form: str, council: str | None, source: str | None, report_path: Path | None, stage_only: bool, allow_vanished: bool
) -> None:
    """Import a feed and publish what it changed.

    SOURCE is a file, plain or .gz; for hsds-csv a folder of tables or a zip file of them; for oruk and oruk1 also the address
    of the feed. A pull that breaks off goes on where it stopped when the command is run again.
    """
    if form not in READERS:
        raise click.ClickException(say("import.format", format=form, formats=", ".join(READERS)))
    if council and not re.fullmatch("[A-Z][0-9]{8}", council):
        raise click.ClickException(say("import.council_code", code=council))
    started = time.monotonic()
    feed = source or _name_of(source_file, form, council)
    with explained(source_file), Report(report_path) as report:
        pull = pulled(source_file, form, feed) if re.match("https?://", source_file) else None
        if pull and not pull.has_news:
            pull.done()
            click.echo(say("pull.nothing_new", feed=feed, asked=pull.asked))
            return
        template = sheet.load(current_app.config["CONTENT_DIR"])
        outcome = actions.import_feed(
            lines=records_of(pull, feed) if pull else entries(Path(source_file), form, feed, template),
            feed=feed,
            council=council,
            source=source,
            report=report,
            by=BY,
            progress=say_progress,
            stage_only=stage_only,
            allow_vanished=allow_vanished,
            in_two=True,
        )
        if pull:
            pull.done()
    say_summary(outcome, feed, time.monotonic() - started)
    if report.rows:
        click.echo(say("import.report", path=report.path))
    if report.rejected:
        click.echo(say("import.rejected_sheet", path=report.rejected_path))
    if not outcome.tally.accepted:
        raise click.ClickException(say("import.none_usable", path=source_file))
    _say_result(outcome)


@contextmanager
def explained(source_file: str | Path) -> Iterator[None]:
    """Turn what can go wrong with an import into one line that says what to do, and exit code 1."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(say("import.no_file", path=error.filename, why=error.strerror)) from None
    except FeedError as error:
        raise click.ClickException(say("import.broken_file", path=source_file, item=error.item)) from None
    except Unreadable as error:
        raise click.ClickException(say(f"doors.{error.why}", **error.facts)) from None
    except Unfetched as error:
        raise click.ClickException(say(f"pull.{error.why}", **error.facts)) from None
    except Refused as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:
        raise click.ClickException(say("import.database", why=error.orig)) from None
    except Died:
        raise click.ClickException(say("import.reader_died")) from None


def pulled(address: str, form: str, feed: str) -> Pull:
    """Everything that the feed at this address has. Raises Unfetched."""
    if form not in ("oruk", "oruk1"):
        raise Unfetched(WhyNot.NOT_FOR_FORMAT, format=form)
    pull = pull_of(address, feed, lambda count: click.echo(say("pull.progress", count=count)))
    pull.fetch()
    click.echo(say("pull.fetched", feed=feed, asked=pull.asked, news=pull.news))
    return pull


def say_progress(count: int) -> None:
    click.echo(say("import.progress", count=count))


def _name_of(source: str, form: str, council: str | None) -> str:
    """The feed's name where none is given: its host's or file's, with the council that it is for.

    CQC's file has another name each month and stays the same feed.
    """
    parts = urlsplit(source)
    stem = form if form == "cqc" else named(source) if parts.netloc else Path(source).name.split(".")[0] or "feed"
    try:
        return actions.feed_known_as(feed=stem, council=council) if council else stem
    except Refused as error:
        raise click.ClickException(str(error)) from None


def say_summary(outcome: Outcome, feed: str, seconds: float) -> None:
    """Counts, speed and memory of an import, and what should be looked at."""
    tally = outcome.tally
    counts = {"new": tally.new, "changed": tally.changed, "unchanged": tally.unchanged, "vanished": tally.vanished}
    click.echo(
        say(
            "import.summary",
            feed=feed,
            **counts,
            rejected=tally.rejected,
            seconds=round(seconds, 1),
            rate=round(tally.read / max(seconds, 0.001)),
            megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
    )
    if tally.withheld:
        click.echo(say("import.withheld", count=tally.withheld))
    if tally.repaired:
        click.echo(say("import.repaired", count=tally.repaired))
    if tally.unmapped:
        common = tally.unmapped.most_common(MOST_TERMS_SAID)
        terms = [say("import.unmapped_term", term=term, vocabulary=name or "-", count=count) for (name, term), count in common]
        click.echo(say("import.unmapped", terms="; ".join(terms)))
    if tally.unknown_councils:
        click.echo(say("import.unknown_councils", codes=", ".join(sorted(tally.unknown_councils))))


def _say_result(outcome: Outcome) -> None:
    if outcome.sequence:
        click.echo(say("import.published", sequence=outcome.sequence))
    elif outcome.publication_id is None:
        click.echo(say("import.nothing_new"))
    elif outcome.tally.held:
        for held in outcome.tally.held:
            click.echo(say("import.held", source=held.source, vanished=held.vanished, known=held.known), err=True)
        raise click.ClickException(say("import.held_do", publication=outcome.publication_id))
    else:
        click.echo(say("import.staged", publication=outcome.publication_id))


@group.command("publish")
@click.argument("publication_id", metavar="[ID]", type=int, required=False)
@click.option("--allow-vanished", is_flag=True, help="Publish even where many services of a source are missing.")
def publish_command(publication_id: int | None, allow_vanished: bool) -> None:
    """Publish a staged import; without an ID the only one there is."""
    try:
        sequence = actions.publish(publication_id=publication_id or _only_staged(), by=BY, allow_vanished=allow_vanished)
    except Refused as error:
        raise click.ClickException(str(error)) from None
    click.echo(say("import.published", sequence=sequence))


@group.command("withdraw")
@click.argument("service_id", metavar="SERVICE_ID")
def withdraw_command(service_id: str) -> None:
    """Take a service out at once, whatever feeds say, until it is restored."""
    try:
        sequence = desk.withdraw(service_id=service_id, by=BY)
    except Refused as error:
        raise click.ClickException(str(error)) from None
    click.echo(say("import.published", sequence=sequence))


@group.command("restore")
@click.argument("service_id", metavar="SERVICE_ID")
def restore_command(service_id: str) -> None:
    """Show a withdrawn service again, as its source last gave it."""
    try:
        sequence = desk.restore(service_id=service_id, by=BY)
    except Refused as error:
        raise click.ClickException(str(error)) from None
    click.echo(say("import.published", sequence=sequence))


def _only_staged() -> int:
    staged = actions.staged_imports()
    if not staged:
        raise click.ClickException(say("publish.none_staged"))
    if len(staged) > 1:
        said = [say("publish.staged_one", publication=one.publication_id, feed=one.feed, day=one.started_at.date()) for one in staged]
        raise click.ClickException(say("publish.several_staged", publications="; ".join(said), publication=staged[0].publication_id))
    return staged[0].publication_id
