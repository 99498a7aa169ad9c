"""flask demo: the demonstration area, in which everything is invented."""

import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.directory import BY, explained, say_progress, say_summary
from app.content.messages import say
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.directory import actions as directory
from app.directory import demo, demo_area
from app.directory.actions import Outcome
from app.directory.feeds import from_objects
from app.directory.report import Report
from app.places import actions as places
from app.places.actions import CouncilFile, Tally

group = AppGroup("demo", help="The demonstration area, in which everything is invented.")


@group.command("load")
def load_command() -> None:
    """Load the demonstration area: council, postcodes, practices and services. Running it again changes nothing."""
    root: Path = current_app.config["CONTENT_DIR"]
    started = time.monotonic()
    try:
        with explained(root):
            council = read_yaml(root / "demo" / "council.yaml", CouncilFile)
            _load_places(root, council)
            outcome = _load_services(root, council)
    except ContentError as error:
        raise click.ClickException(f"{error}\n{say('demo.content')}") from None
    say_summary(outcome, demo.SOURCE, time.monotonic() - started)
    if outcome.publication_id and not outcome.sequence:
        raise click.ClickException(say("import.held_do", publication=outcome.publication_id))
    click.echo(say("demo.ready", name=council.name))


def _load_places(root: Path, council: CouncilFile) -> None:
    _say("council", places.load_council(council=council, by=BY))
    _say("postcodes", places.upsert_postcodes(rows=demo_area.postcode_rows(root), by=BY))
    _say("practices", places.upsert_practices(rows=demo_area.practice_rows(root, council.code), by=BY))


def _say(what: str, tally: Tally) -> None:
    click.echo(say("demo.places", what=say(f"demo.{what}"), new=tally.new, changed=tally.changed, unchanged=tally.unchanged))


def _load_services(root: Path, council: CouncilFile) -> Outcome:
    with Report(current_app.config["DATA_DIR"] / "reports" / "demo.csv") as report:
        return directory.import_feed(
            lines=from_objects(demo.records(root, council.code, council.name)),
            feed=demo.SOURCE,
            council=council.code,
            source=demo.SOURCE,
            report=report,
            by=BY,
            progress=say_progress,
        )
