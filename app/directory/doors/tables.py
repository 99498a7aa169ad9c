"""Rows of a table from outside, whatever spreadsheet wrote it, within limits of size. Pure."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from app.directory.refusal import Unreadable, Why
from app.directory.unpacking import WINDOWS_1252, unpacked

MOST_ROWS = 500_000
MOST_COLUMNS = 500
LONGEST_CELL = 1_000_000
"""Characters. A longer one is a quotation mark that was never closed."""
HEADING_WITHIN = 25
"""In how many first rows the headings are looked for: publishers put notes above them."""

Row = tuple[int, list[str]]
"""A row's number in the sheet, counted from 1, and its cells."""

csv.field_size_limit(LONGEST_CELL)


def csv_rows(stream: BinaryIO, largest: int | None = None) -> Iterator[Row]:
    """The rows of a CSV file, with commas, semicolons or tabs, plain or gzipped; `largest` as for `unpacked`. Raises Unreadable."""
    try:
        with io.TextIOWrapper(unpacked(stream, largest), encoding="utf-8-sig", errors=WINDOWS_1252, newline="") as text:
            first = text.readline(LONGEST_CELL)
            separator = max(",;\t", key=first.count)
            for number, row in enumerate(csv.reader(_again(first, text), delimiter=separator), start=1):
                if number > MOST_ROWS:
                    raise Unreadable(Why.TOO_MANY_ROWS, rows=MOST_ROWS)
                yield number, row[:MOST_COLUMNS]
    except csv.Error:
        raise Unreadable(Why.NOT_A_TABLE) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable(Why.BROKEN_OFF) from None


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def headed(tables: Iterable[Iterator[Row]], is_heading: Callable[[set[str]], bool], needed: str) -> Iterator[Row]:
    """The row of headings, and the rows below it, of the first table that has one.

    Raises Unreadable with the headings `needed` where none has.
    """
    for rows in tables:
        for number, cells in islice(rows, HEADING_WITHIN):
            headings = [" ".join(cell.split()) for cell in cells]
            if is_heading(set(headings)):
                yield number, headings
                yield from rows
                return
    raise Unreadable(Why.COLUMNS_MISSING, columns=needed)


def records(tables: Iterable[Iterator[Row]], is_heading: Callable[[set[str]], bool], needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row below the headings as heading -> cell, without empty cells and empty rows. Raises Unreadable as `headed` does."""
    rows = headed(tables, is_heading, needed)
    _, headings = next(rows)
    for number, row in rows:
        found = {heading: cell.strip() for heading, cell in zip(headings, row, strict=False) if heading and cell.strip()}
        if found:
            yield number, found


def first_of(row: Mapping[str, str], *headings: str) -> str:
    """The first of these cells that holds something."""
    return next((row[heading] for heading in headings if heading in row), "")
