"""Whom each side rings, behind the practice's code; and general questions, public only after approval."""

import re

import pytest
from flask import Flask

from app.accounts.actions import make_practice_code
from app.accounts.roles import Role
from app.relationships.contacts.models import AskedQuestion, PracticeContact
from app.tenancy import EVERYTHING, acting
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO, make_places
from tests.web.accounts.browser import Browser, new_person, rows, said, signed_in

pytestmark = pytest.mark.both
BOSS, LEAD, WREN, DOVE, FAR = (f"{name}@example.org" for name in ("boss", "lead", "wren", "dove", "far"))
TEAM, ASK = f"/council/{ONE}/people", f"/council/{ONE}/ask"
NAMED = {"practice": PRACTICE[ONE], "team": "North team, Ms Ash", "team_number": "01632 960120", "team_hours": "Weekdays to five"}


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    make_places()
    new_person(app, BOSS, (Role.COUNCIL_ADMIN, ONE, None))
    new_person(app, LEAD, (Role.PRACTICE_LEAD, ONE, PRACTICE[ONE]))
    new_person(app, WREN, (Role.LEARNER, ONE, SECOND_PRACTICE))
    new_person(app, DOVE, (Role.SOCIAL_WORKER, ONE, None))
    new_person(app, FAR, (Role.SOCIAL_WORKER, TWO, None))


def code_for(practice: str) -> str:
    with acting(EVERYTHING):
        return make_practice_code(practice=practice, by="command line")


def test_each_side_says_whom_the_other_rings_and_both_see_it(app: Flask) -> None:
    team, lead = signed_in(app, DOVE), signed_in(app, LEAD)
    assert team.post(TEAM, NAMED).status_code == 303
    lead.post(
        f"/practices/{PRACTICE[ONE]}/people", {"bypass_number": "01632 960121", "link_worker": "Care coordinator", "meetings": "Tuesdays"}
    )
    seen = said(lead.get("/people"))
    assert "North team, Ms Ash" in seen and "01632 960120" in seen and "01632 960121" in seen
    assert re.search(r"North team, Ms Ash 01632 960120 .* 01632 960121 .*Care coordinator .*Tuesdays", said(team.get(TEAM)))
    assert "North team" not in said(signed_in(app, WREN).get("/people")), "another practice's"
    assert "North team" not in said(Browser(app).get("/people")), "not public"
    assert signed_in(app, FAR).get(TEAM).status_code == signed_in(app, WREN).get(TEAM).status_code == 404


def test_the_practices_code_opens_a_browser_once_until_there_is_a_new_code(app: Flask) -> None:
    signed_in(app, DOVE).post(TEAM, NAMED)
    code, surgery = code_for(PRACTICE[ONE]), Browser(app)
    wrong = surgery.post("/people", {"reference": "K3TN-8F2P-QX7R"})
    assert wrong.status_code == 404 and "No practice has this code" in said(wrong)
    surgery.follow(surgery.post("/people", {"reference": code.lower()}))
    for _ in range(2):
        assert "North team, Ms Ash" in said(surgery.get("/people"))
    code_for(PRACTICE[ONE])
    assert "North team" not in said(surgery.get("/people"))


def test_a_seal_that_somebody_made_opens_nothing(app: Flask) -> None:
    signed_in(app, DOVE).post(TEAM, NAMED)
    code_for(PRACTICE[ONE])
    for value in (PRACTICE[ONE], f"{PRACTICE[ONE]}.", f"{PRACTICE[ONE]}.{'0' * 64}", f"{SECOND_PRACTICE}.", "é.é"):
        visitor = Browser(app)
        visitor.client.set_cookie("fp_people", value, domain="localhost")
        assert "North team" not in said(visitor.get("/people")), value


def test_what_points_to_a_patient_is_refused_and_what_was_typed_stays(app: Flask) -> None:
    team = signed_in(app, DOVE)
    answer = team.post(TEAM, NAMED | {"team_hours": "Patient NHS 999 000 0018"})
    assert answer.status_code == 422 and "999 000 0018" in answer.text and "North team, Ms Ash" in answer.text
    long = team.post(TEAM, NAMED | {"team": "x" * 81})
    assert long.status_code == 422 and "80 characters at most" in said(long)
    assert rows(app, PracticeContact) == []


def test_nobody_can_ask_until_the_council_has_named_an_owner_and_hours(app: Flask) -> None:
    visitor, boss = Browser(app), signed_in(app, BOSS)
    assert "does not take questions here" in said(visitor.get(ASK))
    off = visitor.post(ASK, {"question": "Who may have a key safe?"})
    assert off.status_code == 409 and "takes no questions" in said(off) and "Who may have a key safe?" in off.text
    boss.post(f"{ASK}/setting", {"owner": "Duty manager", "hours": "Answered within a week."})
    page = said(visitor.get(ASK))
    assert "Not for urgent or personal matters" in page and "Duty manager sees to questions. Answered within a week." in page
    boss.post(f"{ASK}/setting", {"owner": "", "hours": ""})
    assert visitor.post(ASK, {"question": "Who may have a key safe?"}).status_code == 409 and rows(app, AskedQuestion) == []


def test_a_question_is_public_once_it_is_answered_and_an_administrator_approved_it(app: Flask) -> None:
    visitor, team, boss = Browser(app), signed_in(app, DOVE), signed_in(app, BOSS)
    boss.post(f"{ASK}/setting", {"owner": "Duty manager", "hours": "Within a week."})
    for _ in range(2):
        assert "was passed on" in said(visitor.follow(visitor.post(ASK, {"question": "Who may have a key safe?"})))
    (asked,) = rows(app, AskedQuestion)
    assert "key safe" not in said(visitor.get(ASK)) and "key safe" in said(team.get(f"{ASK}/desk"))
    assert boss.post(f"{ASK}/approve", {"id": asked.id}).status_code == 409, "not answered"
    team.post(f"{ASK}/desk", {"id": asked.id, "what": "answer", "answer": "Anybody. Ask the equipment line."})
    assert "Ask the equipment line" not in said(visitor.get(ASK))
    assert team.post(f"{ASK}/approve", {"id": asked.id}).status_code == 404, "the team does not approve itself"
    boss.post(f"{ASK}/approve", {"id": asked.id})
    page = said(visitor.get(ASK))
    assert "Who may have a key safe? Anybody. Ask the equipment line." in page and "not a clinician's" in page.replace("’", "'")
    team.post(f"{ASK}/desk", {"id": asked.id, "what": "answer", "answer": "Changed."})
    assert "Changed" not in said(visitor.get(ASK)), "a change is approved anew"
    team.post(f"{ASK}/desk", {"id": asked.id, "what": "drop"})
    assert rows(app, AskedQuestion) == [] and team.post(f"{ASK}/desk", {"id": asked.id, "what": "drop"}).status_code == 409


def test_an_approved_answer_is_found_by_whoever_asks_again(app: Flask) -> None:
    visitor, boss = Browser(app), signed_in(app, BOSS)
    visitor.client.set_cookie("fp_practice", PRACTICE[ONE], domain="localhost")
    boss.post(f"{ASK}/setting", {"owner": "Duty manager", "hours": "Within a week."})
    visitor.post(ASK, {"question": "How much is the charge for the community alarm?"})
    (asked,) = rows(app, AskedQuestion)
    boss.post(f"{ASK}/desk", {"id": asked.id, "what": "answer", "answer": "Nothing for the first six weeks."})
    question = {"text": "what does the comunity alarms charge?"}
    assert "Nothing for the first six weeks" not in said(visitor.post("/ask", question))
    boss.post(f"{ASK}/approve", {"id": asked.id})
    assert "Nothing for the first six weeks" in said(visitor.post("/ask", question))
    assert "Nothing for the first six weeks" not in said(visitor.post("/ask", {"text": "what does a care home cost?"}))
    assert "Nothing for the first six weeks" not in said(Browser(app).post("/ask", question)), "another council's"


def test_a_question_about_a_person_is_refused_and_not_kept(app: Flask) -> None:
    signed_in(app, BOSS).post(f"{ASK}/setting", {"owner": "Duty manager", "hours": "Within a week."})
    for typed in ("What of Mrs Ethel Braithwaite?", "NHS 999 000 0018, can she?", "He was born on 3/4/1941", "x" * 401, ""):
        answer = Browser(app).post(ASK, {"question": typed})
        assert answer.status_code == 422 and typed in answer.text, typed
    assert rows(app, AskedQuestion) == []
