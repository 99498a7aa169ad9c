"""A council publishes from its own sheet: staged, looked at, published; one bad row costs none of the others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.accounts.models import SignIn
from app.directory.models import Publication
from app.directory.queries import LiveService
from app.extensions import db
from tests.unit.directory.tables import csv_of, xlsx_of
from tests.web.accounts.browser import Browser, change, rows, said
from tests.web.directory.editors import OTHER_COUNCIL, Desk, made
from tests.web.directory.feed import COUNCIL, a_service, all_live
from tests.web.directory.uploads import sent_with

pytestmark = pytest.mark.both
SHEET = f"/council/{COUNCIL}/sheet"
HEADINGS = ("Reference", "Name", "Council codes")


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    return made(app, tmp_path)


def live() -> dict[str, LiveService]:
    db.session.rollback()  # What was read before is a snapshot of then.
    return all_live()


def sends(who: Browser, *services: tuple[str, ...], **more: str) -> TestResponse:
    return sent_with(who, SHEET, csv_of(HEADINGS, *services).getvalue(), "sheet.csv", **more)


def published(who: Browser, *services: tuple[str, ...]) -> None:
    page = str(sends(who, *services).location)
    assert who.post(f"{page}/publish").status_code == 303


def test_what_a_sheet_would_change_is_looked_at_and_then_published(app: Flask, desk: Desk) -> None:
    published(desk.editor, *((str(number), f"Club {number}", "") for number in range(1, 7)))
    answer = sends(
        desk.editor,
        ("1", "Club of all", ""),
        *((str(number), f"Club {number}", "") for number in range(2, 6)),
        ("7", "New", ""),
        ("8", "", ""),
    )
    assert answer.status_code == 303 and f"/council/{COUNCIL}/imports/" in str(answer.location)
    page = said(desk.editor.get(str(answer.location)))
    for words in ("New 1", "Changed 1", "Unchanged 4", "Vanished 1", "Rejected 1"):
        assert words in page, words
    assert "There is no name" in said(desk.editor.get(f"{answer.location}?kind=rejected"))
    assert live()["1"].name == "Club 1"
    assert desk.second.post(f"{answer.location}/publish").status_code == 303
    assert {key: service.name for key, service in live().items()} == {
        "1": "Club of all", "2": "Club 2", "3": "Club 3", "4": "Club 4", "5": "Club 5", "7": "New",
    }  # fmt: skip
    assert {(service.source, service.council_code) for service in live().values()} == {(f"{COUNCIL}:sheet", COUNCIL)}


def test_a_sheet_that_is_mostly_gone_stops_and_asks(desk: Desk) -> None:
    published(desk.editor, *((str(number), f"Club {number}", "") for number in range(1, 6)))
    page = str(sends(desk.editor, ("1", "Club 1", "")).location)
    assert desk.editor.post(f"{page}/publish").status_code == 422 and len(live()) == 5
    assert desk.editor.post(f"{page}/publish", {"really_ended": "yes"}).status_code == 303 and len(live()) == 1


def test_services_of_other_feeds_stay(desk: Desk) -> None:
    desk.feed(a_service(1))
    published(desk.editor, ("17", "Club", ""))
    assert {service.name for service in live().values()} == {"Service 1", "Club"}


def test_nobody_publishes_for_another_council(desk: Desk) -> None:
    both = f"{OTHER_COUNCIL}; {COUNCIL}"
    answer = sends(desk.editor, ("1", "Theirs", OTHER_COUNCIL), ("2", "Both's", both), ("3", "All of England's", "E92000001"))
    refused = said(desk.editor.get(f"{answer.location}?kind=rejected"))
    assert "Rejected 1" in refused and "area of another council only" in refused and "name this council" in refused
    assert desk.editor.post(f"{answer.location}/publish").status_code == 303
    found = {service.name: (service.council_code, set(service.council_codes), service.national) for service in live().values()}
    assert found == {
        "Both's": (COUNCIL, {COUNCIL, OTHER_COUNCIL}, False),
        "All of England's": (COUNCIL, {COUNCIL}, False),
    }, "a council does not speak for the country"


def test_a_sheet_that_changes_nothing_says_so_and_leaves_nothing_behind(app: Flask, desk: Desk) -> None:
    published(desk.editor, ("1", "Club 1", ""))
    answer = sends(desk.editor, ("1", "Club 1", ""), ("2", "", ""))
    assert "Nothing would change. Rows: 2; as the directory says already: 1; rejected: 1" in said(answer)
    assert len(rows(app, Publication)) == 1


def test_what_is_rejected_can_be_downloaded_without_staging_anything(app: Flask, desk: Desk) -> None:
    rejected = sends(desk.editor, ("1", "Theirs", OTHER_COUNCIL), ("2", "Ours", ""), give="rejected")
    assert "Theirs" in rejected.text and "Ours" not in rejected.text and "Council codes: The service works in" in rejected.text
    assert "other_council" not in sends(desk.editor, ("1", "Theirs", OTHER_COUNCIL), give="found").text
    assert rows(app, Publication) == []


def test_what_cannot_be_read_is_refused_in_words_and_stages_nothing(app: Flask, desk: Desk) -> None:
    for content, name, why in ((b"", "", "No file came"), (b"\x89PNG\r\n\x1a\n\x00", "picture.csv", "No row of headings"),
                               (b"Reference,Name\n1,A\n" + b" " * 9_000_000, "huge.csv", "larger than 8 MB")):  # fmt: skip
        answer = sent_with(desk.editor, SHEET, content, name)
        assert answer.status_code == 422 and why in said(answer)
    assert rows(app, Publication) == []


def test_a_large_sheet_is_staged_as_well(desk: Desk) -> None:
    services = [(str(number), f"Club {number} {'of all ' * 40}", "") for number in range(4_000)]
    assert len(csv_of(HEADINGS, *services).getvalue()) > 1_000_000
    assert "New 4000" in said(desk.editor.get(str(sends(desk.editor, *services).location)))


def test_a_large_sheet_whose_sender_has_to_sign_in_again_is_asked_to(app: Flask, desk: Desk) -> None:
    change(app, update(SignIn).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    answer = sent_with(desk.editor, SHEET, b"Reference,Name\n1,A\n" + b" " * 2_000_000, "sheet.csv")
    assert answer.status_code == 303 and "/sign-in" in str(answer.location)


def test_a_workbook_does_as_well_and_the_same_sheet_again_changes_nothing(desk: Desk) -> None:
    workbook = xlsx_of(HEADINGS, ("1", "Club", "")).getvalue()
    page = str(sent_with(desk.editor, SHEET, workbook, "sheet.xlsx").location)
    assert desk.editor.post(f"{page}/publish").status_code == 303
    assert "Nothing would change" in said(sent_with(desk.editor, SHEET, workbook, "sheet.xlsx"))


def test_another_council_has_no_such_page(desk: Desk) -> None:
    assert desk.stranger.get(SHEET).status_code == 404 and sends(desk.stranger, ("1", "Club", "")).status_code == 404
