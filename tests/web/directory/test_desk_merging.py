"""Possible duplicates are suggested, looked at side by side, merged by people only, and parted again."""

from pathlib import Path

import pytest
from flask import Flask

from app.directory import queries
from tests.web.accounts.browser import Browser, said
from tests.web.directory.editors import DESK, PAIRS, Desk, made
from tests.web.directory.feed import a_service, at, id_of

pytestmark = pytest.mark.both
KEEP = f"{PAIRS}/{id_of(1)}/{id_of(2)}"


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    """Services 1 and 2 are one; 3 is another in the same hall."""
    desk = made(app, tmp_path)
    here = {"service_at_locations": at(53.54, -2.11)}
    desk.feed(
        a_service(1, name="Marlbury Carers Centre", **here),
        a_service(2, name="The Marlbury Carers' Centre", phones=[{"number": "01632 960002"}], url="https://two.example.org", **here),
        a_service(3, name="Lunch club", **here),
    )
    return desk


def approved(desk: Desk) -> None:
    """The second editor approves every draft that waits."""
    page = desk.second.get(f"{DESK}?state=drafts").text
    for place in {part.split('"')[0] for part in page.split('href="')[1:] if "/changes/" in part.split('"')[0]}:
        assert desk.second.post(f"{place}/approve").status_code == 303


def test_a_pair_is_suggested_and_merged_with_what_was_ticked(app: Flask, desk: Desk) -> None:
    listed = said(desk.editor.get(PAIRS))
    assert "The Marlbury Carers' Centre and Marlbury Carers Centre" in listed and "Lunch club" not in listed
    page = said(desk.editor.get(KEEP))
    assert "Telephone number" in page and "01632 960002" in page
    assert desk.editor.post(f"{KEEP}/merge", {"take": ["phone"]}).status_code == 303
    assert len(queries.by_ids([id_of(1), id_of(2)])) == 2, "nothing is merged before it is approved"
    assert "Marlbury Carers Centre" not in said(desk.editor.get(PAIRS))
    approved(desk)
    answer = Browser(app).get(f"/services/{id_of(2)}")
    assert (answer.status_code, answer.location) == (301, f"/services/{id_of(1)}")
    kept = said(Browser(app).get(answer.location))
    assert "01632 960002" in kept and "two.example.org" not in kept
    assert "Stays in its place Before Not said After Marlbury Carers Centre" in said(desk.editor.get(f"{DESK}/{id_of(2)}"))


def test_undoing_brings_the_other_back(app: Flask, desk: Desk) -> None:
    place = str(desk.editor.post(f"{KEEP}/merge").location)
    approved(desk)
    assert desk.editor.post(f"{place}/undo").status_code == 303
    assert Browser(app).get(f"/services/{id_of(2)}").status_code == 200


def test_of_two_merges_against_each_other_one_holds(desk: Desk) -> None:
    one = str(desk.editor.post(f"{KEEP}/merge").location)
    other = str(desk.editor.post(f"{PAIRS}/{id_of(2)}/{id_of(1)}/merge").location)
    assert desk.second.post(f"{one}/approve").status_code == 303
    refused = desk.second.post(f"{other}/approve")
    assert refused.status_code == 409
    assert "not in the directory any more" in said(refused)
    assert queries.service_or_none(id_of(1))


def test_they_are_two_is_remembered_until_it_is_undone(desk: Desk) -> None:
    for _ in range(2):
        assert desk.editor.post(f"{KEEP}/apart").status_code == 303
    assert "No two services look like one" in said(desk.editor.get(PAIRS))
    past = desk.editor.get(f"{DESK}/{id_of(1)}").text
    assert past.count("Is another service than") == 1 and "Ada Marsh" in past
    assert len(queries.by_ids([id_of(1), id_of(2)])) == 2


def test_a_pair_of_nobodys_or_of_one_does_not_exist(desk: Desk) -> None:
    for pair in (f"{id_of(1)}/{id_of(1)}", f"{id_of(1)}/{id_of(99)}"):
        for deed in ("merge", "apart"):
            assert desk.editor.post(f"{PAIRS}/{pair}/{deed}").status_code == 404
    assert desk.stranger.get(PAIRS).status_code == 404
    assert desk.stranger.get(KEEP.replace("E99000001", "E99000002")).status_code == 404
