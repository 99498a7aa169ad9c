"""Small tables of every format for tests."""

import io
import zipfile
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from app.directory.doors import READERS, Checked, check, sheet
from app.directory.record import Setting

TEMPLATE = sheet.load(Path(__file__).resolve().parents[3] / "content")
CQC_NEW = ("Location ID", "Location Name", "Location Inspection Directorate", "Location Latest Overall Rating", "Publication Date",
           "Inherited Rating (Y/N)", "Dormant (Y/N)", "Location HSCA End Date", "Location Telephone Number", "Provider Name", "Provider ID",
           "Location Street Address", "Location City", "Location Postal Code", "Service type - Domiciliary care service",
           "Service user band - Older People", "Brand Name")  # fmt: skip


def checked(stream: BinaryIO, form: str, setting: Setting) -> Checked:
    return check(READERS[form](stream, setting.source, TEMPLATE), setting)


def csv_of(*rows: tuple[str, ...], separator: str = ",") -> io.BytesIO:
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return io.BytesIO("\r\n".join(lines).encode())


def a_sheet(**cells: str) -> io.BytesIO:
    """The template as CSV with one row."""
    values = {"reference": "17", "name": "Lane End Lunch Club", "organisation": "Lane End Trust"} | cells
    return csv_of(TEMPLATE.headings, tuple(values.get(column.field, "") for column in TEMPLATE.columns))


def xlsx_of(*rows: tuple[str, ...], before: str = "", cell: str = "") -> io.BytesIO:
    """A workbook with one sheet of inline texts; `cell` is added to the end of the last row as XML."""
    cells = ["".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) for row in rows]
    cells[-1] += cell
    body = "".join(f"<row>{row}</row>" for row in cells)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
        "_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/></Relationships>',
        "worksheets/a.xml": f'{before}<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(f"xl/{name}", text)
    file.seek(0)
    return file


def zip_of(**tables: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in tables.items():
            packed.writestr(f"feed/{name}.csv", text)
    file.seek(0)
    return file
