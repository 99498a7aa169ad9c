"""Who did what is noted with what they did, in one chain, and each sees their own council's part of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.audit.actions import Deed, note
from app.audit.chain import START, Head
from app.audit.models import AuditEntry
from app.audit.queries import entries, head, verify
from app.extensions import db
from app.schema import APPEND_ONLY
from app.tenancy import EVERYTHING, NOBODY, SETTING, Grant, Refused, Scope, acting
from tests.append_only import opened

ROOT = Path(__file__).resolve().parents[3]
ANN, BOB = "a" * 32, "b" * 32
HERE, THERE = "E99000001", "E99000002"

NOTING = """
import os, sys
from wsgi import app
from app.audit.actions import note

children = []
for name in range(4):
    child = os.fork()
    if child == 0:
        with app.app_context():
            for number in range(25):
                note(by="job", what="exported", about=f"{name}:{number}")
        os._exit(0)
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] for child in children))
"""


def several() -> None:
    note(by=ANN, what=Deed.SIGN_IN, about=ANN)
    note(by=ANN, what=Deed.ROLE_GIVEN, about="m1", council=HERE, practice="Z99001", fields=("name", "contacts"))
    note(by=BOB, what=Deed.EXPORTED, about="figures", council=THERE)
    note(by="job", what=Deed.RETENTION_RUN, about="event")


@pytest.mark.both
def test_what_was_noted_is_found_by_whom_what_where_and_when(app: Flask) -> None:
    several()
    today, day = datetime.now(UTC).date(), timedelta(days=1)
    newest = entries()
    assert [(entry.number, entry.by, entry.what) for entry in newest] == [
        (4, "job", "retention_run"),
        (3, BOB, "exported"),
        (2, ANN, "role_given"),
        (1, ANN, "sign_in"),
    ]
    assert (newest[2].council, newest[2].practice, newest[2].fields) == (HERE, "Z99001", ("name", "contacts"))
    assert abs(datetime.now(UTC) - newest[0].at) < timedelta(minutes=1)
    assert [entry.number for entry in entries(by=ANN)] == [2, 1]
    assert [entry.number for entry in entries(what=Deed.EXPORTED)] == [3]
    assert [entry.number for entry in entries(council=HERE)] == [2]
    assert [entry.number for entry in entries(since=today - day, until=today + day, limit=2)] == [4, 3]
    assert [entry.number for entry in entries(after=3, limit=1)] == [2]
    assert entries(until=today - 2 * day) == entries(since=today + 2 * day) == []


@pytest.mark.both
def test_it_stands_or_falls_with_what_it_is_about(app: Flask) -> None:
    with pytest.raises(LookupError), db.writing():
        note(by=ANN, what=Deed.SIGN_IN, about=ANN)
        raise LookupError
    assert head() == START
    note(by=ANN, what=Deed.SIGN_IN, about=ANN)
    assert head().number == 1


@pytest.mark.parametrize(
    "wrong", [{"by": "Ann Invented"}, {"what": "visited Mrs Invented"}, {"about": "Mrs Invented"}, {"fields": ("Invented",)}]
)
def test_free_text_is_refused(app: Flask, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="ids only|not a valid Deed"):
        note(**{"by": ANN, "what": Deed.SIGN_IN, "about": ANN} | wrong)  # type: ignore[arg-type]
    assert head() == START


@pytest.mark.both
@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (NOBODY, []),
        (Scope(frozenset({Grant("council_admin", HERE)})), [2]),
        (Scope(frozenset({Grant("council_admin", HERE), Grant("council_admin", THERE)})), [3, 2]),
        (Scope(frozenset({Grant("practice_lead", "Z99001"), Grant("person", ANN)})), []),
        (Scope(frozenset({Grant("platform_admin")})), [4, 3, 2, 1]),
    ],
)
def test_an_administrator_sees_the_own_councils_entries_and_anybodys_act_is_noted(app: Flask, scope: Scope, seen: list[int]) -> None:
    with app.test_request_context(), acting(scope):
        several()
        assert [entry.number for entry in entries()] == seen
        assert verify() == (head(), None) and head().number == 4


def test_what_somebody_may_not_change_is_not_changed_under_cover_of_a_note(app: Flask) -> None:
    several()
    with app.test_request_context(), db.writing() as session:
        with acting(EVERYTHING):
            row = session.get_one(AuditEntry, 1)
        row.about = "another"
        with pytest.raises(Refused):
            note(by=ANN, what=Deed.SIGN_OUT, about=ANN)
        session.rollback()


@pytest.mark.both
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET about = 'another' WHERE number = 2",
        "DELETE FROM audit_entry WHERE number = 4",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(app: Flask, change: str) -> None:
    several()
    with pytest.raises(DBAPIError, match="can only be added to"), app.extensions["owner"].begin() as connection:
        connection.execute(text(change))
    assert verify() == (head(), None) and head().number == 4


def test_nor_does_sqlite_replace_one(app: Flask) -> None:
    several()
    with pytest.raises(DBAPIError, match="can only be added to"), db.engine.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 2"))


def test_tables_that_can_only_be_added_to_exist(app: Flask) -> None:
    assert {AuditEntry.__tablename__} == APPEND_ONLY


@pytest.mark.both
def test_four_processes_at_once_make_one_chain_without_gaps(app: Flask) -> None:
    environ = {
        **os.environ,
        "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
        "DATA_DIR": str(app.config["DATA_DIR"]),
        "SECRET_KEY": "for tests only",
        "FLASK_RUN_FROM_CLI": "1",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([sys.executable, "-c", NOTING], env=environ, cwd=ROOT, check=True, timeout=120)
    end, broken = verify()
    assert (end.number, broken) == (100, None)
    said = [entry.about for entry in reversed(entries(limit=200))]
    for name in range(4):
        assert [about for about in said if about.startswith(f"{name}:")] == [f"{name}:{number}" for number in range(25)]
    assert len({about.split(":")[0] for about in said[:50]}) > 1, "they took turns"


@pytest.fixture
def on_postgres(postgres_app: Flask) -> Iterator[Flask]:
    with postgres_app.app_context():
        yield postgres_app
    with postgres_app.extensions["owner"].begin() as connection, opened(connection):
        connection.execute(text("DELETE FROM audit_entry"))


def test_nor_does_postgresql_empty_the_table(on_postgres: Flask) -> None:
    with pytest.raises(DBAPIError, match="can only be added to"), on_postgres.extensions["owner"].begin() as connection:
        connection.execute(text("TRUNCATE audit_entry"))


def test_under_row_level_security_a_visitors_act_is_noted_and_nobody_elses_rows_are_read(on_postgres: Flask) -> None:
    several()
    with on_postgres.test_request_context(), db.writing():
        note(by=ANN, what=Deed.SIGN_OUT, about=ANN)
    assert verify() == (head(), None) and head().number == 5
    for grants, seen in {"": [], f"council_admin:{HERE}": [2], "platform_admin:": [1, 2, 3, 4, 5]}.items():
        with db.engine.begin() as connection:
            connection.execute(text("SELECT set_config(:name, :grants, true)"), {"name": SETTING, "grants": grants})
            assert list(connection.scalars(text("SELECT number FROM audit_entry ORDER BY number"))) == seen
    with pytest.raises(DBAPIError, match="permission denied"), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))


def test_the_head_that_is_shown_can_be_read_back(app: Flask) -> None:
    several()
    assert Head.read(str(head())) == head()
