"""A GP offers something under a code, the council's team says what came of it, and the practice sees it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.signposts.actions import coarsen
from app.ui.numbers import as_kept, in_groups
from tests.tenants import ONE, PRACTICE, TWO, service_of
from tests.web.accounts.browser import Browser, said, signed_in
from tests.web.signposts.loop import DESK, DOVE, FAR, KITE, ROOK, TEXT, WREN, asked, given, make_older, rows

pytestmark = pytest.mark.both


def test_one_press_makes_a_code_that_stands_in_every_text_and_says_that_it_is_no_referral(surgery: FlaskClient) -> None:
    fields = asked(surgery)
    answer = surgery.post("/signpost", data=fields)
    code = re.search(r"Reference code (\S+)<", answer.text)
    assert code and "This code is not a referral." in answer.text and "Nothing has been sent: you still need to refer." in answer.text
    referral, message = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert all(f"Code {code[1]}: not a referral." in text for text in (referral, message)) and len(message) <= 306
    leaflet = surgery.post("/signpost/leaflet", data=fields | {"reference": code[1]}).text
    assert code[1] in leaflet and "This code is not a referral." in leaflet
    (row,) = rows()
    assert (row.code, row.council_code, row.practice_code) == (as_kept(code[1]), ONE, PRACTICE[ONE])
    assert row.alternatives == fields["alternative"] and "falls" in row.needs and row.services == []
    assert row.given_on == datetime.now(UTC).date()


def test_nothing_that_was_typed_is_kept_or_carried(surgery: FlaskClient) -> None:
    fields = asked(surgery, "82F called Zebedee lives alone, falls")
    assert "Zebedee" not in str(fields)
    page = surgery.post("/signpost", data=fields | {"text": "Zebedee", "note": "Zebedee", "need": ["Zebedee"]})
    assert page.status_code == 422 and "Zebedee" not in page.text and rows() == []


def test_pressed_twice_it_is_one_code_and_another_alternative_is_another(surgery: FlaskClient) -> None:
    fields = asked(surgery)
    pages = [surgery.post("/signpost", data=fields).text for _ in range(2)]
    assert len(rows()) == 1 and pages[0] == pages[1]
    surgery.post("/signpost", data=fields | {"alternative": ["telecare" if fields["alternative"] != ["telecare"] else "reablement"]})
    assert len(rows()) == 2


@pytest.mark.parametrize("text", ["82F falls, bruises, says her son hits her", "90M living in filth, refuses all help, rats, self neglect"])
def test_no_code_is_offered_where_abuse_or_neglect_was_read(surgery: FlaskClient, text: str) -> None:
    page = surgery.post("/ask", data={"text": text}).text
    assert "No code is made where abuse or neglect was read" in page and asked(surgery, text) == {}


def test_without_a_council_it_says_what_to_do(client: FlaskClient) -> None:
    assert "Choose your practice or council first" in client.post("/ask", data={"text": TEXT}).text
    answer = client.post("/signpost", data={"alternative": "telecare", "pressed": "x"})
    assert answer.status_code == 422 and "Choose your practice or council first" in answer.text and rows() == []


def test_from_a_services_page_the_service_is_what_is_offered(surgery: FlaskClient) -> None:
    page = surgery.get(f"/services/{service_of(ONE, 1)}").text
    form = re.search(r'<form method="post" action="/signpost" .*?</form>', page, re.DOTALL)
    assert form
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[0]):
        fields.setdefault(name, []).append(value)
    answer = surgery.post("/signpost", data=fields)
    assert "This code is not a referral." in answer.text
    (row,) = rows()
    assert row.services == [service_of(ONE, 1)] and row.alternatives
    code = in_groups(row.code)
    assert code in surgery.post("/signpost/leaflet", data=fields | {"reference": code}).text


def test_the_team_answers_in_two_keys_and_the_practice_sees_it(app: Flask, surgery: FlaskClient) -> None:
    code = given(surgery)
    team, practice = signed_in(app, DOVE), signed_in(app, WREN)
    assert "No answer yet" in said(practice.get("/signposts"))
    found = team.post(DESK, {"reference": code.lower().replace("-", " ")})
    assert f"Signpost {code}" in said(found) and "autofocus>It started" in found.text
    kept = team.follow(team.post(f"{DESK}/outcome", {"reference": code, "outcome": "started"}))
    assert "Your answer was kept" in said(kept) and code not in kept.text
    page = said(practice.get("/signposts"))
    assert code in page and "It started" in page and "1 given: 1 started" in page


def test_a_provider_who_holds_the_code_answers_it(app: Flask, surgery: FlaskClient) -> None:
    code, provider = given(surgery), signed_in(app, KITE)
    assert DESK in provider.get("/account").text
    provider.post(f"{DESK}/outcome", {"reference": code, "outcome": "started"})
    assert rows()[0].outcome == "started"


def test_not_suitable_has_its_reason_and_a_new_answer_takes_the_place_of_the_old(app: Flask, surgery: FlaskClient) -> None:
    code, team = given(surgery), signed_in(app, DOVE)
    team.post(f"{DESK}/outcome", {"reference": code, "reason": "too_little_said"})
    (row,) = rows()
    assert (row.outcome, row.reason) == ("not_suitable", "too_little_said")
    assert "The referral said too little to act on" in said(team.post(DESK, {"reference": code}))
    team.post(f"{DESK}/outcome", {"reference": code, "outcome": "not_reached"})
    team.post(f"{DESK}/outcome", {"reference": code, "later": "at_home"})
    (row,) = rows()
    assert (row.outcome, row.reason, row.later) == ("not_reached", None, "at_home")
    assert team.post(f"{DESK}/outcome", {"reference": code, "outcome": "cured"}).status_code == 422


def test_codes_that_cannot_be_answered_look_alike(app: Flask, surgery: FlaskClient) -> None:
    code = given(surgery)
    team, others = signed_in(app, DOVE), signed_in(app, FAR)
    unknown = team.post(DESK, {"reference": "ABCD-EFGH-2345-G"})
    elsewhere = others.post(f"/council/{TWO}/signposts", {"reference": code})
    answered = others.post(f"/council/{TWO}/signposts/outcome", {"reference": code, "outcome": "started"})
    make_older(366)
    expired = team.post(DESK, {"reference": code})
    assert {each.status_code for each in (unknown, elsewhere, answered, expired)} == {404}
    words = {re.sub(r'value="[^"]*"|E9900000\d', "", said(each).split("There is a problem")[1]) for each in (unknown, elsewhere, expired)}
    assert len(words) == 1
    assert rows()[0].outcome is None


def test_a_mistyped_code_says_what_is_wrong_and_stays_in_the_box(app: Flask) -> None:
    team = signed_in(app, DOVE)
    for typed in ("ABCD-EFGH-2345-H", "ABCD-EFGH", "ABCD-EFGH-2345-GG", "*"):
        answer = team.post(DESK, {"reference": typed})
        assert answer.status_code == 422 and "This is not a code" in said(answer) and f'value="{typed}"' in answer.text


def test_another_practice_and_a_visitor_see_nothing_of_it(app: Flask, surgery: FlaskClient) -> None:
    code = given(surgery)
    assert code not in signed_in(app, ROOK).get("/signposts").text
    assert code not in signed_in(app, DOVE).get("/signposts").text
    assert Browser(app).get("/signposts").status_code == 303


def test_silence_is_said_after_fourteen_days(app: Flask, surgery: FlaskClient) -> None:
    given(surgery)
    practice = signed_in(app, WREN)
    make_older(13)
    assert "0 without an answer after 14 days" in said(practice.get("/signposts"))
    make_older(1)
    assert "1 without an answer after 14 days" in said(practice.get("/signposts"))


def test_after_thirty_days_the_day_is_its_week_and_again_changes_nothing(surgery: FlaskClient) -> None:
    given(surgery)
    coarsen()
    assert rows()[0].given_on == datetime.now(UTC).date()
    make_older(40)
    before = rows()[0].given_on
    for _ in range(2):
        coarsen()
        assert rows()[0].given_on == before - timedelta(days=before.weekday())
    assert date.fromisocalendar(*rows()[0].given_on.isocalendar()[:2], 1) == rows()[0].given_on
