"""Sheets that are downloaded: no cell of theirs runs, and each is read again as it was."""

import csv
import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.directory.doors import tables_of
from app.directory.doors.formulas import as_meant, harmless
from app.directory.sheets.writing import Writer, csv_of, xlsx_of

_ODD = st.text(alphabet=st.sampled_from("=+-@＝'\t \r\n\"\x00\x0b,;_x0041aé😀"), max_size=8) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)


def read_again(written: bytes) -> list[list[str]]:
    return [[as_meant(cell) for cell in row] for rows in tables_of(io.BytesIO(written)) for _, row in rows]


@given(_ODD)
@example("=cmd|' /C calc'!A0")
@example("'=1")
@example("\t=1")
@example("+44 1632 960123")
def test_no_cell_runs_and_each_is_read_as_it_was_meant(cell: str) -> None:
    shown = harmless(cell)
    assert not shown.lstrip("\t\r\n \x00").startswith(("=", "+", "-", "@", "＝"))
    assert as_meant(shown) == cell


@pytest.mark.parametrize("write", [csv_of, xlsx_of])
@given(cells=st.lists(_ODD, min_size=3, max_size=3))
def test_what_was_written_is_read_again(write: Writer, cells: list[str]) -> None:
    assert read_again(write(("A", "B", "C"), [[*cells[:2], f"{cells[2]}."]]))[1:] == [[*cells[:2], f"{cells[2]}."]]


def test_excel_is_told_that_a_csv_file_is_utf_8() -> None:
    written = csv_of(["Name"], [["Café"]])
    assert written.startswith(b"\xef\xbb\xbf") and list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [["Name"], ["Café"]]


def test_a_workbook_holds_texts_only_and_says_so_to_excel() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_of(["Phone"], [["01632 960123"], ["=1+1"]]))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        assert {"[Content_Types].xml", "_rels/.rels", "xl/styles.xml"} <= set(packed.namelist())
    assert "<f>" not in sheet and sheet.count('t="inlineStr"') == 3 and 'style="1"' in sheet


def test_the_same_rows_are_the_same_file() -> None:
    assert xlsx_of(["A"], [["1"]]) == xlsx_of(["A"], [["1"]])
