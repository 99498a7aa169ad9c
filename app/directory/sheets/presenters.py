"""What was found in a sheet, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, current_app

from app.content.messages import say
from app.directory.doors import Checked, Found, sheet
from app.directory.findings import Verdict
from app.directory.report import COLUMNS, row_of, to_mend
from app.directory.sheets.writing import CSV, csv_of

MOST_SHOWN = 200
_GRAVEST_FIRST = (Verdict.REJECT, Verdict.REPAIR, Verdict.ACCEPT)


@dataclass(frozen=True)
class Line:
    """One finding: the row of the sheet, its column, what stands there, what becomes of it, why, and what to do."""

    line: int
    column: str
    value: str
    verdict: str
    reason: str
    fix: str


def lines_of(checked: Checked) -> list[Line]:
    """The findings that a page shows: what was refused before what was mended."""
    ordered = sorted(checked.findings, key=lambda found: (_GRAVEST_FIRST.index(found.finding.fault.verdict), found.line))
    return [_line(found) for found in ordered[:MOST_SHOWN]]


def _line(found: Found) -> Line:
    _, _, column, value, verdict, reason, fix = _row(found)
    return Line(found.line, column, value, say(f"sheets.verdict.{verdict}"), reason, fix)


def _row(found: Found) -> tuple[str, ...]:
    return row_of(found.line, found.identity, found.finding, {found.finding.field: found.column})


def everything_found(checked: Checked) -> Response:
    """All findings as a sheet."""
    return download("found.csv", csv_of(COLUMNS, map(_row, checked.findings)), CSV)


def rows_to_mend(checked: Checked) -> Response:
    """The refused rows as they came, each with what to mend, to be sent again."""
    template = sheet.load(current_app.config["CONTENT_DIR"])
    rows: Iterable[tuple[str, ...]] = (to_mend(one.line, one.raw, one.findings, template) for one in checked.refused)
    return download("rejected.csv", csv_of((*template.headings, template.mend), rows), CSV)


def download(name: str, content: bytes, kind: str) -> Response:
    """A file that a browser saves and does not show."""
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
