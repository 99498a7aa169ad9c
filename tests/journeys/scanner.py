"""wapiti, a scanner that crawls a site and attacks every field that it meets. It asks no host but the one it is pointed at."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
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
ENDS_THE_SESSION = ("/sign-out", "/account/close", "/account/sessions/*", "/account/roles/*")
"""Addresses that a scan as somebody leaves alone: after them it would go on as nobody."""
ADMINISTRATOR = "scanned"


@dataclass(frozen=True)
class Scan:
    """What was found: for each kind the findings as wapiti gives them. `cut_short` are the modules whose time ran out."""

    found: Mapping[str, Sequence[Mapping[str, Any]]]
    pages: int
    cut_short: tuple[str, ...]

    def kinds(self) -> Counter[str]:
        return Counter({kind: len(findings) for kind, findings in self.found.items()})


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
    report = folder / "wapiti.json"
    with listening(recorder()) as endpoint:
        command: list[str | Path] = [WAPITI, "--url", f"{url}/", "--module", ",".join(MODULES), "--endpoint", f"{endpoint}/"]
        command += ["--header", "Sec-Fetch-Site: same-origin", "--max-attack-time", str(seconds), "--max-scan-time", "60"]
        command += [part for path in starts for part in ("--start", url + path)]
        command += ["--depth", "2", "--max-files-per-dir", "4", "--max-links-per-page", "40", "--verbose", "1", "--no-bugreport"]
        command += ["--store-session", folder / "session", "--store-config", folder / "config", "--format", "json", "--output", report]
        if cookie:
            command += ["--header", f"Cookie: {cookie}"]
            command += [part for path in ENDS_THE_SESSION for part in ("--exclude", url + path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert report.exists(), done.stdout + done.stderr
    said = json.loads(report.read_text())
    found = {kind: findings for part in ("vulnerabilities", "anomalies") for kind, findings in said[part].items() if findings}
    cut = re.findall(r"attack time was reached for module (\w+)", done.stdout)
    return Scan(found, said["infos"]["crawled_pages_nbr"], tuple(cut))


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
