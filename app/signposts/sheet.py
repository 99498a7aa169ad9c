"""A batch of answers, as a case system writes them out: one line a signpost. Pure.

Bad lines are named and good ones are taken. Columns that nobody asked for are not looked at.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from app.signposts.outcomes import Later, Outcome, Reason
from app.ui.numbers import as_kept

MOST_LINES = 2_000
LONGEST_SHOWN = 40
"""Characters of a cell that are shown again."""
_SEPARATORS = "\t;,"


class Column(StrEnum):
    """The columns that are read."""

    CODE = "code"
    OUTCOME = "outcome"
    LATER = "later"


class Fault(StrEnum):
    """What is wrong with a line."""

    MISTYPED = "mistyped"
    UNKNOWN_WORD = "unknown_word"
    NOTHING_SAID = "nothing_said"
    SAID_BEFORE = "said_before"
    NOT_HERE = "not_here"


class NoTable(ValueError):
    """The text has no line of headings with a column of codes and one of answers."""


@dataclass(frozen=True)
class Line:
    """What one line says of one signpost."""

    number: int
    code: str
    outcome: Outcome | None
    reason: Reason | None
    later: Later | None
    lacking: tuple[str, ...] = ()
    """Of a referral that said too little: what it lacked, by ids of content/checklist.yaml. No column holds it."""


@dataclass(frozen=True)
class Refused:
    """A line that was not taken: its number in the sheet, counted from 1, what stood there, and why."""

    number: int
    typed: str
    fault: Fault


def decoded(sent: bytes) -> str:
    """The text of a file, as spreadsheets of today or of old write it."""
    try:
        return sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        return sent.decode("cp1252", errors="replace")


def read(text: str, headings: Mapping[str, Column], words: Mapping[str, Outcome | Reason | Later]) -> list[Line | Refused]:
    """What each line says, in order. `headings` and `words` are in small letters. Raises NoTable."""
    try:
        rows = list(islice(_rows(text), MOST_LINES + 1))
    except csv.Error:
        raise NoTable from None
    columns = [headings.get(_plain(cell)) for cell in rows[0][1]] if rows else []
    if Column.CODE not in columns or len({*columns} - {None}) < 2:
        raise NoTable
    seen: set[str] = set()
    told = ((number, {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}) for number, cells in rows[1:])
    return [_line(number, said, words, seen) for number, said in told if any(said.values())]


def _rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    lines = text.removeprefix("\ufeff").splitlines()
    separator = max(_SEPARATORS, key=lines[0].count) if lines else ","
    return ((number, row) for number, row in enumerate(csv.reader(lines, delimiter=separator), start=1) if any(row))


def _line(number: int, said: Mapping[Column, str], words: Mapping[str, Outcome | Reason | Later], seen: set[str]) -> Line | Refused:
    typed = said.get(Column.CODE, "")
    code = as_kept(typed)
    given = [cell for column, cell in said.items() if column is not Column.CODE and cell]
    meant = [words.get(_plain(cell)) for cell in given]
    fault = (
        Fault.MISTYPED if code is None
        else Fault.UNKNOWN_WORD if None in meant
        else Fault.NOTHING_SAID if not meant
        else Fault.SAID_BEFORE if code in seen
        else None
    )  # fmt: skip
    if fault or code is None:
        shown = typed if fault is not Fault.UNKNOWN_WORD else next(cell for cell in given if _plain(cell) not in words)
        return Refused(number, shown[:LONGEST_SHOWN], fault or Fault.MISTYPED)
    seen.add(code)
    reason = next((word for word in meant if isinstance(word, Reason)), None)
    outcome = Outcome.NOT_SUITABLE if reason else next((word for word in meant if isinstance(word, Outcome)), None)
    return Line(number, code, outcome, reason, next((word for word in meant if isinstance(word, Later)), None))


def _plain(cell: str) -> str:
    return " ".join(cell.split()).casefold()
