"""Whatever is sent to the program, by any door and however it ends, lies nowhere afterwards."""

import base64
import http.client
import json
import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from flask import Flask, request
from sqlalchemy import text

from app import create_app
from app.schema import upgrade
from config import Settings
from tests.journeys.canaries import Canary, Request, canaries, files_below, hits, requests, too_long
from tests.journeys.server import Server
from tests.postgres import HOMES, PostgresServer

ENDS = {200, 303, 400, 403, 404, 405, 413, 415, 422}
"""How requests end on a whole database, so that the sweep is known to have gone through all of it."""

ON_DISK = {"fingerpost.sqlite3", "fingerpost.sqlite3-shm", "fingerpost.sqlite3-wal", "index", "content-kept", "content-kept.lock"}
ON_DISK |= {"locks", "reports", "secret_key", "serve.log"}
"""What a running server writes into its folder, and `serve.log`, into which these tests put its standard output."""


class Sender:
    """Sends requests to a running server, and counts how they ended."""

    def __init__(self, server: Server) -> None:
        self.port = server.port
        self.ended: Counter[int] = Counter()

    def __call__(self, sent: Request) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(sent.method, sent.path, sent.body, dict(sent.headers))
            answer = connection.getresponse()
            found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except (ConnectionError, http.client.BadStatusLine):
            found = 413, {}, b""  # The server may hang up on a body that is far too long.
        finally:
            connection.close()
        self.ended[found[0]] += 1
        return found

    def form(self, path: str, **fields: str) -> tuple[int, dict[str, str], bytes]:
        return self(Request("POST", path, {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(fields).encode()))

    def json(self, path: str, body: object) -> tuple[int, dict[str, str], bytes]:
        return self(Request("POST", path, {"Content-Type": "application/json"}, json.dumps(body).encode()))


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings.from_environ({"DATA_DIR": str(tmp_path_factory.mktemp("endpoints")), "SECRET_KEY": "for tests only"}))


def through_open_doors(send: Sender, canary: Canary) -> dict[str, str]:
    """What people do that succeeds, with a canary in it; gives back parts of addresses that exist."""
    status, _, body = send.json("/api/assistant", {"text": f"82F 2 falls {canary.text} lives alone"})
    answer = json.loads(body)
    assert status == 200 and canary.word not in json.dumps(answer["report"])
    assert send.form("/ask", text=f"82F 2 falls {canary.text}", earlier=f"lives alone {canary.text}")[0] == 200
    assert send.json("/api/assistant/wrong", {**answer["report"], "fault": "read_wrongly"})[0] == 200
    assert send.json("/api/assistant/wrong", {**answer["report"], "fault": "read_wrongly", "question": canary.text})[0] == 400
    assert send(Request("GET", f"/search?q=day+centre+{canary.word}"))[0] == 200
    found = json.loads(send(Request("GET", f"/api/search?q=lunch+{canary.word}"))[2])
    modules = re.findall(rb'href="/training/([a-z0-9-]+)"', send(Request("GET", "/training"))[2])
    status, headers, _ = send.form(f"/training/{modules[0].decode()}", note=canary.text)
    token, page = headers["location"].rsplit("/", 2)[-2:]
    return {
        "identity": answer["alternatives"][0]["id"], "service_id": found["results"][0]["id"] if found.get("results") else "none",
        "slug": modules[0].decode(), "token": token, "page": page, "code": "E99000001",
    }  # fmt: skip


def swept(server: Server, endpoints: Flask, break_database: Callable[[], None]) -> Sender:
    """Everything sent to a whole database, and then to a broken one."""
    send = Sender(server)
    known: dict[str, str] = {}
    for canary in canaries():
        known = through_open_doors(send, canary)
    assert canaries()[0].word not in server.flask("assistant", "ask", f"82F 2 falls {canaries()[0].text}")
    for each in (*requests(endpoints, known), too_long()):
        send(each)
    assert not any(hits([("/status", send(Request("GET", "/status"))[2])]))
    assert send.ended.keys() >= ENDS, send.ended
    assert 500 not in send.ended, send.ended
    break_database()
    for each in requests(endpoints, known):
        send(each)
    assert send.ended[500] > 20, send.ended
    return send


def test_what_is_sent_lies_nowhere_on_disk(tmp_path: Path, endpoints: Flask) -> None:
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    data.mkdir()
    temporary.mkdir()

    def break_database() -> None:
        with sqlite3.connect(data / "fingerpost.sqlite3") as connection:
            for table in ("council", "event", "service_version"):
                connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")

    with Server(data, TMPDIR=str(temporary)) as server:
        swept(server, endpoints, break_database)
        assert hits(files_below(tmp_path)) == []
        names = {path.name for path in data.iterdir()}
        assert names - ON_DISK == set(), "docs/security/policy.md says what is written beside the database"
        assert {"fingerpost.sqlite3", "fingerpost.sqlite3-wal", "serve.log"} <= names
    assert hits(files_below(tmp_path)) == []


def test_what_is_sent_lies_nowhere_in_postgresql(tmp_path: Path, endpoints: Flask, postgres: PostgresServer) -> None:
    url, owner_url = (known.replace("/postgres?", "/canaries?") for known in (postgres.url, postgres.owner_url))
    with psycopg.connect(postgres.owner_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE canaries")

    def break_database() -> None:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            for table in ("council", "event", "service_version"):
                connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")

    with Server(tmp_path, TMPDIR=str(tmp_path), DATABASE_URL=url, DATABASE_OWNER_URL=owner_url) as server:
        swept(server, endpoints, break_database)
    dump = subprocess.run([HOMES[0] / "pg_dump", owner_url], capture_output=True, check=True).stdout
    assert b"assistant_asked" in dump
    cluster = Path(postgres.owner_url.split("host=")[1])
    assert hits([("the dump", dump), *files_below(tmp_path, cluster)]) == []


def leak_raw(app: Flask) -> None:
    (Path(app.config["DATA_DIR"]) / "requests.log").open("ab").write(request.get_data() + request.query_string)


def leak_in_capitals(app: Flask) -> None:
    (Path(app.config["DATA_DIR"]) / "tmp.bin").open("ab").write(b"\x00" + request.values.get("text", "").upper().encode("utf-8", "replace"))


def leak_digits(app: Flask) -> None:
    (Path(app.config["DATA_DIR"]) / "counts").open("a").write("".join(re.findall(r"\d", request.values.get("text", ""))))


def leak_base64(app: Flask) -> None:
    (Path(app.config["DATA_DIR"]) / "session").open("ab").write(base64.b64encode(b"x" + request.headers.get("Referer", "").encode()))


def leak_address(app: Flask) -> None:
    (Path(app.config["DATA_DIR"]) / "access.log").open("a").write(request.url)


def leak_to_database(app: Flask) -> None:
    if cookie := request.cookies.get("fp_practice"):
        with app.extensions["database"].begin() as connection:
            connection.execute(text("INSERT INTO timer (name) VALUES (:name) ON CONFLICT DO NOTHING"), {"name": cookie})


def leak_filename(app: Flask) -> None:
    for upload in request.files.values():
        (Path(app.config["DATA_DIR"]) / "uploads.txt").open("a").write(upload.filename or "")


@pytest.fixture
def leaking(tmp_path: Path) -> Iterator[Flask]:
    made = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}))
    upgrade(made.extensions["database"])
    yield made
    made.extensions["database"].dispose()


@pytest.mark.parametrize(
    "leak",
    [leak_raw, leak_in_capitals, leak_digits, leak_base64, leak_address, leak_to_database, leak_filename],
    ids=lambda leak: leak.__name__,
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_planted_leak_is_found(leak: Callable[[Flask], None], leaking: Flask, tmp_path: Path) -> None:
    client = leaking.test_client(use_cookies=False)
    only = [each for each in requests(leaking, {}) if each.path.startswith("/practice")]

    def everything() -> None:
        for sent in only:
            client.open(sent.path, method=sent.method, headers=dict(sent.headers), data=sent.body)
        leaking.extensions["database"].dispose()

    everything()
    assert hits(files_below(tmp_path)) == []
    leaking.before_request_funcs.setdefault(None, []).append(lambda: leak(leaking))
    everything()
    assert hits(files_below(tmp_path)) != []
