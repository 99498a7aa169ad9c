"""A small site with a planted fault of every kind that the scanner is asked to find. It listens on 127.0.0.1 and lives for one test."""

import html
import io
import sqlite3
import subprocess
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import InvalidURL
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.sax import ContentHandler, SAXParseException, make_parser
from xml.sax.handler import EntityResolver, feature_external_ges

FIELDS = {"sql": "id", "xss": "q", "go": "url", "file": "name", "exec": "host", "lang": "lang", "fetch": "url", "xml": "body"}
"""The pages with a fault and the one field of each."""
ENVIRON = {"PATH": "/usr/bin:/bin"}
HOME = """<h1>Planted</h1>{links}<form method="post" action="/said"><input name="text"></form>
<form method="post" action="/xml"><input name="body"></form>{said}"""


class FilesOnly(EntityResolver):
    """Follows an external entity to a file, and to no other host."""

    def resolveEntity(self, publicId: str | None, systemId: str) -> str:
        if not systemId.startswith("file:///"):
            raise ValueError(publicId)
        return systemId


class Faulty(BaseHTTPRequestHandler):
    """Each method is a page with its fault."""

    said: list[str] = []

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        fields = dict(parse_qsl(address.query, keep_blank_values=True))
        page: Callable[[str], None] = getattr(self, f"page{address.path.replace('/', '_')}", self._home)
        page(next(iter(fields.values()), ""))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode(errors="replace")
        if self.path == "/xml":
            self._xml(body)
        else:
            self.said.append(dict(parse_qsl(body)).get("text", ""))
            self._home("")

    def _home(self, _given: str) -> None:
        links = "".join(f"<a href='/{page}?{field}=1'>{page}</a>" for page, field in FIELDS.items() if page != "xml")
        self._answer(HOME.format(links=links, said="".join(f"<p>{text}</p>" for text in self.said)))

    def _answer(self, text: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Set-Cookie": "planted=1", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def page_sql(self, given: str) -> None:
        database = sqlite3.connect(":memory:")
        try:
            self._answer(html.escape(str(database.execute(f"SELECT name FROM sqlite_master WHERE name = '{given}'").fetchall())))
        except sqlite3.Error as error:
            self._answer(f"sqlite3.OperationalError: {error}", 500)
        database.close()

    def page_xss(self, given: str) -> None:
        self._answer(f"<p>You looked for {given}</p>")

    def page_go(self, given: str) -> None:
        self._answer("", 302, Location=given.replace("\r", "").replace("\n", ""))

    def page_file(self, given: str) -> None:
        try:
            self._answer(html.escape(Path("/srv", given).read_text()))
        except (OSError, ValueError):
            self._answer("There is no such file", 404)

    def page_exec(self, given: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = f"echo {given}".replace("\0", "")
            done = subprocess.run(command, shell=True, cwd=folder, env=ENVIRON, capture_output=True, check=False)
        self._answer(html.escape(done.stdout.decode(errors="replace")))

    def page_lang(self, given: str) -> None:
        self._answer("Chosen", Language=given)

    def page_fetch(self, given: str) -> None:
        """Of this machine only: nothing else is asked whatever is sent."""
        if urlsplit(given).hostname == "127.0.0.1":
            with suppress(OSError, ValueError, InvalidURL):
                urllib.request.urlopen(given, timeout=2).close()
        self._answer("Fetched")

    def _xml(self, body: str) -> None:
        read = io.StringIO()
        handler = ContentHandler()
        handler.characters = read.write  # type: ignore[method-assign,assignment]
        parser = make_parser()
        parser.setFeature(feature_external_ges, True)
        parser.setContentHandler(handler)
        parser.setEntityResolver(FilesOnly())
        try:
            parser.parse(io.StringIO(body))
        except (SAXParseException, OSError, ValueError):
            read.write("It could not be read")
        self._answer(html.escape(read.getvalue()))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said."""


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on a free port; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()
