"""A small database of known vulnerabilities on this machine, which answers pip-audit and npm as the public ones do."""

import gzip
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NPM = "/-/npm/v1/security/advisories/bulk"


def _osv(name: str, version: str, known: Mapping[str, str]) -> dict[str, Any]:
    if f"{name} {version}" not in known:
        return {}
    package = {"name": name, "ecosystem": "PyPI"}
    affected = [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}]}]
    return {"vulns": [{"id": known[f"{name} {version}"], "summary": "Invented", "modified": "2026-01-01T00:00:00Z", "affected": affected}]}


def _npm(asked: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, Any]:
    one = {"id": 1, "url": "https://example.org", "severity": "high", "vulnerable_versions": "<99", "cwe": [], "cvss": {"score": 8}}
    listed = {name: known.get(f"{name} {version}") for name, versions in asked.items() for version in versions}
    return {name: [one | {"title": title}] for name, title in listed.items() if title}


@contextmanager
def advisories(known: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Serve an advisory (its id) for each "name version", and give the environment in which pip-audit and npm ask here."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = json.loads(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self._answer(200, _npm(asked, known) if self.path == NPM else _osv(asked["package"]["name"], asked["version"], known))

        def do_GET(self) -> None:
            self._answer(404, {})

        def _answer(self, status: int, answer: Mapping[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield asking_at(server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def asking_at(port: int) -> dict[str, str]:
    """The environment in which pip-audit and npm ask at a port of this machine, once."""
    address = f"http://127.0.0.1:{port}"
    return {
        "PIP_AUDIT_VULNERABILITY_SERVICE": "osv",
        "PIP_AUDIT_OSV_URL": f"{address}/v1/query",
        "npm_config_registry": address,
        "npm_config_fetch_retries": "0",
        "NO_PROXY": "127.0.0.1",
    }
