"""Many entries edited in one sheet: downloaded, changed, looked at, and kept by the desk's own rules."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.audit.actions import Deed
from app.audit.models import AuditEntry
from app.directory.desk.entry import typed_of
from app.directory.doors import tables_of
from app.directory.models import ServiceAmendment
from app.directory.queries import LiveService, current_sequence
from app.directory.refusal import Unreadable
from app.directory.sheets import comparing, signing
from app.directory.sheets.columns import FIELDS, headings, row_of
from app.directory.sheets.comparing import compared
from app.directory.sheets.writing import csv_of, xlsx_of
from app.extensions import db
from tests.web.accounts.browser import Browser, rows, said
from tests.web.directory.editors import DESK, Desk, made, sent_by
from tests.web.directory.feed import COUNCIL, a_service, all_live, id_of
from tests.web.directory.uploads import sent_with

BULK = f"/council/{COUNCIL}/bulk"


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    desk = made(app, tmp_path)
    desk.feed(
        a_service(1, phones=[{"number": "01632960001"}], minimum_age=65), a_service(2, application_process="Ring\nSay when"), a_service(3)
    )
    return desk


def live() -> dict[str, LiveService]:
    db.session.rollback()  # What was read before is a snapshot of then.
    return all_live()


def a_download(who: Browser) -> list[dict[str, str]]:
    """The rows of the downloaded sheet, by what the columns are called."""
    text = who.get(f"{BULK}/services.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(edited: list[dict[str, str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(edited[0]))
    writer.writeheader()
    writer.writerows(edited)
    return file.getvalue().encode()


def sends(who: Browser, edited: list[dict[str, str]], **more: str) -> TestResponse:
    return sent_with(who, BULK, as_csv(edited), "sheet.csv", **more)


def kept(who: Browser, edited: list[dict[str, str]], **more: str) -> TestResponse:
    form = {"changes": sent_by(sends(who, edited))["changes"]} | more
    return who.post(f"{BULK}/keep", form)


@pytest.mark.both
def test_what_was_edited_is_looked_at_and_becomes_drafts(app: Flask, desk: Desk) -> None:
    sheet = a_download(desk.editor)
    sheet[0]["Telephone number"], sheet[1]["How to refer"] = "+44 1632 960009", "Ring\nSay who you are"
    looked_at = sends(desk.editor, sheet)
    page = said(looked_at)
    assert "Rows: 3" in page and "Changed: 2" in page and "Rejected: 0" in page and "Service 3" not in page
    assert "Telephone number Before 01632960001 After +44 1632 960009" in page
    assert rows(app, ServiceAmendment) == []
    answer = desk.editor.post(f"{BULK}/keep", {"changes": sent_by(looked_at)["changes"], "approve": "yes"})
    drafts = said(desk.editor.follow(answer))
    assert "Drafts: 2." in drafts and drafts.count("drafted ") == 2
    assert live()["1"].phone == "01632960001"
    place = next(row.id for row in rows(app, ServiceAmendment) if row.service_id == id_of(1))
    assert desk.editor.post(f"{DESK}/changes/{place}/approve").status_code == 409
    assert desk.second.post(f"{DESK}/changes/{place}/approve").status_code == 303
    assert live()["1"].phone == "+44 1632 960009"


@pytest.mark.both
def test_an_administrator_publishes_all_at_one_moment_each_in_the_trail_and_undone_by_itself(app: Flask, desk: Desk) -> None:
    sheet = a_download(desk.boss)
    for row in sheet:
        row["Waiting time"] = "About a week"
    before = current_sequence()
    assert kept(desk.boss, sheet, approve="yes").status_code == 303
    assert {service.wait for service in live().values()} == {"About a week"} and current_sequence() == before + 1
    deeds = [entry.what for entry in rows(app, AuditEntry)]
    assert deeds.count(Deed.SERVICE_DRAFTED) == deeds.count(Deed.SERVICE_AMENDED) == 3
    one = next(row.id for row in rows(app, ServiceAmendment) if row.service_id == id_of(2))
    assert desk.editor.post(f"{DESK}/changes/{one}/undo").status_code == 303
    assert [live()[key].wait for key in "123"] == ["About a week", "", "About a week"]


@pytest.mark.both
@pytest.mark.parametrize("approve", [{}, {"approve": "yes"}])
def test_pressed_twice_it_is_done_once(app: Flask, desk: Desk, approve: dict[str, str]) -> None:
    sheet = a_download(desk.boss)
    sheet[0]["Waiting time"] = "A week"
    form = {"changes": sent_by(sends(desk.boss, sheet))["changes"]} | approve
    for _ in range(2):
        assert desk.boss.post(f"{BULK}/keep", form).status_code == 303
    assert len(rows(app, ServiceAmendment)) == 1


def test_what_nobody_touched_is_no_change_whatever_the_spreadsheet_did_to_it(desk: Desk) -> None:
    said_of_one = {"assured_date": "2026-11-01", "wait_time": "=cmd", "languages": [{"name": "Welsh"}, {"name": "Urdu"}]}
    desk.feed(a_service(1, phones=[{"number": "01632960001"}], minimum_age=65, **said_of_one), a_service(2), a_service(3))
    for form in ("csv", "xlsx"):
        page = said(sent_with(desk.editor, BULK, desk.editor.get(f"{BULK}/services.{form}").data, f"sheet.{form}"))
        assert "Changed: 0" in page and "Rejected: 0" in page and "Nothing would change" in page
    row = a_download(desk.editor)[0]
    assert row["Waiting time"] == "'=cmd"
    row |= {"Telephone number": "1632960001", "Lowest age": "65.0", "Day on which it was last checked": "46327"}
    row |= {"Is it running?": "Active ", "Languages": "Welsh\r\nUrdu", "Waiting time": "=cmd"}
    assert "Changed: 0" in said(sends(desk.editor, [row]))


def test_only_the_columns_and_rows_that_are_there_say_anything(desk: Desk) -> None:
    number, as_of = list(headings().values())[:2]
    sheet = [{number: row[number], as_of: row[as_of], "Cost": "£6"} for row in a_download(desk.editor)[:1]]
    page = said(sends(desk.editor, sheet))
    assert "Changed: 1" in page and "Cost Before Not said After £6" in page and "Telephone" not in page


def test_an_empty_cell_takes_the_value_away(desk: Desk) -> None:
    sheet = a_download(desk.boss)
    sheet[0]["Telephone number"] = ""
    kept(desk.boss, sheet, approve="yes")
    assert live()["1"].phone == ""


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Telephone number", "ring us", "no telephone number"), ("Name of the service", "", "Give the name"),
        ("Is it running?", "perhaps", "active; inactive; defunct; temporarily closed"), ("Is it taking referrals?", "perhaps", "yes; no"),
        ("What it helps with", "Befriending of all", "Write one of"), ("Description", "As for Mrs Okafor, NHS 999 000 0018", "take it out"),
        ("Number here (do not change)", "17", "No live service of this council"), ("As it was (do not change)", "0", "was changed since"),
        ("Website", "javascript:alert(1)", "no web address"),
    ],
)  # fmt: skip
def test_a_bad_row_is_rejected_with_its_reason_and_costs_none_of_the_others(desk: Desk, column: str, cell: str, why: str) -> None:
    sheet = a_download(desk.editor)
    sheet[0][column], sheet[2]["Waiting time"] = cell, "A week"
    page = said(sends(desk.editor, sheet))
    assert "Changed: 1" in page and "Rejected: 1" in page
    assert f"Row 2 Column {column} What stands there {cell}".strip() in page and why in page
    rejected = sends(desk.editor, sheet, give="rejected")
    (row,) = csv.DictReader(io.StringIO(rejected.data.decode("utf-8-sig"), newline=""))
    assert row[column] == cell and why in row["What to mend"]


def test_a_service_of_another_council_or_one_that_stands_twice_is_not_taken(desk: Desk) -> None:
    sheet = a_download(desk.editor)
    second = a_service(2, application_process="Ring\nSay when")
    desk.feed(a_service(1, service_areas=[{"extent": "E99000002"}]), second, a_service(3))
    page = said(sends(desk.editor, [*sheet, sheet[2] | {"Cost": "£6"}]))
    assert "Rejected: 2" in page and "No live service of this council" in page and "earlier in this sheet" in page


def test_an_entry_that_changed_meanwhile_is_left_alone_before_and_after_looking(desk: Desk) -> None:
    sheet = a_download(desk.editor)
    sheet[0]["Cost"] = sheet[1]["Cost"] = "£6"
    form = {"changes": sent_by(sends(desk.editor, sheet))["changes"]}
    desk.feed(a_service(1, name="Renamed"), a_service(2, application_process="Ring\nSay when"), a_service(3))
    page = said(sends(desk.editor, sheet))
    assert "Changed: 1" in page and "changed since the sheet was downloaded" in page
    assert "Drafts: 1. Left alone, because somebody changed them meanwhile: 1." in said(
        desk.editor.follow(desk.editor.post(f"{BULK}/keep", form))
    )


def test_what_was_shown_cannot_be_altered_passed_on_or_kept_for_a_day(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = a_download(desk.editor)
    sheet[0]["Cost"] = "£6"
    carried = sent_by(sends(desk.editor, sheet))["changes"]
    for who, changes in ((desk.editor, carried[:-1]), (desk.editor, "x"), (desk.editor, ""), (desk.second, carried)):
        answer = who.post(f"{BULK}/keep", {"changes": changes})
        assert answer.status_code == 422 and "Send the sheet again" in said(answer)
    monkeypatch.setattr(signing, "LASTS", -1)
    assert desk.editor.post(f"{BULK}/keep", {"changes": carried}).status_code == 422
    assert rows(app, ServiceAmendment) == []


def test_too_many_changes_are_taken_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = [row | {"Cost": "£6"} for row in a_download(desk.editor)]
    monkeypatch.setattr(comparing, "MOST_CHANGES", 2)
    page = said(sends(desk.editor, sheet))
    assert "Changed: 2" in page and "Keep these first" in page
    monkeypatch.setattr(signing, "LONGEST", 10)
    assert "too much at once" in said(sends(desk.editor, sheet))


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04", b"Reference,Name\n1,A\n"])
def test_a_file_that_is_no_such_sheet_is_refused_in_words(desk: Desk, content: bytes) -> None:
    answer = sent_with(desk.editor, BULK, content, "sheet.csv")
    assert answer.status_code == 422 and "There is something to mend" in said(answer)


def test_another_council_has_no_such_pages(desk: Desk) -> None:
    for path in (BULK, f"{BULK}/services.csv", f"{BULK}/services.xlsx"):
        assert desk.stranger.get(path).status_code == 404
    for path in (BULK, f"{BULK}/keep"):
        assert desk.stranger.post(path).status_code == 404


def test_the_sheet_has_every_field_of_the_form_under_a_heading_of_its_own(app: Flask) -> None:
    assert set(FIELDS) == typed_of(LiveService(id="", name="", status="", source="", source_id="")).keys()
    with app.test_request_context():
        assert len({heading.casefold() for heading in headings().values()}) == len(FIELDS) + 2


_TEXTS = st.text(alphabet=st.sampled_from("=+-@'\t \n\"\x0b;_x0041_aé😀\u2028"), max_size=10)


@settings(max_examples=40)
@given(texts=st.lists(_TEXTS, min_size=5, max_size=5), listed=st.lists(_TEXTS, max_size=3))
def test_a_sheet_that_comes_back_as_it_went_changes_nothing(app: Flask, texts: list[str], listed: list[str]) -> None:
    given: dict[str, Any] = dict(zip(("name", "summary", "phone", "wait", "description"), texts, strict=True))
    service = LiveService(id=id_of(1), status="active", source="s", source_id="1", how_to_refer=tuple(listed), **given)
    with app.test_request_context():
        for write in (csv_of, xlsx_of):
            written = write(list(headings().values()), [row_of(service)])
            found = compared(tables_of(io.BytesIO(written)), {service.id: service})
            assert (found.rows, found.changes, found.problems) == (1, [], [])


@settings(max_examples=40)
@given(rows=st.lists(st.lists(st.text(max_size=8), max_size=32), max_size=3), noise=st.binary(max_size=60))
def test_any_cells_and_any_bytes_are_read_or_refused(app: Flask, rows: list[list[str]], noise: bytes) -> None:
    service = LiveService(id=id_of(1), name="A", status="active", source="s", source_id="1")
    with app.test_request_context():
        for row in rows:
            row[:2] = row_of(service)[:2]
        found = compared(tables_of(io.BytesIO(csv_of(list(headings().values()), rows))), {service.id: service})
        assert found.rows <= len(rows) and len(found.changes) <= 1
        with pytest.raises(Unreadable):
            compared(tables_of(io.BytesIO(noise)), {})
