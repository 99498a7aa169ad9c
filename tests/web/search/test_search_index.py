"""The index follows the directory, and can be lost without anybody noticing."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.directory.desk.actions import withdraw
from app.extensions import db
from app.search import sync
from app.search.sync import Keeper, keeper
from config import ROOT
from tests.append_only import opened
from tests.disk import on_disk
from tests.web.search.conftest import Find
from tests.web.search.made import MARLBURY, id_of, publish, service

LIBRARY = service("Marlbury Library", "Books.", terms=("Library",), at=MARLBURY)
PANTRY = service("Beck Pantry", "Food bank.", terms=("Food bank",), at=MARLBURY)

ANOTHER_PROCESS = """
import sys, time
from app import create_app
from app.search.queries import search
from config import Settings
import os
app = create_app(Settings.from_environ(os.environ))
def names(text):
    with app.test_request_context():
        return [hit.service.name for hit in search(text).hits]
print(names("library"), flush=True)
sys.stdin.readline()
started = time.monotonic()
while time.monotonic() - started < 10 and "Beck Pantry" not in names("food bank"):
    time.sleep(0.05)
print(time.monotonic() - started, flush=True)
"""


def index_folder(app: Flask) -> Path:
    return next((app.config["DATA_DIR"] / "index").iterdir())


@pytest.mark.both
def test_what_is_published_changed_and_dropped_is_found_so(find: Find) -> None:
    publish(LIBRARY)
    assert find("library") == ["Marlbury Library"]
    publish(LIBRARY, PANTRY)
    assert find("food bank") == ["Beck Pantry"]
    publish(LIBRARY, {**PANTRY, "name": "Beck Soup Kitchen", "description": "Soup."})
    assert find("soup") == ["Beck Soup Kitchen"]
    publish(LIBRARY)
    assert find("soup") == []
    assert find("library") == ["Marlbury Library"]


def test_a_withdrawal_counts_at_once_even_before_the_index_knows(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(LIBRARY)
    assert find("library") == ["Marlbury Library"]
    monkeypatch.setattr(sync, "LOOK_EVERY", 60.0)
    withdraw(service_id=id_of("Marlbury Library"), by="command line")
    db.session.rollback()
    assert keeper().opened().size == 1
    assert find("library") == []


def test_the_directory_is_looked_at_once_a_second_at_most(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(LIBRARY)
    find("library")
    monkeypatch.setattr(sync, "LOOK_EVERY", 60.0)
    publish(LIBRARY, PANTRY)
    assert find("food bank") == []
    monkeypatch.setattr(sync, "LOOK_EVERY", 0.0)
    assert find("food bank") == ["Beck Pantry"]


def test_an_index_deleted_under_a_running_process_is_made_again(app: Flask, find: Find) -> None:
    publish(LIBRARY)
    assert find("library") == ["Marlbury Library"]
    shutil.rmtree(app.config["DATA_DIR"] / "index")
    assert find("library") == ["Marlbury Library"]
    assert (index_folder(app) / "current").exists()


@pytest.mark.parametrize("files", ["meta.json", "cards", "*.term", "*.idx", "*.pos", "*.fast", "current"])
@pytest.mark.parametrize("running", [True, False])
def test_a_damaged_index_is_made_again(app: Flask, find: Find, files: str, running: bool) -> None:
    publish(LIBRARY)
    assert find("library") == ["Marlbury Library"]
    for path in (app.config["DATA_DIR"] / "index").rglob(files):
        path.write_bytes(os.urandom(max(path.stat().st_size, 50)))
    if not running:
        app.extensions["search_index"] = Keeper(app)
    assert find("library") == ["Marlbury Library"]


def test_an_index_made_by_other_code_is_not_read(app: Flask, find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(LIBRARY)
    find("library")
    monkeypatch.setattr("app.search.index.VERSION", "another")
    app.extensions["search_index"] = Keeper(app)
    assert find("library") == ["Marlbury Library"]
    assert list((app.config["DATA_DIR"] / "index").glob("another-*/current"))


def test_a_database_set_back_to_an_earlier_state_gets_a_new_index(app: Flask, find: Find) -> None:
    publish(LIBRARY)
    publish(LIBRARY, PANTRY)
    find("library")
    from app.extensions import Base

    with app.extensions["database"].begin() as connection, opened(connection):
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    publish(PANTRY)
    assert find("library") == []
    assert find("food bank") == ["Beck Pantry"]


def test_searches_are_answered_while_another_process_holds_the_lock(app: Flask, find: Find) -> None:
    publish(LIBRARY)
    find("library")
    publish(LIBRARY, PANTRY)
    with sync._lock(index_folder(app)) as held:
        assert held
        assert find("library") == ["Marlbury Library"]
        assert find("food bank") == []
    assert find("food bank") == ["Beck Pantry"]


def test_a_rebuild_swaps_in_a_whole_index(app: Flask, find: Find) -> None:
    publish(LIBRARY, PANTRY)
    find("library")
    before = keeper().opened().folder
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0, result.output
    assert "2 services" in result.output
    assert find("food bank") == ["Beck Pantry"]
    assert keeper().opened().folder != before
    assert not before.exists()


def test_an_index_made_afresh_gives_the_same_order_as_one_kept_up(app: Flask, find: Find) -> None:
    choirs = [service(f"Choir {number}", "Singing for all." if number % 3 else "Singing, tea and more singing.") for number in range(12)]
    publish(*choirs, LIBRARY)
    for round_ in range(4):
        publish(*(choir | {"description": f"{choir['description']} Season {round_}."} for choir in choirs), LIBRARY)
    kept_up = [find("singing"), find("choir tea"), find("library")]
    keeper().rebuild()
    assert [find("singing"), find("choir tea"), find("library")] == kept_up


def test_another_process_sees_a_publication_within_two_seconds(app: Flask, find: Find) -> None:
    publish(LIBRARY)
    find("library")
    environ = {
        **os.environ,
        "DATABASE_URL": app.extensions["database"].url.render_as_string(hide_password=False),
        "DATA_DIR": str(app.config["DATA_DIR"]),
        "SECRET_KEY": "for tests only",
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER_PROCESS], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline().strip() == "['Marlbury Library']"
        publish(LIBRARY, PANTRY)
        other.stdin.write("go\n")
        other.stdin.flush()
        seconds = float(other.stdout.readline())
    assert seconds < 2.0
    assert find("food bank") == ["Beck Pantry"]


def test_no_index_yet_and_no_time_to_wait_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "FIRST_PATIENCE", 0.0)
    monkeypatch.setattr(Keeper, "_catch_up", lambda self: time.sleep(0.2))
    response = client.get("/api/search?q=library")
    assert (response.status_code, response.get_json()["error"]["code"]) == (503, "not_ready")
    assert client.get("/search?q=library").status_code == 503
    assert client.post("/search/suggest", data={"q": "lib"}).status_code == 200


def test_words_are_not_kept(app: Flask, answer: Callable[..., Any], client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    publish(LIBRARY)
    caplog.set_level("DEBUG")
    client.get("/search?q=library+zanzibar")
    answer("library zanzibar")
    assert b"zanzibar" not in on_disk(app.config["DATA_DIR"])
    assert "zanzibar" not in caplog.text
