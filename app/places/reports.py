"""The report of the rows that were kept out, as a CSV file that a spreadsheet can open safely."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from app.content.messages import say
from app.places.rows import Refused

COLUMNS = ("line", "id", "field", "value", "verdict", "reason", "fix")
LONGEST_VALUE = 200


class Report:
    """A file in `folder` that is made with the first row that goes into it. `count` is how many went in."""

    def __init__(self, folder: Path, subject: str) -> None:
        self.path = folder / f"places-{subject}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.csv"
        self.count = 0
        self._file: TextIO | None = None
        self._rows: Any = None

    def add(self, line: int, identity: str, refused: Refused) -> None:
        """Note a row that was kept out."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._rows = csv.writer(self._file)
            self._rows.writerow(COLUMNS)
        self.count += 1
        why, fix = say(f"places.reason.{refused.reason}"), say(f"places.fix.{refused.reason}")
        self._rows.writerow([line, harmless(identity), refused.field, harmless(refused.value), "reject", why, fix])

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file:
            self._file.close()


def harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line and at most 200 characters long."""
    text = " ".join(value.replace("\x00", "").split())[:LONGEST_VALUE]
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
