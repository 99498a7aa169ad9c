"""flask search: this machine's search index."""

import time

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.search import actions

group = AppGroup("search", help="This machine's search index.")
EVERY = 5000


@group.command("rebuild")
def rebuild_command() -> None:
    """Make the index again from the database. Searches go on with the old one until the new one is whole."""
    started, written = time.monotonic(), 0

    def told(number: int) -> None:
        nonlocal written
        if (written + number) // EVERY > written // EVERY:
            click.echo(f"{written + number:,} services")
        written += number

    try:
        opened = actions.rebuild(progress=told)
    except SQLAlchemyError as error:
        raise click.ClickException(f"The database did not answer ({type(error).__name__}). Run flask db upgrade and try again.") from None
    except (OSError, ValueError) as error:
        raise click.ClickException(f"The index could not be written: {error}. Check that DATA_DIR is writable and has room.") from None
    click.echo(f"Search index: {opened.size:,} services, made in {time.monotonic() - started:.1f} s.")
