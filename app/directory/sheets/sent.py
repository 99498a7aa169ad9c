"""The sheet that somebody sends: read where it comes in, within limits that keep a server answering, and kept nowhere."""

from collections.abc import Iterator
from typing import BinaryIO, cast

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from app.directory.doors import sheet, tables_of
from app.directory.doors.tables import Row
from app.directory.feeds import Entry
from app.directory.refusal import Unreadable, Why

LARGEST = 8 * 1024**2
"""Bytes of a file: five thousand services with all that can be said of them."""
LARGEST_UNPACKED = 40 * 1024**2
MOST_ROWS = 5_000


def tables_sent() -> Iterator[Iterator[Row]]:
    """The tables of the file of this request's form. Raises Unreadable, also while they are gone through."""
    request.max_content_length = LARGEST
    try:
        file = request.files.get("sheet")
    except RequestEntityTooLarge:
        raise Unreadable(Why.SENT_TOO_LARGE, megabytes=LARGEST // 1024**2) from None
    if file is None or not file.filename:
        raise Unreadable(Why.NOTHING_SENT)
    return map(_at_most, tables_of(cast(BinaryIO, file.stream), LARGEST_UNPACKED))


def _at_most(rows: Iterator[Row]) -> Iterator[Row]:
    filled = -1  # The headings.
    for number, row in rows:
        filled += any(row)
        if filled > MOST_ROWS:
            raise Unreadable(Why.TOO_MANY_ROWS, rows=MOST_ROWS)
        yield number, row


def services_sent(source: str) -> Iterator[Entry]:
    """The rows of the template that this request's form brings, as records of `source`. Raises Unreadable as `tables_sent`."""
    return sheet.entries(tables_sent(), sheet.load(current_app.config["CONTENT_DIR"]), source)
