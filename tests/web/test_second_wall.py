"""PostgreSQL keeps councils apart by itself, and Fingerpost does not start where it would not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, select, text
from sqlalchemy.orm import Session

from app.accounts.models import Membership
from app.accounts.roles import Role
from app.tenancy import EVERYTHING, NOBODY, Scope, UnsafeRole, acting, guarded, refuse_unsafe_role, tell_the_database
from tests.append_only import opened
from tests.postgres import PostgresServer
from tests.tenants import ONE, PRACTICE, TWO, add_person, add_records, administrator, make_places

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 10_000
ROW = "('x', 'admin-E99000001', 'learner', %s, now())"
INSERT = "INSERT INTO membership (id, person_id, role, council_code, since) VALUES "


@pytest.fixture
def tenants(postgres_app: Flask) -> Iterator[Flask]:
    with postgres_app.app_context():
        make_places()
        for council in (ONE, TWO):
            add_person(f"admin-{council}", (Role.COUNCIL_ADMIN, council, None))
        add_records()
        yield postgres_app
    from app.extensions import Base

    with postgres_app.extensions["owner"].begin() as connection, opened(connection):
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def raw(tenants: Flask, postgres: PostgresServer) -> Iterator[psycopg.Connection]:
    """A connection as the application's role that knows nothing of the program."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        yield connection


@contextmanager
def told(connection: psycopg.Connection, scope: Scope) -> Iterator[psycopg.Connection]:
    with connection.transaction():
        connection.execute("SELECT set_config('fingerpost.grants', %s, true)", (str(scope),))
        yield connection


def owners(connection: psycopg.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT council_code FROM membership ORDER BY 1")]


def tables() -> list[str]:
    return [inspect(cls).local_table.name for cls in guarded()]


def test_a_connection_that_says_nothing_sees_nothing(raw: psycopg.Connection) -> None:
    for again in range(2):  # The second time the setting is '' and no longer NULL.
        assert owners(raw) == []
        for cls in guarded():
            found = raw.execute(f"SELECT count(*) FROM {inspect(cls).local_table.name}").fetchone()
            assert cls.reading or found == (0,), (cls, again)
        with told(raw, administrator(ONE)):
            assert owners(raw) == [ONE]
        assert raw.execute("SELECT current_setting('fingerpost.grants', true)").fetchone() == ("",)


def test_a_connection_sees_and_changes_its_own_rows_only(raw: psycopg.Connection) -> None:
    with told(raw, administrator(ONE)):
        assert owners(raw) == [ONE]
        assert raw.execute("UPDATE membership SET role = 'x'").rowcount == 1
        assert raw.execute("UPDATE council SET name = 'x'").rowcount == 1
        assert raw.execute("SELECT count(*) FROM council").fetchone() == (2,)
        assert raw.execute("DELETE FROM practice_code").rowcount == 1
    with told(raw, NOBODY):
        assert raw.execute("UPDATE council SET name = 'y'").rowcount == 0


def test_everything_is_said_in_full(raw: psycopg.Connection) -> None:
    with told(raw, EVERYTHING):
        assert owners(raw) == [ONE, TWO]
    for nearly in ("everything,", "everything:", ",everything", "Everything", "council_admin", "council_admin:", ":", "%"):
        with raw.transaction():
            raw.execute("SELECT set_config('fingerpost.grants', %s, true)", (nearly,))
            assert owners(raw) == [], nearly


@pytest.mark.parametrize(
    "statement",
    [
        INSERT + ROW % f"'{TWO}'",
        INSERT + ROW % "NULL",
        INSERT + ROW % f"'{TWO}'" + " RETURNING *",
        INSERT + f"('admin-{TWO}-0', 'admin-{ONE}', 'x', '{ONE}', now()) ON CONFLICT (id) DO UPDATE SET role = 'taken' RETURNING role",
        INSERT + f"('admin-{ONE}-0', 'admin-{ONE}', 'x', '{ONE}', now()) ON CONFLICT (id) DO UPDATE SET council_code = '{TWO}'",
        f"UPDATE membership SET council_code = '{TWO}'",
        "TRUNCATE membership",
        "ALTER TABLE membership DISABLE ROW LEVEL SECURITY",
        "DROP POLICY reading ON membership",
        "CREATE POLICY all_of_it ON membership USING (true)",
        "SET ROLE postgres",
        "SET row_security = off; SELECT * FROM membership",
        "UPDATE alembic_version SET version_num = 'x'",
    ],
)
def test_what_would_reach_others_is_refused(raw: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.Error) as refused, told(raw, administrator(ONE)):
        raw.execute(statement)
    assert "security" in str(refused.value) or isinstance(refused.value, psycopg.errors.InsufficientPrivilege)
    with told(raw, EVERYTHING):
        assert raw.execute("SELECT id, role, council_code FROM membership ORDER BY 1").fetchall() == [
            (f"admin-{council}-0", "council_admin", council) for council in (ONE, TWO)
        ]


def test_returning_and_upsert_give_back_only_ones_own(raw: psycopg.Connection) -> None:
    with told(raw, administrator(ONE)):
        assert raw.execute("UPDATE membership SET role = 'x' RETURNING council_code").fetchall() == [(ONE,)]
        assert raw.execute("DELETE FROM membership RETURNING council_code").fetchall() == [(ONE,)]
        again = INSERT + f"('admin-{TWO}-0', 'admin-{ONE}', 'x', '{ONE}', now()) ON CONFLICT DO NOTHING RETURNING *"
        assert raw.execute(again).fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        INSERT + f"('admin-{TWO}-0', 'admin-{ONE}', 'x', '{ONE}', now())",
        INSERT + f"('x', 'nobody', 'x', '{ONE}', now())",
        f"INSERT INTO practice_code VALUES ('{PRACTICE[TWO]}', '{ONE}', 'x', 'x', now())",
    ],
)
def test_an_error_says_no_more_than_was_sent(raw: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.IntegrityError) as error, told(raw, administrator(ONE)):
        raw.execute(statement)
    said = f"{error.value} {error.value.diag.message_detail}"
    assert "@example.org" not in said and "council_admin" not in said
    assert TWO not in said or TWO in statement


def test_two_councils_on_one_connection_see_their_own(tenants: Flask, postgres: PostgresServer) -> None:
    engine = create_engine(tenants.extensions["database"].url, pool_size=1, max_overflow=0)
    tell_the_database(engine)
    scopes = (administrator(ONE), administrator(TWO), NOBODY)
    expected = [[ONE], [TWO], []]
    raw_rows = text("SELECT council_code FROM membership")
    by_class = select(Membership.council_code)
    wrong = 0
    with tenants.app_context():
        for number in range(REQUESTS):
            turn = number % 7 % 3
            with acting(scopes[turn]), Session(engine) as session:
                wrong += list(session.scalars(raw_rows if number % 2 else by_class)) != expected[turn]
                if number % 100 == 0:
                    session.rollback()
                    wrong += list(session.scalars(raw_rows)) != expected[turn]
    assert engine.pool.checkedin() == 1  # type: ignore[attr-defined]
    engine.dispose()
    assert wrong == 0


def upgraded(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0


@pytest.mark.parametrize(
    "damage",
    [
        "DROP POLICY reading ON membership",
        "ALTER POLICY reading ON membership USING (true)",
        "CREATE POLICY more ON membership USING (true)",
        "ALTER TABLE membership NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE membership DISABLE ROW LEVEL SECURITY",
        "GRANT TRUNCATE ON membership TO fingerpost",
        "REVOKE SELECT ON membership FROM fingerpost",
    ],
)
def test_what_was_done_to_the_wall_by_hand_is_mended(tenants: Flask, raw: psycopg.Connection, damage: str) -> None:
    owner: Engine = tenants.extensions["owner"]

    def wall() -> list[tuple[object, ...]]:
        looks = (
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = 'membership'::regclass",
            "SELECT policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies WHERE tablename = 'membership' ORDER BY 1",
            "SELECT privilege_type FROM information_schema.table_privileges WHERE table_name = 'membership' AND grantee = 'fingerpost'"
            " ORDER BY 1",
        )
        with owner.connect() as connection:
            return [tuple(row) for look in looks for row in connection.execute(text(look))]

    before = wall()
    with owner.begin() as connection:
        connection.execute(text(damage))
    assert wall() != before
    upgraded(tenants)
    assert wall() == before
    with told(raw, administrator(ONE)):
        assert owners(raw) == [ONE]


def run(*arguments: str, url: str, folder: Path, owner_url: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environ = {**kept, "DATA_DIR": str(folder), "DATABASE_URL": url, "PORT": "8791", "DATABASE_OWNER_URL": owner_url}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60)


SERVE, JOBS = ("-m", "flask", "--app", "wsgi", "serve"), ("-m", "flask", "--app", "wsgi", "jobs", "run")
STARTS = {"serve": SERVE, "jobs": JOBS, "wsgi": ("-c", "import wsgi")}
UNSAFE = {
    "a superuser": "ALTER ROLE {role} SUPERUSER",
    "passing by": "ALTER ROLE {role} BYPASSRLS",
    "the owner": "GRANT postgres TO {role}",
    "an owner of one table": "CREATE TABLE of_{role} (); ALTER TABLE of_{role} OWNER TO {role}",
    "not forced": "ALTER TABLE practice_code NO FORCE ROW LEVEL SECURITY",
}


@contextmanager
def unsafe_role(app: Flask, why: str) -> Iterator[str]:
    """A role of the application's that the wall does not hold, or a wall with a hole; mended afterwards."""
    role, owner = "unsafe", app.extensions["owner"]
    with owner.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"))
        connection.execute(text(UNSAFE[why].format(role=role)))
    try:
        yield role
    finally:
        with owner.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role}; DROP ROLE {role}"))
        upgraded(app)


@pytest.mark.parametrize("start", STARTS)
def test_no_start_with_a_role_that_the_wall_does_not_hold(tenants: Flask, postgres: PostgresServer, tmp_path: Path, start: str) -> None:
    with unsafe_role(tenants, "a superuser") as role:
        result = run(*STARTS[start], url=postgres.url.replace("fingerpost@", f"{role}@"), folder=tmp_path)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr and "DATABASE_URL: " in result.stderr and "docs/postgresql.md" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("why", UNSAFE)
def test_each_way_past_the_wall_is_named(tenants: Flask, postgres: PostgresServer, why: str) -> None:
    with unsafe_role(tenants, why) as role, psycopg.connect(postgres.url.replace("fingerpost@", f"{role}@")) as connection:
        refused = pytest.raises(UnsafeRole, refuse_unsafe_role, connection)
    assert len(str(refused.value).splitlines()) == 1
    assert ("flask db upgrade" in str(refused.value)) == (why == "not forced")


def test_the_application_s_own_role_is_held(raw: psycopg.Connection) -> None:
    refuse_unsafe_role(raw)


def test_a_command_without_the_owner_says_so(tenants: Flask, postgres: PostgresServer, tmp_path: Path) -> None:
    result = run("-m", "flask", "--app", "wsgi", "db", "upgrade", url=postgres.owner_url, folder=tmp_path)
    assert result.returncode == 1 and len(result.stderr.strip().splitlines()) == 1 and "DATABASE_OWNER_URL" in result.stderr


def test_a_first_set_up_as_the_page_says(postgres: PostgresServer, tmp_path: Path) -> None:
    """docs/postgresql.md, line for line, on an empty database."""
    page = (ROOT / "docs" / "postgresql.md").read_text()
    statements = page.split("```sql\n")[1].split("```")[0]
    with psycopg.connect(postgres.owner_url, autocommit=True) as connection:
        for statement in filter(None, (line.strip() for line in statements.splitlines())):
            connection.execute(statement.replace("fingerpost", "fresh"))  # type: ignore[arg-type]
    owner, url = (postgres.owner_url.replace("postgres@/postgres", f"{role}@/fresh") for role in ("fresh_owner", "fresh"))
    without = run("-m", "flask", "--app", "wsgi", "db", "upgrade", url=url, folder=tmp_path)
    assert without.returncode == 1 and "DATABASE_OWNER_URL" in without.stderr and "Traceback" not in without.stderr
    first = run("-m", "flask", "--app", "wsgi", "db", "upgrade", url=url, owner_url=owner, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    jobs = run("-m", "flask", "--app", "wsgi", "jobs", "run", "--once", url=url, folder=tmp_path)
    assert jobs.returncode == 0, jobs.stderr
