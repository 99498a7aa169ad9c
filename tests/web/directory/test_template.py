"""The template for councils that have only a spreadsheet, and the page that checks one: for anybody, and nothing is kept."""

import csv
import io
import logging
import random
import zipfile

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import limits
from app.directory.sheets import sent
from app.extensions import Base
from tests.unit.directory.tables import TEMPLATE, csv_of, xlsx_of
from tests.web.accounts.browser import Browser, said
from tests.web.directory.feed import all_live
from tests.web.directory.uploads import sent_with

CHECK = "/directory/check"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + random.Random(7).randbytes(4_000)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


def sends(browser: Browser, content: bytes, name: str = "sheet.csv", **more: str) -> TestResponse:
    return sent_with(browser, CHECK, content, name, **more)


def as_rows(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def a_sheet(*rows: tuple[str, ...], headings: tuple[str, ...] = ("Reference", "Name", "Phone")) -> bytes:
    return csv_of(headings, *rows).getvalue()


def test_the_template_says_what_goes_into_each_column(browser: Browser) -> None:
    page = said(browser.get("/directory/template"))
    assert all(column.heading in page and column.explanation in page for column in TEMPLATE.columns)
    assert "Reference (must be filled in)" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_downloaded_and_its_example_is_never_published(browser: Browser, form: str) -> None:
    answer = browser.get(f"/directory/template.{form}")
    assert f'filename="fingerpost-template.{form}"' in answer.headers["Content-Disposition"]
    assert "no row below the headings but the example" in said(sends(browser, answer.data, f"template.{form}"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_check_says_row_by_row_what_would_become_of_it(browser: Browser, separator: str) -> None:
    rows = (("Reference", "Name", "Phone"), ("1", "Lunch Club", "1632960123"), ("2", "", "01632 960124"), ("3", "Choir", "ring <b>us</b>"))
    for content, name in ((csv_of(*rows, separator=separator).getvalue(), "sheet.csv"), (xlsx_of(*rows).getvalue(), "sheet.xlsx")):
        page = said(sends(browser, content, name))
        assert "Rows: 3" in page and "Accepted: 2, 2 of them with a repair" in page and "Rejected: 1" in page
        assert "Row 3 Column Name What stands there What becomes of it Rejected: There is no name." in page
        assert "Give the service the name" in page and "The spreadsheet dropped the zero" in page and "ring <b>us</b>" in page


def test_one_bad_row_never_costs_the_others(browser: Browser) -> None:
    rows = [(str(number), f"Club {number} {'of all ' * 30}", "01632 960123") for number in range(1, 5_000)]
    sheet = a_sheet(*rows, ("5000", "", ""))
    assert len(sheet) > 1_000_000
    page = said(sends(browser, sheet))
    assert "Accepted: 4,999" in page and "Rejected: 1" in page and "Row 5001" in page


def test_rejected_rows_come_back_to_be_mended_and_are_read_as_they_were(browser: Browser) -> None:
    headings = ("Reference", "Name", "Phone", "Summary", "Description")
    content = a_sheet(("1", "A", "", "", ""), ("2", "", "+44 1632 960123", "=cmd|' /C calc'!A0", "Tea;\n- cake"), headings=headings)
    answer = sends(browser, content, give="rejected")
    (row,) = as_rows(answer)
    assert (row["Phone"], row["Summary"]) == ("'+44 1632 960123", "'=cmd|' /C calc'!A0")
    assert "Line 3" in row[TEMPLATE.mend] and "Name: There is no name." in row[TEMPLATE.mend]
    mended = answer.data.decode("utf-8-sig").replace("\r\n2,,", "\r\n2,Mended,").encode("utf-8-sig")
    again = said(sends(browser, mended))
    assert "Accepted: 1" in again and "Rejected: 0" in again and "not a phone number" not in again


def test_everything_that_was_found_can_be_downloaded(browser: Browser) -> None:
    rows = as_rows(sends(browser, a_sheet(("1", "A", "=1+1"), ("2", "", "")), give="found"))
    assert {(row["line"], row["field"], row["value"], row["verdict"]) for row in rows} >= {
        ("2", "Phone", "'=1+1", "accept-with-repair"), ("3", "Name", "", "reject"),
    }  # fmt: skip
    assert all(row["reason"] and row["fix"] for row in rows)


def test_a_sheet_without_faults_has_nothing_to_download(browser: Browser) -> None:
    for give in ("rejected", "found"):
        headings = ("Reference", "Name", "Organisation", "About the organisation", "Other", "Status")
        page = sends(browser, a_sheet(("1", "A", "Trust", "A charity.", "x", "active"), headings=headings), give=give)
        assert page.content_type.startswith("text/html") and "Rejected: 0" in said(page)


def test_what_excel_saves_in_windows_letters_is_read(browser: Browser) -> None:
    page = said(sends(browser, "Reference,Name\r\n1,Café\r\n2,\r\n".encode("cp1252")))
    assert "Accepted: 1" in page and "Rejected: 1" in page


def test_a_workbook_with_macros_is_read_and_nothing_of_it_runs(browser: Browser) -> None:
    workbook = xlsx_of(("Reference", "Name"), ("1", "Lunch Club"))
    with zipfile.ZipFile(workbook, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert "Accepted: 1" in said(sends(browser, workbook.getvalue(), "sheet.xlsm"))


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "", "No file came"),
        (b"", "empty.csv", "No row of headings was found"),
        (PNG, "picture.csv", "No row of headings was found"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + PNG, "picture.xlsx", "No row of headings was found"),
        (b"PK\x03\x04" + PNG, "broken.xlsx", "not a workbook that can be read"),
        (b"Reference,Name\n1,A\n" + b" " * sent.LARGEST, "huge.csv", "larger than 8 MB"),
        (b"Reference,Name\n" + b"1,A\n" * 5_001, "long.csv", "more than 5000 rows"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(browser: Browser, content: bytes, name: str, why: str) -> None:
    answer = sends(browser, content, name)
    assert answer.status_code == 422 and why in said(answer)


def test_a_zip_bomb_is_refused_before_it_goes_off(browser: Browser) -> None:
    workbook = xlsx_of(("Reference", "Name"), ("1", "A"))
    with zipfile.ZipFile(workbook, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/a.bin", bytes(sent.LARGEST_UNPACKED))
    assert len(workbook.getvalue()) < 100_000
    answer = sends(browser, workbook.getvalue(), "sheet.xlsx")
    assert answer.status_code == 422 and "larger than 40 MB when it is unpacked" in said(answer)


def test_what_is_in_a_cell_is_shown_and_never_run(browser: Browser) -> None:
    page = sends(browser, a_sheet(("1", "A<script>alert(1)</script>", "<img src=x onerror=alert(1)>"))).get_data(as_text=True)
    assert "&lt;img src=x" in page and "<img src=x" not in page and "<script>alert" not in page


def test_nothing_of_a_checked_sheet_is_kept_or_logged(app: Flask, browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sends(browser, a_sheet(("1", "Heronsgate Club", "01632 960123"), ("2", "", "Heronsgate")))
    assert "Heronsgate" not in caplog.text and all_live() == {}
    with app.extensions["owner"].connect() as connection:
        for table in Base.metadata.sorted_tables:
            assert not any("Heronsgate" in str(row) for row in connection.execute(table.select())), table.name


def test_one_address_cannot_keep_the_server_busy_with_sheets(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "template.try_sheet", (limits.Limit("address", 2, limits.HOUR),))
    assert [sends(browser, a_sheet(("1", "A", ""))).status_code for _ in range(3)] == [200, 200, 429]
