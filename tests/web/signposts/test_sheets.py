"""Many answers from a sheet: good lines are kept, bad ones are named."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.ui.numbers import in_groups
from tests.tenants import TWO
from tests.web.accounts.browser import said, signed_in
from tests.web.signposts.loop import DESK, DOVE, FAR, KITE, given, make_older, rows

pytestmark = pytest.mark.both
SHEET = f"{DESK}/sheet"
HEADS = "Reference code,What came of it,Some months on,Client"


def test_good_lines_are_kept_and_bad_ones_named(app: Flask, surgery: FlaskClient) -> None:
    code, team = given(surgery), signed_in(app, DOVE)
    page = said(team.post(SHEET, {"lines": f"{HEADS}\nABCD-EFGH-2345-H,It started,,Zebedee\n{code},No room or too long a wait,,\n"}))
    assert "0 of 2 lines were kept" in page and "This is none of the words" in page
    page = said(team.post(SHEET, {"lines": f"{HEADS}\nABCD-EFGH-2345-H,It started,,Zebedee\n{code},It started,living at home,Zebedee"}))
    assert "1 of 2 lines were kept" in page and "This is not a code" in page and "Zebedee" not in page
    (row,) = rows()
    assert (row.outcome, row.later) == ("started", "at_home")


def test_a_file_does_the_same_and_sent_again_it_changes_nothing(app: Flask, surgery: FlaskClient) -> None:
    code, team = given(surgery), signed_in(app, KITE)
    for _ in range(2):
        sent = {"sheet": (BytesIO(f"{HEADS}\n{code},Could not reach the person,,".encode("utf-8-sig")), "export.csv")}
        assert "1 of 1 lines were kept" in said(team.post(SHEET, sent))
    assert [row.outcome for row in rows()] == ["not_reached"]


def test_codes_of_others_and_old_ones_are_told_apart_from_nothing(app: Flask, surgery: FlaskClient) -> None:
    code = given(surgery)
    sent = {"lines": f"{HEADS}\n{code},It started,,"}
    elsewhere = said(signed_in(app, FAR).post(f"/council/{TWO}/signposts/sheet", sent))
    make_older(366)
    old = said(signed_in(app, DOVE).post(SHEET, sent))
    for page in (elsewhere, old):
        assert "0 of 1 lines were kept" in page and "Your council has no signpost with this code" in page
    assert rows()[0].outcome is None


def test_what_is_no_sheet_says_what_to_do(app: Flask) -> None:
    answer = signed_in(app, DOVE).post(SHEET, {"lines": "hello"})
    assert answer.status_code == 422 and "its first line has to name a column" in said(answer)


def test_the_empty_sheet_is_understood_once_codes_are_filled_in(app: Flask, surgery: FlaskClient) -> None:
    team = signed_in(app, DOVE)
    heads, *lines = team.get(f"{SHEET}.csv").text.splitlines()
    codes = []
    for line in lines:
        codes.append(given(surgery, pressed=[line]))
    filled = "\n".join([heads, *(code + line for code, line in zip(codes, lines, strict=True))])
    assert f"{len(lines)} of {len(lines)} lines were kept" in said(team.post(SHEET, {"lines": filled}))
    assert {in_groups(row.code) for row in rows()} == set(codes) and all(row.outcome or row.later for row in rows())
