"""Reading an open data file: plain or gzipped CSV, one row at a time, in little memory. Pure."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from app.places.rows import Cells, Refused

Numbered = tuple[int, Cells | Refused]
"""A row with its line, or why the line is not a row."""
_UNREADABLE = (OSError, EOFError, csv.Error, UnicodeDecodeError, zlib.error)


class TableError(Exception):
    """A file that cannot be used. `reason` is the id of the message that says why; `detail` fills it in."""

    def __init__(self, reason: str, **detail: object) -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@contextmanager
def open_table(path: Path, *headings: frozenset[str]) -> Iterator["Table"]:
    """The CSV file, open. `headings`: the columns that each of the files expected here has. Raises TableError."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise TableError("no_file", path=path, why=error.strerror) from None
    with raw:
        yield Table(path, raw, headings)


class Table:
    """A CSV file with a heading row. Raises TableError where it cannot be read or is not one of the files expected."""

    def __init__(self, path: Path, raw: BinaryIO, headings: tuple[frozenset[str], ...]) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._raw = raw
        unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
        self._reader = csv.reader(io.TextIOWrapper(unpacked, "utf-8-sig", errors="replace", newline=""))
        try:
            self.columns = next(self._reader, [])
        except _UNREADABLE as error:
            raise TableError("unreadable_file", path=path, line=1, why=error) from None
        found = (heading for heading in headings if heading <= set(self.columns))
        if (heading := next(found, None)) is None:
            raise TableError("other_file", path=path, columns=" / ".join(", ".join(sorted(names)) for names in headings))
        self.heading = heading
        self.broken: TableError | None = None

    def bytes_read(self) -> int:
        """How far the file has been read, in bytes as it lies on the disk."""
        return self._raw.tell()

    def rows(self) -> Iterator[Numbered]:
        """The rows with their line numbers. Where the file breaks off they end, and `broken` says why."""
        try:
            for cells in self._reader:
                if len(cells) == len(self.columns):
                    yield self._reader.line_num, dict(zip(self.columns, cells, strict=True))
                elif cells:
                    yield self._reader.line_num, Refused("", ",".join(cells), "cells")
        except _UNREADABLE as error:
            self.broken = TableError("unreadable_file", path=self.path, line=self._reader.line_num + 1, why=error)
