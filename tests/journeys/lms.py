"""A learning management system in a browser: scorm-again, a package in a frame or a window, and a record of every call."""

import io
import json
import mimetypes
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Frame, Page, Route

from tests.journeys.scorm_rules import Call

HERE = Path(__file__).resolve().parent
RUNTIME = HERE.parents[1] / "node_modules" / "scorm-again" / "dist" / "scorm12.min.js"
HOST = "https://lms.example.org"
PAGE = """<!DOCTYPE html><html lang="en"><title>Learning</title>
<script src="/runtime.js"></script><script src="/recorder.js"></script>
<script>
  const system = new Scorm12API({autocommit: false, logLevel: 5});
  system.loadFromJSON(%s);
  window["%s"] = window.recording(system);
</script>
"""
NEW = {"core": {"lesson_status": "not attempted", "entry": "ab-initio", "lesson_mode": "normal", "credit": "credit"}}


class Lms:
    """Keeps what a package commits, from one launch to the next."""

    def __init__(self, package: bytes) -> None:
        with ZipFile(io.BytesIO(package)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.kept: dict[str, Any] = NEW
        self.elsewhere: list[str] = []
        self._host = ""

    def open(self, page: Page, *, inside: int = 1, name: str = "API") -> Frame:
        """Open the package that many frames deep in the system's page, whose API has this name."""
        self._start(page, f'<iframe src="{self._below(inside)}" width="100%" height="800"></iframe>', name)
        return self._shown(page)

    def open_window(self, page: Page) -> Page:
        """Open the package in a window of its own."""
        self._start(page, "", "API")
        with page.context.expect_page() as opened:
            page.evaluate("window.open('/package/index.html')")
        opened.value.wait_for_selector("h1:visible")
        return opened.value

    def close(self, page: Page) -> list[Call]:
        """Leave the package as somebody does who closes its window, keep what it committed, and give back its calls."""
        page.evaluate("document.querySelector('iframe').src = 'about:blank'")
        page.wait_for_function("() => document.querySelector('iframe').contentWindow.location.href === 'about:blank'")
        return self.kept_by(page)

    def kept_by(self, page: Page) -> list[Call]:
        """What was called; what was committed is there at the next launch."""
        committed = page.evaluate("window.committed")
        if committed:
            entry = "resume" if committed["core"]["exit"] == "suspend" else ""
            numbered = {str(at): one for at, one in enumerate(committed.pop("interactions", {}).get("childArray", []))}
            self.kept = committed | {
                "core": committed["core"] | {"entry": entry, "exit": "", "session_time": "00:00:00"},
                "interactions": numbered,
            }
        return [Call(one["name"], tuple(map(tuple, one["given"])), one["answered"]) for one in page.evaluate("window.recorded")]

    def _start(self, page: Page, body: str, name: str) -> None:
        self._host = PAGE % (json.dumps(self.kept), name) + body
        page.context.unroute_all()
        page.context.route("**/*", self.serve)
        page.goto(HOST + "/")

    def _below(self, depth: int) -> str:
        return f"/frame/{depth - 1}" if depth > 1 else "/package/index.html"

    def _shown(self, page: Page) -> Frame:
        for _ in range(200):
            if found := [frame for frame in page.frames if frame.url.endswith("/package/index.html")]:
                found[0].wait_for_selector("h1:visible")
                return found[0]
            page.wait_for_timeout(50)
        raise AssertionError("the package did not open")

    def serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        served = {"/": self._host.encode(), "/runtime.js": RUNTIME.read_bytes(), "/recorder.js": (HERE / "recorder.js").read_bytes()}
        if path.startswith("/frame/"):
            served[path] = f'<!DOCTYPE html><iframe src="{self._below(int(path[7:]))}" width="100%" height="800"></iframe>'.encode()
        served |= {f"/package/{name}": content for name, content in self.files.items()}
        if path in served:
            route.fulfill(body=served[path], content_type=mimetypes.guess_type(path)[0] or "text/html")
        else:
            self.elsewhere.append(route.request.url)
            route.abort()
