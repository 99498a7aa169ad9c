"""wapiti, a scanner that crawls a site and attacks every field that it meets. It asks no host but the one it is pointed at."""

import json
import re
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from flask.json.tag import TaggedJSONSerializer

from app import create_app
from app.accounts.models import SignIn
from app.accounts.roles import Role
from app.accounts.sessions import hashed
from app.extensions import db
from config import Settings
from tests.journeys.faulty import listening
from tests.journeys.server import ROOT, Server
from tests.tenants import ONE, add_person, id_of

WAPITI = ROOT / ".venv-attack" / "bin" / "wapiti"
MODULES = (
    "cookieflags", "crlf", "csp", "csrf", "exec", "file", "http_headers", "methods", "permanentxss", "redirect", "sql", "ssrf",
    "timesql", "upload", "xss", "xxe",
)  # fmt: skip
ENDS_THE_SESSION = (
    "/sign-out", "/sign-in*", "/password/*", "/account/close", "/account/sessions/*", "/account/roles/*", "/account/authenticator*",
    "/organisations/*/people/*/sign-out", f"/organisations/{ONE}/second-factor",
)  # fmt: skip
"""Addresses that a scan as somebody leaves alone: after them it would go on as nobody, or with another cookie."""
SET_UP = ("", "/words", "/alternatives", "/alternatives/reablement", "/districts", "/neighbourhoods")
OF_ADMINISTRATOR = (
    "/account",
    "/account/password",
    f"/organisations/{ONE}/people",
    f"/organisations/{ONE}/trail",
    *(f"/councils/{ONE}/set-up{page}" for page in SET_UP),
)
"""Where a scan as a council administrator starts beside the home page."""
ADMINISTRATOR = "scanned"
NO_TOKEN = "Cross Site Request Forgery"


@dataclass(frozen=True)
class Scan:
    """What was found: kind and path of each finding, and how many addresses were attacked. `cut_short` are the modules whose time ran
    out."""

    found: tuple[tuple[str, str], ...]
    addresses: int
    cut_short: tuple[str, ...]

    def faults(self, url: str, cookie: str = "") -> list[tuple[str, str]]:
        """What is wrong. A form without a token is no fault where another site's form is refused at its address: the scanner knows
        tokens only, and here the browser says where a form stands."""
        return [(kind, path) for kind, path in self.found if kind != NO_TOKEN or not refused_from_elsewhere(url + path, cookie)]


def refused_from_elsewhere(address: str, cookie: str) -> bool:
    """Whether a form that stands on another site is refused."""
    headers = {"Sec-Fetch-Site": "cross-site", "Cookie": cookie}
    try:
        urllib.request.urlopen(urllib.request.Request(address, data=b"", headers=headers), timeout=20).close()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code == 403
    return False


def recorder() -> type[BaseHTTPRequestHandler]:
    """The other end for faults that show in what a server calls: it writes down who called, and tells when asked."""
    calls: dict[str, dict[str, list[dict[str, str]]]] = {}

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            told: object = calls if path == "/get_ssrf.php" else {}
            if path.startswith("/ssrf/"):
                _, _, _session, request, field, *_ = path.split("/")
                call = {"url": self.path, "date": "", "ip": self.client_address[0], "method": "GET"}
                calls.setdefault(request, {}).setdefault(field, []).append(call)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said."""

    return Recorder


def scan(url: str, folder: Path, *, seconds: int, starts: Sequence[str] = (), cookie: str = "") -> Scan:
    """Crawl from the home page and `starts` for at most a minute, and let each module attack for at most `seconds`."""
    session = folder / "session"
    with listening(recorder()) as endpoint:
        command: list[str | Path] = [WAPITI, "--url", f"{url}/", "--module", ",".join(MODULES), "--endpoint", f"{endpoint}/"]
        command += ["--header", "Sec-Fetch-Site: same-origin", "--max-attack-time", str(seconds), "--max-scan-time", "60"]
        command += [part for path in starts for part in ("--start", url + path)]
        command += ["--depth", "2", "--max-files-per-dir", "40", "--max-links-per-page", "40", "--verbose", "1", "--no-bugreport"]
        command += ["--store-session", session, "--store-config", folder / "config", "--format", "json", "--output", folder / "report"]
        if cookie:
            command += ["--header", f"Cookie: {cookie}"]
            command += [part for path in ENDS_THE_SESSION for part in ("--exclude", url + path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    if cookie:
        with urllib.request.urlopen(urllib.request.Request(url + starts[0], headers={"Cookie": cookie}), timeout=20) as answer:
            assert answer.url == url + starts[0], "the session ended during the scan"
    cut = re.findall(r"attack time was reached for module (\w+)", done.stdout)
    return Scan(*_kept(next(session.glob("*.db"))), tuple(cut))


def _kept(session: Path) -> tuple[tuple[tuple[str, str], ...], int]:
    """What the scanner wrote down. Its report leaves out kinds that it has no heading for, XML entities among them."""
    said = "SELECT category, path FROM payloads JOIN paths ON path_id = evil_path_id WHERE type != 'additional' ORDER BY category, path"
    with closing(sqlite3.connect(session)) as database:
        rows = database.execute(said)
        found = tuple((kind, urlsplit(address).path) for kind, address in rows)
        number: int = database.execute("SELECT count(*) FROM paths WHERE evil = 0").fetchone()[0]
    return found, number


def cookie_of_administrator(server: Server) -> str:
    """The cookie of a council administrator of the demonstration, signed in now."""
    app = create_app(Settings.from_environ(server.environ))
    with app.app_context():
        add_person(ADMINISTRATOR, (Role.COUNCIL_ADMIN, ONE, None))
        now = datetime.now(UTC)
        data = {"_user_id": ADMINISTRATOR, "_fresh": True, "fs_paa": now.timestamp(), "identity": 1}
        with db.writing() as session:
            session.add(
                SignIn(
                    token_hash=hashed(ADMINISTRATOR), id=ADMINISTRATOR, person_id=id_of(ADMINISTRATOR),
                    data=TaggedJSONSerializer().dumps(data),
                    browser="", began_at=now, seen_at=now, idle_seconds=36000, ends_at=now + timedelta(days=1),
                )
            )  # fmt: skip
    app.extensions["database"].dispose()
    return f"__Host-fp_session={ADMINISTRATOR}"
