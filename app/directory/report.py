"""The report of an import: one CSV row for everything that was found."""

import csv
from pathlib import Path
from types import TracebackType

from app.content.messages import say
from app.directory.findings import Finding

COLUMNS = ("line", "id", "field", "value", "verdict", "reason", "fix")
LONGEST_VALUE = 200
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Report:
    """Writes the rows. A value that a spreadsheet would run as a formula is made plain text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0

    def __enter__(self) -> "Report":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("w", encoding="utf-8", errors="replace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, line: int, identity: str, finding: Finding) -> None:
        reason, fix = (say(f"import.{finding.fault}.{part}") for part in ("reason", "fix"))
        row = (line, _plain(identity), finding.field, _plain(finding.value), finding.fault.verdict, reason, fix)
        self._writer.writerow(row)
        self.rows += 1


def _plain(value: str) -> str:
    value = " ".join(value.replace("\x00", "").split())
    value = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
