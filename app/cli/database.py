"""flask db: the schema of the database."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import ProgrammingError

from app.schema import OtherSchema, upgrade
from app.tenancy import UnsafeRole, refuse_to_start

NOT_ALLOWED = "42501"
"""PostgreSQL's code for what a role may not do."""

group = AppGroup("db", help="The schema of the database.")


@group.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema. Running it again changes nothing."""
    engine, owner_url = current_app.extensions["database"], current_app.config["DATABASE_OWNER_URL"]
    owner = create_engine(owner_url, poolclass=NullPool) if owner_url else engine
    try:
        applied = upgrade(owner, engine.url.username)
    except OtherSchema as error:
        raise click.ClickException(
            f"The database is at schema step {error}, which this version does not know. Use the version that made it, or another database."
        ) from None
    except UnsafeRole as error:
        raise click.ClickException(str(error)) from None
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != NOT_ALLOWED:
            raise
        role = owner.url.username
        raise click.ClickException(
            f"DATABASE_OWNER_URL: the role {role!r} may not change the schema. Name the tables' owner (docs/postgresql.md)."
        ) from None
    click.echo(f"Database: {applied} schema step(s) applied." if applied else "Database: the schema is up to date.")


def refuse_unsafe_role() -> None:
    """Ends the command with one line where the database role would pass by the row-level security."""
    try:
        refuse_to_start(current_app.extensions["database"])
    except UnsafeRole as error:
        raise click.ClickException(str(error)) from None
