"""Databases and applications for tests: real SQLite and real PostgreSQL, made once and emptied after each test."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine

from app import create_app
from app.content.kinds import Report, check
from app.extensions import Base
from config import Settings
from tests.append_only import opened
from tests.postgres import PostgresServer

# The same examples each time, and few: what they find is kept as an example of its own. A test's database serves all of them.
settings.register_profile(
    "fingerpost",
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("fingerpost")
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real open data and labelled texts; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: this test reads real open data from it")
    return SHARED


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    with PostgresServer(tmp_path_factory.mktemp("pg")) as server:
        yield server


@contextmanager
def _made(url: str, folder: Path, owner_url: str = "") -> Iterator[Flask]:
    environ = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}
    app = create_app(Settings.from_environ(environ | {"DATABASE_OWNER_URL": owner_url}))
    app.testing = True
    _passwords_take_no_time(app)
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    app.extensions["owner"] = create_engine(app.config["DATABASE_OWNER_URL"]) if owner_url else app.extensions["database"]
    yield app
    app.extensions["owner"].dispose()
    app.extensions["database"].dispose()


def _passwords_take_no_time(app: Flask) -> None:
    """Checking a password costs a quarter of a second on purpose, and tests sign in thousands of times; `in_earnest` undoes it."""
    security = app.extensions["security"]
    app.extensions["passwords_in_earnest"] = security.pwd_context
    security.pwd_context = security.pwd_context.copy(argon2__memory_cost=64, argon2__rounds=1)


@pytest.fixture
def in_earnest(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are kept as the product keeps them."""
    monkeypatch.setattr(app.extensions["security"], "pwd_context", app.extensions["passwords_in_earnest"])


def _kept_from_opening(file: Path) -> None:
    """Let SQLite alone open the database: tests/disk.py says what happens to it otherwise."""

    def refuse(event: str, facts: tuple[object, ...]) -> None:
        if event == "open" and str(facts[0]) == str(file):
            raise AssertionError(f"{file} is open in this process already; read it by tests.disk")

    sys.addaudithook(refuse)


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("sqlite")
    _kept_from_opening(folder / "test.sqlite3")
    with _made(f"sqlite:///{folder / 'test.sqlite3'}", folder) as app:
        yield app


@pytest.fixture(scope="session")
def postgres_app(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with _made(postgres.url, tmp_path_factory.mktemp("postgres"), postgres.owner_url) as app:
        yield app


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "app" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both")
        metafunc.parametrize("app", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty database; mark a test `both` to run it on SQLite and on PostgreSQL."""
    made: Flask = request.getfixturevalue(f"{request.param}_app")
    with made.app_context():
        yield made
    with made.extensions["owner"].begin() as connection, opened(connection):
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def checked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, date], Report]:
    """The content check of one kind by its name; all of them take a quarter of a minute."""

    def of(name: str, today: date) -> Report:
        monkeypatch.setitem(app.extensions, "content_kinds", [kind for kind in app.extensions["content_kinds"] if kind.name == name])
        return check(app, today)

    return of


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def pytest_configure() -> None:
    os.environ.pop("DATABASE_URL", None)
