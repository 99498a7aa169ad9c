"""Fifty words that exist nowhere else, a way to send them through every door of the program, and a way to look for them afterwards."""

import base64
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus, urlencode

from flask import Flask

from app.search import facets

MANY = 50
TOO_LONG = 1_100_000
FIELDS = (
    "text", "earlier", "answer", "flip", "add", "council", "near", "q", "within", "neighbours", "search_exactly", "limit", "ods", "next",
    "choice", "a", "fault", "needs", "red_flags", "rules", "alternatives", "question", "rules_version", "content_version", "unknown_field",
    *facets.NAMES,
)  # fmt: skip
HEADERS = (
    "User-Agent",
    "Referer",
    "Authorization",
    "X-Forwarded-For",
    "X-Request-Id",
    "Accept-Language",
    "Origin",
    "From",
    "If-None-Match",
    "HX-Prompt",
)


class Canary(NamedTuple):
    """A word and a number, each found nowhere else."""

    word: str
    number: str

    @property
    def text(self) -> str:
        return f"{self.word} Vw/{self.number}"

    def needles(self) -> Iterator[bytes]:
        """The canary as it might lie somewhere, in small letters; what is sought in is put into small letters as well."""
        for plain in (self.word, self.number, quote(self.text, safe=""), quote_plus(self.text), self.text.encode().hex()):
            yield plain.lower().encode()
        for plain in (self.word, self.number, self.text):
            for skipped in range(3):
                coded = base64.b64encode(b" " * skipped + plain.encode())
                yield coded[4 if skipped else 0 : -4].lower()


class Request(NamedTuple):
    """One request to send."""

    method: str
    path: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


Send = Callable[[Request], int]
"""Sends it and gives back the status."""


def canaries() -> list[Canary]:
    r = random.Random(50)
    return [Canary(f"Zyxq{n:02}{''.join(r.choices('bcdfghjk', k=6))}", f"999{r.randrange(10**7):07}") for n in range(MANY)]


def requests(app: Flask, known: Mapping[str, str]) -> Iterator[Request]:
    """Every endpoint by every method, with a canary in one place after the other. `known` gives values that exist for parts of paths."""
    given = cycle(canaries())
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in ("GET", "POST", "PUT"):
            for path in {
                _filled(rule.rule, lambda name: known.get(name, "none")),
                _filled(rule.rule, lambda _: quote(next(given).text, safe="")),
            }:
                yield from _shapes(method, path, given)


def _filled(rule: str, value: Callable[[str], str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: value(found[1]), rule)


def _shapes(method: str, path: str, given: Iterator[Canary]) -> Iterator[Request]:
    yield Request(method, f"{path}?{urlencode({name: f'day centre {next(given).text}' for name in FIELDS})}")
    yield Request(
        method,
        path,
        {**{name: next(given).text for name in HEADERS}, "Cookie": f"fp_practice={next(given).word}; session={next(given).word}"},
    )
    if method != "POST":
        return
    form = {name: f"82F 2 falls {next(given).text} lives alone" for name in FIELDS}
    yield Request(method, path, {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(form).encode())
    yield Request(
        method, path, {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"}, urlencode(form).encode()
    )
    yield Request(method, path, {"Content-Type": "application/x-www-form-urlencoded"}, urlencode({"text": form["text"]}).encode())
    for body in (
        form,
        {"text": form["text"]},
        {"text": form["text"], "earlier": [form["earlier"]]},
        {next(given).text: 1},
        [next(given).text],
    ):
        yield Request(method, path, {"Content-Type": "application/json"}, json.dumps(body).encode())
    yield Request(method, path, {"Content-Type": "application/json"}, b'{"text": "' + next(given).text.encode())
    yield Request(method, path, {"Content-Type": f"text/plain; x={next(given).word}"}, next(given).text.encode())
    yield Request(method, path, {"Content-Type": "multipart/form-data; boundary=edge"}, _upload(next(given), next(given)))
    yield Request(
        method, path, {"Content-Type": "application/x-www-form-urlencoded"}, urlencode({"text": next(given).text * 2_000}).encode()
    )


def too_long() -> Request:
    return Request(
        "POST", "/ask", {"Content-Type": "application/x-www-form-urlencoded"}, b"text=" + (canaries()[0].text.encode() * 60_000)[:TOO_LONG]
    )


def _upload(name: Canary, content: Canary) -> bytes:
    told = f'Content-Disposition: form-data; name="text"; filename="{name.word}.txt"\r\nContent-Type: text/plain'
    other = f'Content-Disposition: form-data; name="{name.word}"'
    return f"--edge\r\n{told}\r\n\r\n{content.text}\r\n--edge\r\n{other}\r\n\r\n{content.text}\r\n--edge--\r\n".encode()


def files_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file as it lies there: database, its log, index, reports, temporary files, what the server printed."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def hits(places: Iterable[tuple[str, bytes]]) -> list[str]:
    """Where a canary lies, and which."""
    needles = [(canary.word, needle) for canary in canaries() for needle in canary.needles()]
    any_of_them = re.compile(b"|".join(sorted({re.escape(needle) for _, needle in needles})))
    return [f"{name}: {found.group()!r}" for name, content in places if (found := any_of_them.search(content.lower()))]
