"""flask council: what a council says of itself."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.content.messages import say
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.places import actions
from app.places.actions import CouncilFile
from app.vocabulary import queries as vocabulary

group = AppGroup("council", help="What a council says of itself: its numbers, forms and towns.")


@group.command("load")
@click.argument("file", type=click.Path(path_type=Path))
def load_command(file: Path) -> None:
    """Load a council's YAML file. Says which numbers it does not give. Exits 1 where the file cannot be used."""
    try:
        council = read_yaml(file, CouncilFile)
    except OSError as error:
        raise click.ClickException(say("places.no_file", path=file, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise click.ClickException(say("places.council_not_utf8", path=file)) from None
    except ContentError as error:
        raise click.ClickException(str(error)) from None
    if unknown := sorted(set(council.alternatives) - set(vocabulary.alternatives())):
        raise click.ClickException(say("places.council_unknown_alternatives", path=file, ids=", ".join(unknown)))
    known = vocabulary.alternatives()
    if owed := sorted(name for name, entry in council.alternatives.items() if known[name].duty and not entry.offered):
        raise click.ClickException(say("places.council_owed", path=file, ids=", ".join(owed)))
    try:
        tally = actions.load_council(council=council, by="command line")
    except DBAPIError as error:
        raise click.ClickException(say("places.database", why=error.orig)) from None
    what = "loaded" if tally.new else "changed" if tally.changed else "unchanged"
    click.echo(say(f"places.council_{what}", name=council.name))
    if council.missing():
        click.echo(say("places.council_missing", fields=", ".join(council.missing())))
