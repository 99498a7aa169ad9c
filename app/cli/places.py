"""flask places: where things are."""

import resource
import time
from pathlib import Path
from typing import Protocol

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.accounts.following import follow_practices
from app.content.messages import say
from app.places import actions
from app.places.actions import FileProblem, Outcome, Progress

group = AppGroup("places", help="Where things are: councils, practices and postcodes, from open data files.")
BY = "command line"
file_argument = click.argument("file", type=click.Path(path_type=Path))


class Import(Protocol):
    """One of the imports of `actions`."""

    def __call__(self, *, path: Path, by: str, progress: Progress) -> Outcome: ...


@group.command("import-councils")
@file_argument
def councils_command(file: Path) -> None:
    """Import councils with social care duties, or districts and their councils (CSV or .csv.gz; the heading says which)."""
    _run(actions.import_councils, file)


@group.command("import-postcodes")
@file_argument
def postcodes_command(file: Path) -> None:
    """Import postcodes with position and district (CSV or .csv.gz). Running it again changes nothing."""
    _run(actions.import_postcodes, file)


@group.command("import-practices")
@file_argument
def practices_command(file: Path) -> None:
    """Import GP practices (CSV or .csv.gz); councils that are not there yet are made."""
    _run(_import_practices, file)


def _import_practices(*, path: Path, by: str, progress: Progress) -> Outcome:
    outcome = actions.import_practices(path=path, by=by, progress=progress)
    follow_practices(by=by)
    return outcome


def _run(action: Import, path: Path) -> None:
    """Import with a progress bar and a summary. Exits 1 where the file cannot be used, breaks off or has no usable row."""
    started = time.monotonic()
    try:
        with click.progressbar(length=100, label=path.name) as bar:
            outcome = action(path=path, by=BY, progress=lambda share: bar.update(int(share * 100) - bar.pos))
    except FileProblem as problem:
        raise click.ClickException(str(problem)) from None
    except DBAPIError as error:
        raise click.ClickException(say("places.database", why=error.orig)) from None
    tally = outcome.tally
    click.echo(
        say(
            "places.summary",
            what=say(f"places.{outcome.subject}"),
            **{"new": tally.new, "changed": tally.changed, "unchanged": tally.unchanged, "repeated": tally.repeated},
            refused=outcome.kept_out,
            seconds=round(time.monotonic() - started, 1),
            megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
    )
    _say_what_to_do(outcome)


def _say_what_to_do(outcome: Outcome) -> None:
    tally = outcome.tally
    if outcome.report:
        click.echo(say("places.see_report", count=outcome.kept_out, path=outcome.report), err=True)
    if outcome.broken:
        raise click.ClickException(outcome.broken)
    if not tally.new and not tally.changed and not tally.unchanged:
        raise click.ClickException(say("places.none_usable"))
    if not tally.new and not tally.changed:
        click.echo(say("places.nothing_new"))
    for hint in actions.still_missing():
        click.echo(hint)
