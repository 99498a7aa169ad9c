"""A small feed of Open Referral UK that answers, and misbehaves, as a test says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Feed:
    """What is served. `details` lists services without what they have several of; `fails_after` answers with 503 from then on."""

    services: list[dict[str, Any]]
    version: str = "HSDS-UK-3.0"
    details: bool = False
    per_page: int = 2
    fails_after: int = 1_000
    truncates: bool = False
    redirects_to: str = ""
    retry_after: str = "0"
    grows: bool = False
    without_tags: bool = False
    missing: set[str] = field(default_factory=set)
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Path and User-Agent of every request."""
    address: str = ""

    def answer(self, path: str) -> Any:
        parts = urlsplit(path)
        if parts.path == "/":
            return {"version": self.version} if self.version else None
        if parts.path == "/services":
            number = int(parse_qs(parts.query)["page"][0])
            items = self.services[(number - 1) * self.per_page : number * self.per_page]
            pages, total = -(-len(self.services) // self.per_page), len(self.services) + (number if self.grows else 0)
            if not self.version:
                return {"content": items, "totalPages": pages, "totalElements": total}
            listed = [{"id": item["id"], "name": item["name"]} if self.details else item for item in items]
            return {"contents": listed, "total_pages": pages, "total_items": total}
        return next((item for item in self.services if f"/services/{item['id']}" == path and item["id"] not in self.missing), None)


@contextmanager
def serving(feed: Feed) -> Iterator[Feed]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            feed.seen.append((self.path, self.headers["User-Agent"]))
            body = json.dumps(feed.answer(self.path)).encode()
            tag = f'"{sha256(body).hexdigest()}"'
            status = 200 if body != b"null" else 404
            if len(feed.seen) > feed.fails_after:
                status, body = 503, b"{}"
            elif feed.redirects_to:
                status, body = 302, b""
            elif not feed.without_tags and self.headers["If-None-Match"] == tag:
                status, body = 304, b""
            self.send_response(status)
            self.send_header("ETag", tag)
            self.send_header("Retry-After", feed.retry_after)
            self.send_header("Location", feed.redirects_to)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if feed.truncates else body)
            self.close_connection = feed.truncates

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    feed.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield feed
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
