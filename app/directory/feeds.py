"""Reading a feed's file a record at a time, however large it is: NDJSON, a JSON array or a page, plain or gzipped.

Of NDJSON a bad line costs only itself. Of an array or a page nothing after a break in its syntax can be read, so a
break there refuses the whole file.
"""

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from app.directory.findings import Fault, Notebook
from app.directory.unpacking import WINDOWS_1252, unpacked

LONGEST_RECORD = 4_000_000
"""Bytes of one record; what is longer is refused."""

_CHUNK = 256 * 1024
_HEAD = 64 * 1024
_SCALAR = rb'(?:"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|true|false|null)'
_ARRAY = re.compile(rb"\s*\[(?=\s*(?:\{|\]))")
_PAGE = re.compile(rb'\s*\{(?:\s*"\w+"\s*:\s*' + _SCALAR + rb'\s*,)*\s*"contents?"\s*:\s*\[')
_ID = re.compile(r'"id"\s*:\s*"([^"]{1,300})"')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


class FeedError(Exception):
    """A file that cannot be read to its end. `item` is the last record that could be read."""

    def __init__(self, item: int) -> None:
        self.item = item
        super().__init__(item)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a feed: its line (its place in the list, where the file is one), and what decoding it found.

    `raw` is None where it could not be read; `likely_id` is then the id that stands in it, if any. `columns` is what the
    source calls the fields that findings speak of, where it has other names for them. `text` is the record as JSON, where it came so
    on a line of its own.
    """

    line: int
    raw: object
    notes: Notebook
    likely_id: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def entries(path: Path) -> Iterator[Entry]:
    """Every record of the file. Raises OSError where it cannot be opened, FeedError where it breaks off."""
    with path.open("rb") as stream:
        yield from of_stream(stream)


def of_stream(stream: BinaryIO) -> Iterator[Entry]:
    """Every record of the stream, plain or gzipped. Raises FeedError where it breaks off."""
    last = 0
    try:
        for entry in _records(unpacked(stream)):
            last = entry.line
            yield entry
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise FeedError(last) from None


def from_objects(objects: Iterable[dict[str, Any]]) -> Iterator[Entry]:
    """Records that are in memory already."""
    for number, raw in enumerate(objects, start=1):
        yield Entry(number, raw, Notebook())


def _records(stream: BinaryIO) -> Iterator[Entry]:
    head = stream.read(_HEAD)
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    match = _ARRAY.match(head, mark) or _PAGE.match(head, mark)
    stream.seek(match.end() if match else 0)
    return _items(stream) if match else _lines(stream)


def _lines(stream: BinaryIO) -> Iterator[Entry]:
    number = 0
    while line := stream.readline(LONGEST_RECORD):
        number += 1
        if len(line) == LONGEST_RECORD and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
                pass
            yield _refused(number, Fault.LINE_TOO_LONG, line[:_HEAD].decode(errors="replace"))
        elif line.strip():
            yield _entry(number, line)


def _entry(number: int, line: bytes) -> Entry:
    notes = Notebook()
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode(errors=WINDOWS_1252)
        notes.note(Fault.WINDOWS_1252, "")
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        notes.note(Fault.BYTE_ORDER_MARK, "")
    try:
        return Entry(number, _decoded(text), notes, text=text.strip())
    except (ValueError, RecursionError):
        return _refused(number, Fault.NOT_JSON, text)


def _decoded(text: str) -> Any:
    """What the quick reader refuses, the lenient one may take: control characters in a text, half of a pair of surrogates."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text, strict=False)


def _refused(number: int, fault: Fault, text: str) -> Entry:
    notes = Notebook()
    notes.note(fault, "", text)
    match = _ID.search(text)
    return Entry(number, None, notes, match[1] if match else "")


def _items(stream: BinaryIO) -> Iterator[Entry]:
    """The objects of a list, decoded as they come in; only one of them has to fit into memory."""
    decode = codecs.getincrementaldecoder("utf-8")(WINDOWS_1252).decode
    text, at, number, ended = "", 0, 0, False
    while True:
        at = _skipped(text, at)
        if text.startswith("]", at):
            return
        try:
            raw, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            if ended or len(text) - at > LONGEST_RECORD:
                raise FeedError(number) from None
            chunk = stream.read(max(_CHUNK, len(text) - at))
            ended = not chunk
            text, at = text[at:] + decode(chunk, ended), 0
            continue
        number += 1
        yield Entry(number, raw, Notebook())


def _skipped(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at
