"""flask insights: counts of use."""

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.events import queries as events
from app.insights.actions import roll_up

group = AppGroup("insights", help="Counts of use.")


@group.command("rollup")
def rollup_command() -> None:
    """Roll new events up into daily counts. Running it again counts nothing twice."""
    try:
        with click.progressbar(length=events.count(), label="Reading events") as bar:
            read = roll_up(progress=bar.update)
    except SQLAlchemyError as error:
        problem = f"The database refused ({type(error).__name__}). Check DATABASE_URL, run `flask db upgrade`, and run this again."
        raise click.ClickException(f"{problem} It goes on where it stopped.") from None
    click.echo(f"{read} new event(s) counted." if read else "No new events to count.")
