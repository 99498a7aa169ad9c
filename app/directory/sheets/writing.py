"""Sheets to download. Whatever stands in a cell is a text when it is opened, never a formula. Pure."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol
from xml.sax.saxutils import escape

from app.directory.doors.formulas import harmless

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MADE = (2026, 1, 1, 0, 0, 0)
"""Of every part of a workbook, so that the same rows are the same file."""
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Services" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_SPREADSHEET}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>',
}
"""All of a workbook but its rows. Style 1 is a text that is never taken for a number, so that no telephone number loses its 0; style 2
is the same, bold, for the headings."""
_BEFORE = (
    f'<worksheet xmlns="{_SPREADSHEET}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="60" width="24" style="1" customWidth="1"/></cols><sheetData>'
)


class Writer(Protocol):
    """Writes headings and the rows below them as a file."""

    def __call__(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes: ...


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens with the right letters. A cell that it would run has an apostrophe in front."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (headings, *rows):
        writer.writerow(map(harmless, row))
    return text.getvalue().encode("utf-8-sig", errors="replace")


def xlsx_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet whose columns are text."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in (*_PARTS.items(), ("xl/worksheets/sheet1.xml", "".join(_sheet(headings, rows)))):
            written = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}'.encode(errors="replace")
            packed.writestr(zipfile.ZipInfo(name, _MADE), written, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _sheet(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _BEFORE
    for style, row in ((2, headings), *((1, row) for row in rows)):
        cells = (f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_escaped(cell)}</t></is></c>' for cell in row)
        yield f"<row>{''.join(cells)}</row>"
    yield "</sheetData></worksheet>"


def _escaped(cell: str) -> str:
    """As a workbook writes what XML cannot hold: the number of the character between _x and _."""
    return escape(_TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", cell))
