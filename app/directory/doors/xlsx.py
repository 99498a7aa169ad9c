"""The rows of an XLSX workbook, sheet by sheet. Formulas are not run: what they last showed is read. Pure."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from app.directory.doors.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row
from app.directory.refusal import Unreadable, Why
from app.directory.unpacking import LARGEST

MOST_PARTS = 2_000
_CHUNK = 64 * 1024
_COLUMN = re.compile("[A-Z]{1,3}")
_NUMBER = re.compile("[0-9]{1,9}")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"

_ESCAPED = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold, such as the return in front of a line break."""

Start = Callable[[str, dict[str, str]], None]


def archive(stream: BinaryIO, why: Why, largest: int | None = None) -> zipfile.ZipFile:
    """The packed files, refused where there are too many or where they are too large unpacked: a zip bomb says so itself."""
    try:
        packed = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(why) from None
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        raise Unreadable(Why.TOO_MANY_FILES, files=MOST_PARTS)
    if sum(part.file_size for part in parts) > (largest or LARGEST):
        raise Unreadable(Why.TOO_LARGE, megabytes=(largest or LARGEST) // 1024**2)
    return packed


def sheets(stream: BinaryIO, largest: int | None = None) -> Iterator[Iterator[Row]]:
    """The rows of each sheet, in the workbook's order; unpacked it has at most `largest` bytes. Raises Unreadable."""
    with archive(stream, Why.NOT_XLSX, largest) as packed:
        targets = _attributes(packed, "xl/_rels/workbook.xml.rels", "Relationship")
        places = {relation.get("Id"): relation.get("Target", "") for relation in targets}
        names = [places.get(sheet.get(_RELATION), "") for sheet in _attributes(packed, "xl/workbook.xml", "sheet")]
        shared = _shared_texts(packed) if "xl/sharedStrings.xml" in packed.namelist() else []
        for name in names:
            yield _rows(packed, posixpath.normpath(posixpath.join("/xl", name)).lstrip("/"), shared)


def _attributes(packed: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == wanted:
            found.append(attributes)

    for _ in _parsed(packed, part, start, lambda _name: None, lambda _text: None):
        pass
    return found


def _parsed(packed: zipfile.ZipFile, part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> Iterator[None]:
    """Parse a part, and stop after every piece of it. A document type, which could define endless entities, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(name.rpartition(" ")[2], given)
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with packed.open(part) as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk)
                yield
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Unreadable(Why.NOT_XLSX) from None


def _refuse(*_declared: object) -> None:
    raise Unreadable(Why.NOT_XLSX)


def _shared_texts(packed: zipfile.ZipFile) -> list[str]:
    texts: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "si":
            texts.append("")

    def end(_name: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside:  # Not how it is pronounced.
            texts[-1] += piece[:LONGEST_CELL]

    for _ in _parsed(packed, "xl/sharedStrings.xml", start, end, text):
        pass
    return texts


class _Sheet:
    """Collects the rows of one sheet as its XML comes in."""

    def __init__(self, shared: list[str]) -> None:
        self.ready: list[Row] = []
        self._shared = shared
        self._number, self._cells, self._column = 0, dict[int, str](), 0
        self._kind, self._text, self._inside = "", "", ""

    def start(self, name: str, given: dict[str, str]) -> None:
        self._inside = name
        if name == "row":
            said = given.get("r", "")
            self._number = int(said) if _NUMBER.fullmatch(said) and self._number < int(said) <= MOST_ROWS else self._number + 1
            self._cells, self._column = {}, 0
        elif name == "c":
            letters = _COLUMN.match(given.get("r", ""))
            self._column = _place(letters[0]) if letters else self._column + 1
            self._kind, self._text = given.get("t", "n"), ""

    def text(self, piece: str) -> None:
        if self._inside in ("v", "t") and len(self._text) < LONGEST_CELL:
            self._text += piece

    def end(self, name: str) -> None:
        self._inside = ""
        if name == "c" and self._text and 0 < self._column <= MOST_COLUMNS:
            self._cells[self._column] = self._shown()
        elif name == "row":
            if self._number > MOST_ROWS:
                raise Unreadable(Why.TOO_MANY_ROWS, rows=MOST_ROWS)
            self.ready.append((self._number, [self._cells.get(column, "") for column in range(1, max(self._cells, default=0) + 1)]))

    def _shown(self) -> str:
        if self._kind == "s":
            known = _NUMBER.fullmatch(self._text) and int(self._text) < len(self._shared)
            return _unescaped(self._shared[int(self._text)]) if known else ""
        if self._kind == "b":
            return "yes" if self._text == "1" else "no"
        if self._kind == "e":
            return ""
        return self._text.removesuffix(".0") if self._kind == "n" else _unescaped(self._text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def _rows(packed: zipfile.ZipFile, part: str, shared: list[str]) -> Iterator[Row]:
    sheet = _Sheet(shared)
    for _ in _parsed(packed, part, sheet.start, sheet.end, sheet.text):
        yield from sheet.ready
        sheet.ready = []
    yield from sheet.ready
