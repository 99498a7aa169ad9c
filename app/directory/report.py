"""The report of an import: one CSV row for everything that was found, and the refused records as a sheet to mend."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from flask import current_app

from app.content.messages import say
from app.directory.doors import sheet
from app.directory.findings import Finding, Verdict

COLUMNS = ("line", "id", "field", "value", "verdict", "reason", "fix")
LONGEST_VALUE = 200
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


class Report:
    """Writes the rows. A value that a spreadsheet would run as a formula is made plain text.

    The sheet of refused records (`rejected_path`) is there only where a record was refused.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rejected_path = path.with_name(f"{path.stem}-rejected.csv")
        self.rows = 0
        self.rejected = 0

    def __enter__(self) -> "Report":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.rejected_path.unlink(missing_ok=True)
        self._files: list[IO[str]] = []
        self._writer = self._opened(self.path, COLUMNS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for file in self._files:
            file.close()

    def _opened(self, path: Path, headings: Sequence[str]) -> Any:
        file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._files.append(file)
        writer = csv.writer(file)
        writer.writerow(headings)
        return writer

    def add(self, line: int, identity: str, finding: Finding, columns: Mapping[str, str]) -> None:
        """`columns` is what the source calls its fields, where it has its own names for them."""
        reason, fix = _said(finding)
        where = columns.get(finding.field, finding.field)
        row = (line, _plain(identity), where, _plain(finding.value), finding.fault.verdict, reason, fix)
        self._writer.writerow(row)
        self.rows += 1

    def reject(self, line: int, raw: object, findings: Sequence[Finding]) -> None:
        """Add a refused record to the sheet, in the template's columns, with what has to be mended and its line in the feed."""
        template = sheet.load(current_app.config["CONTENT_DIR"])
        if not self.rejected:
            self._rejected = self._opened(self.rejected_path, (*template.headings, template.mend))
        mend = [
            f"{template.called(finding.field)}: {' '.join(_said(finding))}" if finding.field else " ".join(_said(finding))
            for finding in findings
            if finding.fault.verdict is Verdict.REJECT
        ]
        cells = [_harmless(cell) for cell in sheet.row_of(raw, template)]
        self._rejected.writerow((*cells, say("import.mend", line=line, what=" ".join(mend))))
        self.rejected += 1


def _said(finding: Finding) -> tuple[str, str]:
    return say(f"import.{finding.fault}.reason"), say(f"import.{finding.fault}.fix")


def _plain(value: str) -> str:
    """A value of a feed, short and on one line, as a spreadsheet can show it."""
    value = " ".join(value.replace("\x00", "").split())
    return _harmless(value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…")


def _harmless(value: str) -> str:
    value = value.replace("\x00", "")
    return f"'{value}" if value.lstrip().startswith(_FORMULA_STARTS) else value
