"""The pulse and older people's voice: a link counts once, nothing joins an answer to a person, and only closed rounds are shown."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.accounts.roles import Role
from app.extensions import db
from app.relationships.surveys import actions
from app.relationships.surveys.models import SurveyCount, SurveyFigure, SurveyRound, SurveyTicket
from app.tenancy import EVERYTHING, acting
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO, make_places
from tests.web.accounts.browser import Browser, letters, new_person, rows, said, signed_in

pytestmark = pytest.mark.both
BOSS, WREN, DOVE, OWL = (f"{name}@example.org" for name in ("boss", "wren", "dove", "owl"))
ROUNDS = f"/council/{ONE}/pulse/rounds"


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    make_places()
    new_person(app, BOSS, (Role.COUNCIL_ADMIN, ONE, None))
    new_person(app, WREN, (Role.LEARNER, ONE, PRACTICE[ONE]))
    new_person(app, DOVE, (Role.SOCIAL_WORKER, ONE, None))
    new_person(app, OWL, (Role.LEARNER, TWO, PRACTICE[TWO]))


def opened(app: Flask) -> Browser:
    boss = signed_in(app, BOSS)
    assert boss.post(ROUNDS).status_code == 303
    return boss


def link_of(app: Flask, email: str) -> str:
    (letter,) = letters(app, email)
    found = re.search(r"http://localhost(/pulse/\S+)", letter.body)
    assert found
    return found[1]


def counts() -> dict[tuple[str, str, int], int]:
    with acting(EVERYTHING):
        db.session.rollback()
        return {(row.side, row.item, row.option): row.number for row in db.session.scalars(select(SurveyCount))}


def end_rounds(days: int = 1) -> None:
    """Let every round's last day be so many days ago, and close what is due."""
    with acting(EVERYTHING), db.writing() as session:
        for row in session.scalars(select(SurveyRound).where(SurveyRound.is_closed.is_(False))):
            row.closes_on = datetime.now(UTC).date() - timedelta(days=days)
            row.opens_on = row.closes_on - timedelta(days=30)
    actions.close_rounds()


def answered(number: int, option: int, side: str = "gp") -> None:
    """So many sheets in the open round that say the same everywhere."""
    with acting(EVERYTHING):
        made = db.session.scalars(select(SurveyRound).where(SurveyRound.is_closed.is_(False))).one()
        with db.writing() as session:
            for item in ("_turnout", "who_to_call", "they_act", "hear_back", "share_goals", "trust_judgement", "what_is_on_offer"):
                place = 0 if item == "_turnout" else option
                session.add(SurveyCount(round_id=made.id, side=side, area="", item=item, option=place, number=number))


def test_opening_a_round_writes_to_both_professions_of_the_council_alone(app: Flask) -> None:
    boss = opened(app)
    assert "A round is open until" in said(boss.get(ROUNDS))
    assert letters(app, OWL) == letters(app, BOSS) == []
    gp, team = (said(app.test_client().get(link_of(app, email))) for email in (WREN, DOVE))
    assert "I know whom to call in adult social care" in gp and "I know whom to call in a practice" in team
    assert "What is known and kept" in gp and "not a validated scale" in gp
    assert "I judge an older person" not in gp + team, "asked in joint sessions only"


def test_a_link_counts_once(app: Flask) -> None:
    opened(app)
    link, visitor = link_of(app, WREN), Browser(app)
    assert "Your answers were counted" in said(visitor.follow(visitor.post(link, {"who_to_call": "1", "they_act": "9", "name": "x"})))
    again = visitor.post(link, {"who_to_call": "4"})
    assert again.status_code == 410 and "counted before" in said(again) and "counted before" in said(visitor.get(link))
    assert counts() == {("gp", "_turnout", 0): 1, ("gp", "who_to_call", 1): 1}
    assert "does not work" in said(visitor.get("/pulse/nothing"))


def test_no_row_joins_an_answer_to_a_person_or_to_another_answer(app: Flask) -> None:
    opened(app)
    visitor = Browser(app)
    for email, option in ((WREN, "0"), (DOVE, "4")):
        visitor.post(link_of(app, email), {"who_to_call": option, "trust_judgement": option})
    assert {column.name for column in SurveyCount.__table__.columns} == {"round_id", "side", "area", "item", "option", "number"}
    for ticket in rows(app, SurveyTicket):
        assert not {"person_id", "email", "used_at"} & set(vars(ticket))


def test_a_second_round_is_kept_apart_from_the_first(app: Flask) -> None:
    boss, today = signed_in(app, BOSS), datetime.now(UTC).date()
    with acting(EVERYTHING), db.writing() as session:
        session.add(actions._new_round("pulse", ONE, today - timedelta(days=149), today - timedelta(days=107)))
    actions.close_rounds()
    refused = boss.post(ROUNDS)
    assert refused.status_code == 409 and "less than five months old" in said(refused) and letters(app, WREN) == []
    with acting(EVERYTHING), db.writing() as session:
        session.scalars(select(SurveyRound)).one().opens_on -= timedelta(days=1)
    assert boss.post(ROUNDS).status_code == 303 and len(letters(app, WREN)) == 1
    assert boss.post(ROUNDS).status_code == 409 and len(letters(app, WREN)) == 1


def test_while_a_round_is_open_nothing_of_it_is_shown(app: Flask) -> None:
    opened(app)
    before = Browser(app).get(f"/council/{ONE}/surveys/pulse").text
    answered(300, 1)
    assert Browser(app).get(f"/council/{ONE}/surveys/pulse").text == before and "too few to say" in before


def test_a_closed_round_is_shown_with_its_interval_and_its_true_counts_are_gone(app: Flask) -> None:
    opened(app)
    answered(300, 1)
    answered(4, 0, side="social_work")
    end_rounds()
    assert rows(app, SurveyCount) == rows(app, SurveyTicket) == [] and rows(app, SurveyFigure)
    page = said(Browser(app).get(f"/council/{ONE}/surveys/pulse"))
    assert re.search(r"Agree, with interval (9[3-9]|100)% \(\d+ to \d+\) too few to say", page), page
    assert re.search(r"General practice: about (29|30|31)\d sheets, 100% of the 1 that were asked; Adult", page)
    sheet = Browser(app).get(f"/council/{ONE}/surveys/pulse.csv").text
    assert re.search(r"General practice,Knows whom to call,Strongly agree / Agree,\d+,\d+,\d+", sheet) and "Adult social care," not in sheet
    assert Browser(app).get(f"/council/{ONE}/surveys/pulse").text == Browser(app).get(f"/council/{ONE}/surveys/pulse").text, "drawn once"


@pytest.mark.parametrize("path", ["surveys/none", "surveys/none.csv"])
def test_there_is_no_survey_of_another_name(app: Flask, path: str) -> None:
    assert Browser(app).get(f"/council/{ONE}/{path}").status_code == 404
    assert Browser(app).get(f"/council/E99999999/{path.replace('none', 'pulse')}").status_code == 404


def test_the_response_rate_is_of_those_who_were_asked(app: Flask) -> None:
    boss = opened(app)
    for _ in range(3):
        boss.post(f"/council/{ONE}/pulse/links", {"number": "133", "practice": PRACTICE[ONE]})
    answered(200, 1)
    end_rounds()
    page = said(Browser(app).get(f"/council/{ONE}/surveys/pulse"))
    assert re.search(r"General practice: about (19|20|21)\d sheets, (4[6-9]|5[0-4])% of the 400 that were asked", page), page


def test_a_change_is_from_the_twelve_months_before(app: Flask) -> None:
    for share, days in ((3, 400), (1, 5)):
        with acting(EVERYTHING), db.writing() as session:
            session.add(actions._new_round("pulse", ONE, datetime.now(UTC).date() - timedelta(days=days), datetime.now(UTC).date()))
        answered(300, share)
        end_rounds(days)
    page = said(Browser(app).get(f"/council/{ONE}/surveys/pulse"))
    assert re.search(r"Change, in points \+(9\d|100) \(", page), page


def test_links_for_people_without_an_account_are_of_their_side(app: Flask) -> None:
    boss = opened(app)
    for practice, words in ((SECOND_PRACTICE, "adult social care about an older person"), ("", "in a practice about an older person")):
        page = boss.post(f"/council/{ONE}/pulse/links", {"number": "2", "practice": practice}).text
        made = re.findall(r"http://localhost(/pulse/[\w-]+)", page)
        assert len(made) == 2 and words in said(Browser(app).get(made[0]))
    assert boss.post(f"/council/{ONE}/pulse/links", {"number": "many"}).status_code == 422
    with acting(EVERYTHING), db.writing() as session:
        session.execute(delete(SurveyRound))
    assert boss.post(f"/council/{ONE}/pulse/links", {"number": "2"}).status_code == 409


def test_older_people_answer_without_a_link_and_a_form_sent_twice_counts_once(app: Flask) -> None:
    visitor = Browser(app)
    page = visitor.get(f"/voice/{ONE}").text
    pressed = re.search(r'name="pressed" value="([^"]+)"', page)
    assert pressed and "Whose word counted most" in page
    sent = {"pressed": pressed[1], "side": "unpaid_carer", "planned_ahead": "2"}
    assert visitor.post(f"/voice/{ONE}", sent).status_code == 303 and visitor.post(f"/voice/{ONE}", sent).status_code == 410
    assert counts() == {("unpaid_carer", "_turnout", 0): 1, ("unpaid_carer", "planned_ahead", 2): 1}
    paper = visitor.get(f"/voice/{ONE}/paper").text
    assert "☐ No" in paper and "do not write your name" in paper


def test_sheets_of_paper_are_typed_in_by_the_team(app: Flask) -> None:
    path = f"/council/{ONE}/voice/paper"
    assert Browser(app).get(path).status_code == 303
    team = signed_in(app, DOVE)
    for pressed in ("a", "b"):
        assert "That sheet was counted" in said(team.follow(team.post(path, {"pressed": pressed, "lives_now": "0"})))
    assert counts()[("older_person", "lives_now", 0)] == 2
