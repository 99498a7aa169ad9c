"""The pages of the editors' desk: a change is drafted by one person, approved by another, seen by everybody, and undone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import SignIn
from app.directory.models import ServiceAmendment
from tests.web.accounts.browser import PASSWORD, Browser, change, new_person, rows, said
from tests.web.directory.editors import DESK, OTHER_COUNCIL, Desk, made, sent_by
from tests.web.directory.feed import COUNCIL, a_service, id_of

pytestmark = pytest.mark.both
FIRST = f"{DESK}/{id_of(1)}"


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    desk = made(app, tmp_path)
    desk.feed(a_service(1), a_service(2))
    return desk


def drafted(who: Browser, **typed: str) -> str:
    """Where the draft of a changed first service stands."""
    form = sent_by(who.get(f"{FIRST}/edit"))
    answer = who.post(f"{FIRST}/edit", form | typed)
    assert answer.status_code == 303, said(answer)
    return str(answer.location)


def public(app: Flask, service: int = 1) -> str:
    return said(Browser(app).get(f"/services/{id_of(service)}"))


def test_one_drafts_another_approves_everybody_sees_it_and_it_is_undone(app: Flask, desk: Desk) -> None:
    place = drafted(desk.editor, phone="01632 960009", how_to_refer="Ring\nSay who you are", accepting="no")
    page = said(desk.second.get(place))
    assert "Telephone number Before Not said After 01632 960009" in page
    assert "01632 960009" not in public(app)
    assert desk.second.post(f"{place}/approve").status_code == 303
    assert "01632 960009" in public(app) and "Not taking referrals now" in public(app)
    past = said(desk.editor.get(FIRST))
    assert "Ada Marsh" in past and "Ben Marsh" in past and "Approved" in past
    assert desk.editor.post(f"{place}/undo").status_code == 303
    assert "01632 960009" not in public(app)
    assert "Undone" in said(desk.editor.get(FIRST))


def test_nobody_approves_their_own_draft_but_an_administrator(desk: Desk) -> None:
    place = drafted(desk.editor, name="Better")
    page = desk.editor.get(place)
    assert "Somebody else has to approve it" in said(page) and "/approve" not in page.text
    assert desk.editor.post(f"{place}/approve").status_code == 409
    assert "waiting for approval" in said(desk.editor.get(place))
    own = drafted(desk.boss, name="Best")
    assert desk.boss.post(f"{own}/approve").status_code == 303


def test_a_draft_that_is_laid_aside_changes_nothing(app: Flask, desk: Desk) -> None:
    place = drafted(desk.editor, name="Worse")
    assert desk.second.post(f"{place}/refuse").status_code == 303
    assert desk.second.post(f"{place}/approve").status_code == 409
    assert "Worse" not in public(app)


def test_the_form_holds_what_the_directory_says_and_sends_nothing_new_as_it_stands(desk: Desk) -> None:
    site = {"location_type": "physical", "name": "Hall", "latitude": 53.54, "longitude": -2.11}
    desk.feed(a_service(1, minimum_age=65, service_at_locations=[{"location": site}], languages=[{"name": "Welsh"}]), a_service(2))
    form = sent_by(desk.editor.get(f"{FIRST}/edit"))
    assert (form["name"], form["minimum_age"], form["site_name"], form["languages"]) == ("Service 1", "65", "Hall", "Welsh")
    answer = desk.editor.post(f"{FIRST}/edit", form)
    assert answer.status_code == 422
    assert "Nothing is changed" in said(answer)


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("phone", "ring us", "no telephone number"), ("email", "help at example", "no e-mail address"),
        ("email", "jane.doe@example.org", "one person's own address"), ("url", "javascript:alert(1)", "no web address"),
        ("site_postcode", "somewhere", "no postcode"), ("assured_on", "soon", "no day"), ("assured_on", "1/1/2999", "still to come"),
        ("minimum_age", "old", "an age in years"), ("name", "", "Give the name"), ("name", "test", "a trial entry"),
        ("summary", "long " * 40, "too long"), ("description", "As for Mrs Okafor, NHS 999 000 0018", "take it out"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_at_its_field_and_stays_as_typed(app: Flask, desk: Desk, field: str, typed: str, why: str) -> None:
    form = sent_by(desk.editor.get(f"{FIRST}/edit")) | {"organisation": "Trust of all"}
    answer = desk.editor.post(f"{FIRST}/edit", form | {field: typed})
    assert answer.status_code == 422
    assert why in said(answer)
    again = sent_by(answer)
    assert (again[field], again["organisation"]) == (typed.strip(), "Trust of all")
    assert rows(app, ServiceAmendment) == []


def test_what_a_source_says_does_not_keep_an_editor_from_changing_the_rest(desk: Desk) -> None:
    """A name with a title is refused where an editor types it, not where it stood before."""
    desk.feed(a_service(1, description="Founded by Mrs Okafor."), a_service(2))
    assert "Mrs Okafor" not in said(desk.second.get(drafted(desk.editor, name="Better")))


def test_markup_is_taken_out_as_from_a_feed(app: Flask, desk: Desk) -> None:
    place = drafted(desk.editor, description="Tea <script>alert(1)</script>and <b>cake</b>", summary="=HYPERLINK(1)")
    assert desk.second.post(f"{place}/approve").status_code == 303
    page = Browser(app).get(f"/services/{id_of(1)}").text
    assert "Tea and cake" in page and "alert(1)" not in page


def test_the_whereabouts_of_a_refuge_are_not_taken(desk: Desk) -> None:
    form = sent_by(desk.editor.get(f"{FIRST}/edit")) | {"description": "A refuge for women fleeing abuse.", "site_address": "Low Road"}
    answer = desk.editor.post(f"{FIRST}/edit", form)
    assert answer.status_code == 422
    assert "whereabouts of a refuge" in said(answer)


def test_of_two_who_edit_at_once_the_second_is_told_and_loses_nothing(desk: Desk) -> None:
    form = sent_by(desk.editor.get(f"{FIRST}/edit")) | {"name": "Mine"}
    desk.boss.post(drafted(desk.second, phone="01632 960009") + "/approve")
    answer = desk.editor.post(f"{FIRST}/edit", form)
    assert answer.status_code == 409
    assert "Somebody else changed this entry" in said(answer)
    again = sent_by(answer)
    assert again["name"] == "Mine"
    assert desk.editor.post(f"{FIRST}/edit", again).status_code == 303


def test_a_service_is_added_once_however_often_the_button_is_pressed(app: Flask, desk: Desk) -> None:
    form = sent_by(desk.editor.get(f"{DESK}/new")) | {"name": "Knit and natter", "phone": "01632 960007", "accepting": "yes"}
    place, again = (desk.editor.post(f"{DESK}/new", form).location for _ in range(2))
    assert place == again
    assert "Knit and natter" in said(desk.second.get(DESK))
    done = desk.second.post(f"{place}/approve")
    found = desk.second.get(str(done.location)).text
    assert "In the directory: Running" in found
    service = str(done.location).rsplit("/", 1)[1]
    assert "01632 960007" in said(Browser(app).get(f"/services/{service}"))


def test_a_change_that_is_sent_twice_is_one_draft(app: Flask, desk: Desk) -> None:
    assert drafted(desk.editor, name="Better") == drafted(desk.editor, name="Better")
    assert len(rows(app, ServiceAmendment)) == 1


def test_what_was_typed_when_the_session_had_run_out_is_sent_after_signing_in(app: Flask, desk: Desk) -> None:
    form = sent_by(desk.editor.get(f"{FIRST}/edit")) | {"name": "Typed for an hour"}
    change(app, update(SignIn).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    asked = desk.editor.post(f"{FIRST}/edit", form)
    page = desk.editor.follow(desk.editor.post(str(asked.location), {"email": "ada@example.org", "password": PASSWORD}))
    assert "Nothing you typed is lost" in said(page)
    place = desk.editor.post(f"{FIRST}/edit", sent_by(page)).location
    assert "Typed for an hour" in said(desk.editor.get(str(place)))


def test_withdrawing_holds_at_once_and_restoring_brings_it_back(app: Flask, desk: Desk) -> None:
    for _ in range(2):
        assert desk.editor.post(f"{FIRST}/withdraw").status_code == 303
    assert Browser(app).get(f"/services/{id_of(1)}").status_code == 410
    assert "Service 1" in said(desk.editor.get(f"{DESK}?state=withdrawn"))
    page = said(desk.editor.get(FIRST))
    assert "Withdrawn: nobody finds it" in page and "Ada Marsh" in page
    assert desk.second.post(f"{FIRST}/restore").status_code == 303
    assert "Service 1" in public(app)
    assert desk.second.post(f"{FIRST}/restore").status_code == 409


def test_closing_and_archiving_are_drafts(app: Flask, desk: Desk) -> None:
    place = str(desk.editor.post(f"{FIRST}/status", {"status": "temporarily closed"}).location)
    assert "Is it running? Before Running After Closed for now" in said(desk.second.get(place))
    desk.second.post(f"{place}/approve")
    assert "Temporarily closed" in public(app)
    assert "Service 1" in said(desk.editor.get(f"{DESK}?state=closed"))
    assert desk.editor.post(f"{FIRST}/status", {"status": "unheard of"}).location == FIRST


def test_the_list_is_narrowed_and_turned_page_by_page(desk: Desk) -> None:
    desk.feed(*(a_service(number) for number in range(1, 61)), a_service(70, name="Lunch", assured_date="2026-11-01"))
    assert "Page 1 of 2" in said(desk.editor.get(DESK))
    assert "Service 9 ," in said(desk.editor.get(f"{DESK}?page=2")) and "Service 9 ," not in said(desk.editor.get(DESK))
    found = said(desk.editor.get(f"{DESK}?words=lun%00"))
    assert "1 service " in found and "Lunch , checked 1 Nov" in found
    assert "Lunch" not in said(desk.editor.get(f"{DESK}?state=unchecked"))
    place = drafted(desk.editor, name="Better")
    waiting = said(desk.editor.get(DESK))
    assert waiting.index("Waiting for approval") < waiting.index("61 services")
    assert place in desk.editor.get(f"{DESK}?state=drafts").text
    for odd in ("page=0", "page=x", "state=x", "page=99999999999999999999"):
        assert desk.editor.get(f"{DESK}?{odd}").status_code == 200


def test_another_council_does_not_exist(desk: Desk) -> None:
    place = drafted(desk.editor, name="Better")
    desk.feed(a_service(1), a_service(2), a_service(3, service_areas=[{"name": "Southern", "extent": OTHER_COUNCIL}]))
    foreign = f"{DESK}/{id_of(3)}"
    for path in (foreign, f"{foreign}/edit", f"{DESK}/changes/unknown", f"{DESK}/{id_of(99)}"):
        assert desk.editor.get(path).status_code == 404
    for path in (f"{foreign}/withdraw", f"{foreign}/restore", f"{foreign}/status", f"{place}/approve", f"{place}/undo"):
        who = desk.stranger if path.startswith(place) else desk.editor
        assert who.post(path).status_code == 404
    theirs = place.replace(DESK, f"/council/{OTHER_COUNCIL}/services")
    assert desk.stranger.get(theirs).status_code == 404, "by their own council's address, too"


def test_who_edits_for_two_councils_finds_each_ones_changes_under_its_own_address(app: Flask, desk: Desk) -> None:
    place = drafted(desk.editor, name="Better")
    new_person(app, "both@example.org", ("directory_editor", COUNCIL, None), ("directory_editor", OTHER_COUNCIL, None))
    both = Browser(app)
    both.sign_in("both@example.org")
    assert both.get(place).status_code == 200
    assert both.get(place.replace(COUNCIL, OTHER_COUNCIL)).status_code == 404


def test_links_to_the_desk_are_for_editors_only(app: Flask, desk: Desk) -> None:
    link = f"{FIRST}/edit"
    assert link in desk.editor.get(f"/services/{id_of(1)}").text
    assert DESK in desk.editor.get("/account").text and DESK in desk.boss.get("/account").text
    for who in (Browser(app), desk.stranger):
        assert link not in who.get(f"/services/{id_of(1)}").text


def test_somebody_who_is_gone_is_not_named(app: Flask, desk: Desk) -> None:
    place = drafted(desk.editor, name="Better")
    assert "Ada Marsh" in said(desk.second.get(place))
    assert desk.editor.post("/account/close", {"email": "ada@example.org"}).status_code in (200, 303)
    assert "Somebody who has left" in said(desk.second.get(place))
