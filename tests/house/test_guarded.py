"""Whose rows are guarded, and that nobody reaches them past the guard."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from app.extensions import Base
from app.tenancy import guarded

ROOT = Path(__file__).resolve().parents[2]
OWNERS = ("council", "practice", "person", "organisation", "user_id")
"""How a column begins that says whose a row is."""
BY_ID = "reached by one's own id only, in app/accounts"
OPEN = {
    "town": "open data",
    "practice": "open data",
    "service_version": "a published directory",
    "service_area": "a published directory",
    "daily_count": "published through disclosure control only",
    "word_count": "published through disclosure control only",
    "attempt": "whoever has its address, which cannot be guessed",
    "passkey": BY_ID,
    "sign_in": BY_ID,
    "outside_identity": BY_ID,
}
"""Tables of somebody's rows that are not guarded, and why not."""
PERSONAL = {"Person", "Passkey", "SignIn", "OutsideIdentity"}

FROM_SQLALCHEMY = {"text", "literal_column", "table", "column", "TextClause", "create_engine", "sessionmaker", "scoped_session"}
FROM_SQLALCHEMY |= {"make_transient", "make_transient_to_detached"}
ATTRIBUTES = {"exec_driver_sql", "connect", "connection", "raw_connection", "local_table", "__table__", "metadata", "from_statement"}
ATTRIBUTES |= {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "app_context", "no_autoflush", "cursor"}
DRIVERS = {"sqlite3", "psycopg"}
ALLOWED = {
    "tenancy.py": {"text", "connection", "connect", "cursor", "local_table"},  # The guard itself.
    "schema.py": {"text", "connect", "local_table", "metadata"},  # As the owner, who reads no rows.
    "extensions.py": {"create_engine", "connection", "exec_driver_sql"},  # Begins transactions.
    "accounts/noting.py": {"connect"},  # Listens to signals.
    "accounts/openid.py": {"metadata"},  # What a sign-in service says of itself.
    "accounts/outside.py": {"connect"},  # Ties an account to a sign-in service.
    "accounts/signing_in.py": {"connect"},  # Listens to signals.
    "audit/actions.py": {"metadata", "text"},  # The names of columns; a lock.
    "cli/database.py": {"create_engine"},  # The owner's engine.
    "directory/doors/hsds_csv.py": {"connect", "sqlite3"},  # Joins the tables of one file in a database of its own.
    "directory/queries.py": {"connection"},  # Reads the published directory with a prepared statement.
    "events/actions.py": {"connect", "connection", "exec_driver_sql", "__table__"},  # Adds events, which anybody may; counts words.
    "events/queries.py": {"text"},  # Reads locks.
    "directory/staging.py": {"__table__"},  # Adds what was imported, which is not published yet.
    "insights/actions.py": {"__table__"},  # Adds to published counts.
    "jobs/actions.py": {"app_context"},  # A job is the program's own work.
    "jobs/locks.py": {"text", "connect"},  # Takes a lock.
    "pages/health.py": {"text"},  # Asks whether the database answers.
    "places/locating.py": {"connection"},  # Open data of postcodes.
    "places/upserting.py": {"local_table"},  # Imports of open data, by commands.
    "search/sync.py": {"app_context"},  # Reads the published directory.
}
"""What goes past the guard, where, and why that shows nobody's rows."""
FOR_EVERYTHING = {
    "accounts/actions.py", "accounts/following.py", "accounts/models.py", "accounts/queries.py", "accounts/sessions.py",
    "accounts/standing.py",
    "assistant/actions.py", "audit/actions.py", "audit/queries.py", "cli/council.py",
    "directory/amendments.py", "directory/checks/actions.py", "directory/checks/queries.py", "directory/desk/actions.py",
    "directory/desk/queries.py", "directory/imports/queries.py", "directory/terms.py", "relationships/agreed/queries.py",
    "relationships/contacts/actions.py",
    "relationships/contacts/queries.py",
    "relationships/sessions/actions.py",
    "relationships/surveys/actions.py",
    "relationships/surveys/queries.py", "signposts/actions.py",
    "signposts/following.py", "signposts/queries.py", "training/followups/actions.py",
}  # fmt: skip
"""Where the program looks at all rows: before it is known who somebody is, where anybody may leave something, what editors say,
which holds for every import, and who in the trail did what to it; and where a link in a letter says who wants no more of them."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in (ROOT / "app").rglob("*.py"):
        yield str(path.relative_to(ROOT / "app")), ast.parse(path.read_text())


def past_the_guard(tree: ast.Module) -> set[str]:
    """The names in a module with which a statement would not be judged."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found |= {node.attr} & ATTRIBUTES
            if isinstance(node.value, ast.Attribute | ast.Name) and node.attr in ("begin", "execute"):
                found |= {f"engine.{node.attr}"} if getattr(node.value, "attr", getattr(node.value, "id", "")) == "engine" else set()
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"sqlalchemy", *DRIVERS}:
            names = {alias.name for alias in node.names}
            found |= names & FROM_SQLALCHEMY if node.module.startswith("sqlalchemy") else names
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & DRIVERS
    return found


def names(tree: ast.Module) -> set[str]:
    return {node.id if isinstance(node, ast.Name) else node.name for node in ast.walk(tree) if isinstance(node, ast.Name | ast.alias)}


def test_every_table_with_an_owner_is_guarded_or_says_why_not(app: Flask) -> None:
    owned = {table.name for table in Base.metadata.sorted_tables if any(column.name.startswith(OWNERS) for column in table.columns)}
    assert owned - {inspect(cls).local_table.name for cls in guarded()} == set(OPEN)


def test_every_guarded_table_says_who_reads_and_by_which_column(app: Flask) -> None:
    for cls in guarded():
        assert cls.owner_columns() <= {column.key for column in inspect(cls).column_attrs}, cls


def test_no_relationship_leads_to_guarded_rows(app: Flask) -> None:
    leads = [str(way) for mapper in Base.registry.mappers for way in mapper.relationships if way.mapper.class_ in guarded()]
    assert leads == []


def test_nothing_goes_past_the_guard_but_what_says_why() -> None:
    found = {name: past_the_guard(tree) for name, tree in trees()}
    assert {name: past for name, past in found.items() if past} == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        "from sqlalchemy import text", "from sqlalchemy.sql import literal_column", "import sqlite3", "from psycopg import connect",
        "db.engine.connect()", "db.engine.begin()", "db.session.connection()", "Membership.__table__", "inspect(Membership).local_table",
        "Base.metadata.tables['membership']", "select(Membership).from_statement(x)", "session.bulk_insert_mappings(Membership, [])",
        "app.app_context()",
    ],
)  # fmt: skip
def test_a_way_past_the_guard_is_noticed(line: str) -> None:
    assert past_the_guard(ast.parse(line))


def test_all_rows_are_looked_at_only_where_it_is_said() -> None:
    found = {name for name, tree in trees() if "EVERYTHING" in names(tree) and "acting" in names(tree)}
    assert found == FOR_EVERYTHING


def test_nothing_outside_accounts_reads_people() -> None:
    assert {name for name, tree in trees() if names(tree) & PERSONAL and not name.startswith("accounts/")} == set()
