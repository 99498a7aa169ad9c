"""Bringing a database to the newest schema, step by step, with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Engine, inspect, text

from app.extensions import Base
from app.tenancy import guarded, policies


class OtherSchema(Exception):
    """The database was made by a newer version or by another program; its text is the step that it names."""


MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


APPEND_ONLY = frozenset({"audit_entry"})
"""Tables that can only be added to: triggers refuse to change or remove a row, and nobody is granted leave to."""


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def steps_missing(engine: Engine) -> int:
    """How many schema steps the database still lacks. Raises OtherSchema where it has one that is not ours."""
    script = ScriptDirectory.from_config(_config(engine))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    try:
        return sum(1 for _ in script.iterate_revisions("head", current))
    except RevisionError:
        raise OtherSchema(current) from None


def upgrade(owner: Engine, role: str | None = None) -> int:
    """Apply the missing steps and say how many there were. On PostgreSQL `role`, which the application signs in as, then gets
    what it needs and no more: it owns nothing, and each guarded table shows it only rows that were granted."""
    missing = steps_missing(owner)
    if missing:
        command.upgrade(_config(owner), "head")
    if owner.dialect.name == "postgresql" and role and role != owner.url.username:
        _secure(owner, role)
    return missing


def _leave(table: str) -> str:
    return "INSERT" if table in APPEND_ONLY else "INSERT, UPDATE, DELETE"


def _secure(owner: Engine, role: str) -> None:
    """Each table by itself, so that a server at work is never waited for with a lock on another table in hand."""
    known = owner.dialect.identifier_preparer.quote(role)
    with owner.begin() as connection:
        schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
        for statement in (
            f"GRANT USAGE ON SCHEMA {schema} TO {known}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {known}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {known}",
            *(f"GRANT {_leave(table.name)} ON {table.name} TO {known}" for table in Base.metadata.sorted_tables),
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {known}",
        ):
            connection.execute(text(statement))
    for cls in guarded():
        with owner.begin() as connection:
            name = inspect(cls).local_table.name
            there = connection.scalars(
                text("SELECT quote_ident(policyname) FROM pg_policies WHERE schemaname = current_schema() AND tablename = :name"),
                {"name": name},
            )
            for statement in (*(f"DROP POLICY {policy} ON {name}" for policy in there.all()), *policies(cls)):
                connection.execute(text(statement))
