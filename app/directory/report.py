"""The report of an import: one CSV row for everything that was found, and the refused records as a sheet to mend."""

import csv
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from flask import current_app

from app.content.messages import say
from app.content.register import days_kept
from app.directory.doors import sheet
from app.directory.doors.formulas import harmless
from app.directory.findings import Finding, Verdict

COLUMNS = ("line", "id", "field", "value", "verdict", "reason", "fix")
LONGEST_VALUE = 200
_KEPT = re.compile(r"publication-(\d{1,9})\.csv")


class Report:
    """Writes the rows. A value that a spreadsheet would run as a formula is made plain text.

    The sheet of refused records (`rejected_path`) is there only where a record was refused. Without a `path` the report is kept among
    the program's own, by the publication that it belongs to; with one it is kept there as well.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._is_ours = path is None
        self.path = path or _folder() / f"import-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.csv"
        self.rows = 0
        self.rejected = 0

    @property
    def rejected_path(self) -> Path:
        return rejected_of(self.path)

    def __enter__(self) -> "Report":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.rejected_path.unlink(missing_ok=True)
        _clear_old()
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

    def keep(self, publication_id: int) -> None:
        """Keep what was written so far under the publication's id."""
        for file in self._files:
            file.flush()
        kept = kept_of(publication_id)
        kept.parent.mkdir(exist_ok=True)
        for source, place in ((self.path, kept), (self.rejected_path, rejected_of(kept))):
            if source.exists():
                (shutil.move if self._is_ours else shutil.copyfile)(source, place)
        self.path = kept if self._is_ours else self.path

    def add(self, line: int, identity: str, finding: Finding, columns: Mapping[str, str]) -> None:
        """`columns` is what the source calls its fields, where it has its own names for them."""
        row = row_of(line, identity, finding, columns)
        self._writer.writerow(map(harmless, row))
        self.rows += 1

    def reject(self, line: int, raw: object, findings: Sequence[Finding]) -> None:
        """Add a refused record to the sheet, in the template's columns, with what has to be mended and its line in the feed."""
        template = sheet.load(current_app.config["CONTENT_DIR"])
        if not self.rejected:
            self._rejected = self._opened(self.rejected_path, (*template.headings, template.mend))
        self._rejected.writerow(map(harmless, to_mend(line, raw, findings, template)))
        self.rejected += 1


def row_of(line: int, identity: str, finding: Finding, columns: Mapping[str, str]) -> tuple[str, ...]:
    """One finding as COLUMNS has it."""
    reason, fix = _said(finding)
    where = columns.get(finding.field, finding.field)
    return str(line), _short(identity), where, _short(finding.value), finding.fault.verdict, reason, fix


def to_mend(line: int, raw: object, findings: Sequence[Finding], template: sheet.Sheet) -> tuple[str, ...]:
    """A refused record in the template's columns, and in one more what has to be mended."""
    mend = [
        f"{template.called(finding.field)}: {' '.join(_said(finding))}" if finding.field else " ".join(_said(finding))
        for finding in findings
        if finding.fault.verdict is Verdict.REJECT
    ]
    return *sheet.row_of(raw, template), say("import.mend", line=line, what=" ".join(mend))


def kept_of(publication_id: int) -> Path:
    """Where the report of a publication is kept."""
    return _folder() / f"publication-{publication_id}.csv"


def kept() -> list[int]:
    """The publications whose report is kept."""
    return [int(found[1]) for path in _folder().glob("*.csv") if (found := _KEPT.fullmatch(path.name))]


def _clear_old() -> None:
    """Remove old reports of imports that came to nothing and so have no publication with which they would go."""
    before = time.time() - days_kept()["publication_report"] * 86_400
    for path in _folder().glob("import-*.csv"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def rejected_of(path: Path) -> Path:
    """Where the sheet of refused records stands beside a report."""
    return path.with_name(f"{path.stem}-rejected.csv")


def forget(publication_id: int) -> None:
    """Remove the report of a publication."""
    for path in (kept_of(publication_id), rejected_of(kept_of(publication_id))):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = current_app.config["DATA_DIR"] / "reports"
    return folder


def _said(finding: Finding) -> tuple[str, str]:
    return say(f"import.{finding.fault}.reason"), say(f"import.{finding.fault}.fix")


def _short(value: str) -> str:
    """A value of a feed, short and on one line, as a spreadsheet can show it."""
    value = " ".join(value.replace("\x00", "").split())
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
