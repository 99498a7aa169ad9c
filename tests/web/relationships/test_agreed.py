"""The pledge and the plan of actions: who signed, how each point is kept, and what is done by when."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.accounts.roles import Role
from app.extensions import db
from app.relationships.agreed.models import PlannedAction, PledgeSignature
from app.signposts.models import Signpost
from app.tenancy import EVERYTHING, acting
from app.ui.numbers import new_number
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO, make_places
from tests.web.accounts.browser import Browser, new_person, rows, said, signed_in

pytestmark = pytest.mark.both
BOSS, WREN, DOVE, EYE, FAR = (f"{name}@example.org" for name in ("boss", "wren", "dove", "eye", "far"))
PLEDGE, PLAN = f"/council/{ONE}/pledge", f"/council/{ONE}/plan"
ACTION = {"kind": "train", "what": "Visit every practice in the north", "owner": "Link worker, north", "due_on": "2027-03-01"}
ACTION |= {"measure": "signposts_given"}


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    make_places()
    new_person(app, BOSS, (Role.COUNCIL_ADMIN, ONE, None))
    new_person(app, WREN, (Role.PRACTICE_LEAD, ONE, PRACTICE[ONE]))
    new_person(app, DOVE, (Role.SOCIAL_WORKER, ONE, None))
    new_person(app, EYE, (Role.COUNCIL_ANALYST, ONE, None))
    new_person(app, FAR, (Role.SOCIAL_WORKER, TWO, None))


def give(number: int, practice: str, outcome: str | None) -> None:
    rest = {"council_code": ONE, "alternatives": ["telecare"], "services": [], "needs": [], "given_on": datetime.now(UTC).date()}
    with acting(EVERYTHING), db.writing() as session:
        for _ in range(number):
            code = new_number()
            session.add(Signpost(code=code, pressed=code, practice_code=practice, outcome=outcome, **rest))


def test_a_council_and_a_practice_sign_each_for_itself(app: Flask) -> None:
    assert "Nobody has signed yet" in said(Browser(app).get(PLEDGE))
    boss, lead = signed_in(app, BOSS), signed_in(app, WREN)
    for _ in range(2):
        boss.post(f"{PLEDGE}/sign")
        lead.post(f"/practices/{PRACTICE[ONE]}/pledge/sign", {"signs": "yes"})
    page = said(Browser(app).get(PLEDGE))
    assert re.search(r"Who stands by it Marlshire Council, since .* Beck Lane Surgery, since", page)
    assert boss.post(f"/practices/{PRACTICE[ONE]}/pledge/sign").status_code == 404, "a council does not sign for a practice"
    lead.post(f"/practices/{PRACTICE[ONE]}/pledge/sign", {"signs": "no"})
    assert [row.signer for row in rows(app, PledgeSignature)] == [ONE]


def test_each_point_shows_its_evidence_and_its_figures(app: Flask) -> None:
    page = said(Browser(app).get(PLEDGE))
    assert len(re.findall(r"(?:^| )([1-5])\. We ", page)) == 5
    assert "56% of GPs asked did not understand" in page and "9% of GPs asked thought" in page
    assert not re.search(r"Signposts given \d", page)
    for number, practice in ((20, PRACTICE[ONE]), (20, SECOND_PRACTICE), (20, "Z99009")):
        give(number, practice, "started")
        give(number, practice, None)
    page = said(Browser(app).get(PLEDGE))
    assert re.search("Signposts given 120 ", page) and re.search("Signposts answered about 50% ", page), page[
        page.index("Signposts given") :
    ][:300]


def test_one_practice_alone_is_not_shown(app: Flask) -> None:
    give(90, PRACTICE[ONE], "started")
    give(10, SECOND_PRACTICE, "started")
    give(10, "Z99009", "started")
    assert "Signposts given 110" not in said(Browser(app).get(PLEDGE))


def test_an_action_has_an_owner_a_day_and_a_figure(app: Flask) -> None:
    team = signed_in(app, DOVE)
    page = said(team.follow(team.post(f"{PLAN}/add", ACTION)))
    assert "Visit every practice in the north" in page and "Link worker, north · by 1 March 2027" in page and "Signposts given:" in page
    team.post(f"{PLAN}/add", ACTION)
    (row,) = rows(app, PlannedAction)
    assert row.due_on == date(2027, 3, 1)
    assert "Visit every practice" in said(signed_in(app, EYE).get(PLAN))
    assert signed_in(app, EYE).post(f"{PLAN}/add", ACTION).status_code == signed_in(app, FAR).get(PLAN).status_code == 404
    ended = said(team.follow(team.post(f"{PLAN}/end", {"action": row.id, "done": "yes"})))
    assert "done on" in ended and "Actions done 1 of 1" in said(Browser(app).get(PLEDGE))
    team.post(f"{PLAN}/end", {"action": row.id, "done": "no"})
    assert rows(app, PlannedAction) == [] and team.post(f"{PLAN}/end", {"action": row.id}).status_code == 409


def test_what_is_missing_or_points_to_a_person_is_said_and_nothing_typed_is_lost(app: Flask) -> None:
    team = signed_in(app, DOVE)
    for wrong, words in (
        ({"owner": ""}, "Say which role sees to it"),
        ({"due_on": "soon"}, "Choose a day"),
        ({"kind": "magic"}, "Choose one of the kinds"),
        ({"what": "Ring Mrs Ethel Braithwaite, NHS 999 000 0018"}, "There is something to mend"),
    ):
        answer = team.post(f"{PLAN}/add", ACTION | wrong)
        assert answer.status_code == 422 and words in said(answer), wrong
        assert (ACTION | wrong)["what"] in answer.text and "Link worker" in answer.text or wrong.get("owner") == ""
    assert rows(app, PlannedAction) == []


def test_an_action_whose_day_is_over_is_said_to_be_late(app: Flask) -> None:
    with acting(EVERYTHING), db.writing() as session:
        day = datetime.now(UTC).date() - timedelta(days=1)
        session.add(PlannedAction(id="x", council_code=ONE, kind="train", what="A visit", owner="Lead", due_on=day, measure="actions_done"))
    assert "(late)" in said(signed_in(app, BOSS).get(PLAN))
