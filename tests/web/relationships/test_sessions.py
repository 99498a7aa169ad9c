"""A joint session: telephones join without a name, each judges by itself, the room sees both professions, and nothing stays."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.roles import Role
from app.extensions import db
from app.relationships.sessions.actions import forget_sessions
from app.relationships.sessions.models import JointSeat, JointSession, JointVote
from app.tenancy import EVERYTHING, acting
from tests.tenants import ONE, PRACTICE, make_places
from tests.web.accounts.browser import Browser, new_person, rows, said, signed_in

pytestmark = pytest.mark.both
WREN, ROOK = "wren@example.org", "rook@example.org"
LIVE = "/training/together/meeting-together/meetings/taster/live"


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    make_places()
    new_person(app, WREN, (Role.LEARNER, ONE, PRACTICE[ONE]))
    new_person(app, ROOK, (Role.LEARNER, ONE, PRACTICE[ONE]))


@pytest.fixture
def leader(app: Flask) -> Browser:
    return signed_in(app, WREN)


@pytest.fixture
def screen(leader: Browser) -> str:
    """The address of the screen of a session that has begun."""
    assert "Lead it live" in said(leader.get(LIVE))
    return str(leader.post(LIVE, {"council": ONE}).location)


def code_of(leader: Browser, screen: str) -> str:
    found = re.search(r"with the code <strong>(\w{6})</strong>", leader.get(screen).text)
    assert found
    return found[1]


def seats(app: Flask, code: str, gp: int, social_work: int) -> list[tuple[Browser, str]]:
    found = []
    for side in ["gp"] * gp + ["social_work"] * social_work:
        phone = Browser(app)
        answer = phone.post("/together", {"reference": f" {code.lower()[:3]}-{code[3:]}", "side": side, "agreed": "yes"})
        assert answer.status_code == 303
        found.append((phone, str(answer.location)))
    return found


def press(leader: Browser, screen: str, what: str, at: int) -> str:
    return said(leader.follow(leader.post(f"{screen}/turn", {"what": what, "at": str(at)})))


def test_the_room_sees_both_professions_once_three_of_each_answered_and_it_is_shown(app: Flask, leader: Browser, screen: str) -> None:
    phones = seats(app, code_of(leader, screen), gp=3, social_work=3)
    for number, (phone, address) in enumerate(phones[:5]):
        assert phone.post(address, {"step": "0", "option": str(number % 2)}).status_code == 303
    assert "Answered: general practice 3 of 3, adult social care 2 of 3" in said(leader.get(screen))
    assert "Nothing is shown until at least three of each side" in press(leader, screen, "show", 0)
    assert "<meter" not in phones[0][0].get(phones[0][1]).text
    late = phones[5][0].post(phones[5][1], {"step": "0", "option": "1"})
    assert late.status_code == 409 and "That answer was not counted" in said(late)
    press(leader, screen, "next", 0)
    press(leader, screen, "back", 1)
    assert phones[5][0].post(phones[5][1], {"step": "0", "option": "1"}).status_code == 303
    assert re.search(r"Strongly agree 2 1 Agree 1 2", press(leader, screen, "show", 0))
    assert "<meter" in phones[0][0].get(phones[0][1]).text and "<meter" in leader.get(f"{screen}/board").text


def test_the_room_sees_what_gps_said_elsewhere_long_ago(app: Flask, leader: Browser, screen: str) -> None:
    phones = seats(app, code_of(leader, screen), gp=3, social_work=3)
    for at in range(8):
        page = said(leader.get(screen))
        if "Who judges better" in page:
            break
        press(leader, screen, "next", at)
    assert "I judge an older person's need" in page and "59% of GPs" not in page
    for phone, address in phones:
        phone.post(address, {"step": str(at), "option": "1"})
    assert "59% of GPs thought so" in press(leader, screen, "show", at)


def test_what_is_agreed_leads_to_the_councils_plan(app: Flask, leader: Browser, screen: str) -> None:
    new_person(app, "boss@example.org", (Role.COUNCIL_ADMIN, ONE, None))
    boss = signed_in(app, "boss@example.org")
    for browser, address, words in (
        (leader, screen, "The council's social work team puts it into the action plan"),
        (boss, str(boss.post(LIVE, {"council": ONE}).location), "Put it into the council's action plan"),
    ):
        for at in range(40):
            page = said(browser.get(address)).replace("’", "'")
            if "What we agree" in page:
                break
            press(browser, address, "next", at)
        assert words in page


def test_an_answer_can_be_changed_until_it_is_shown_and_counts_once(app: Flask, leader: Browser, screen: str) -> None:
    ((phone, address),) = seats(app, code_of(leader, screen), gp=1, social_work=0)
    for option in ("0", "0", "3"):
        phone.post(address, {"step": "0", "option": option})
    assert "Counted: Disagree" in said(phone.get(address))
    assert [(row.step, row.option) for row in rows(app, JointVote)] == [(0, 3)]
    for wrong in ({"step": "1", "option": "0"}, {"step": "0", "option": "9"}):
        assert phone.post(address, wrong).status_code == 409
    assert phone.post(address, {"step": "x", "option": "0"}).status_code == 422


def test_a_telephone_that_lost_its_connection_goes_on_where_it_was(app: Flask, leader: Browser, screen: str) -> None:
    ((phone, address),) = seats(app, code_of(leader, screen), gp=1, social_work=0)
    phone.post(address, {"step": "0", "option": "1"})
    assert "Counted: Agree" in said(Browser(app).get(address)), "its address is its seat"
    part = phone.get(f"{address}/step").text
    again = re.search(r'hx-get="([^"]+)"', part)
    assert again and phone.get(again[1].replace("&amp;", "&")).status_code == 204, "drawn anew only when something changed"
    press(leader, screen, "next", 0)
    assert "step 2 of" in phone.get(again[1].replace("&amp;", "&")).text


def test_nobody_joins_without_agreeing_or_with_a_wrong_code(app: Flask, leader: Browser, screen: str) -> None:
    code, phone = code_of(leader, screen), Browser(app)
    silent = phone.post("/together", {"reference": code, "side": "gp"})
    assert silent.status_code == 422 and "tick that you agree" in said(silent) and f'value="{code}"' in silent.text
    for typed in ("", "ZZZZZZ", code[:5]):
        assert phone.post("/together", {"reference": typed, "side": "gp", "agreed": "yes"}).status_code == 404
    assert rows(app, JointSeat) == []


def test_it_is_led_by_who_began_it_alone(app: Flask, leader: Browser, screen: str) -> None:
    other = signed_in(app, ROOK)
    assert other.get(screen).status_code == other.get(f"{screen}/board").status_code == 404
    assert other.post(f"{screen}/turn", {"what": "end", "at": "0"}).status_code == 404
    assert len(rows(app, JointSession)) == 1
    assert "You are leading" in said(leader.get(LIVE)) and "You are leading" not in said(other.get(LIVE))


def test_a_button_pressed_twice_goes_one_step(leader: Browser, screen: str) -> None:
    press(leader, screen, "next", 0)
    assert "step 2 of" in press(leader, screen, "next", 0)


def test_the_stories_come_between_the_pulse_before_and_after(leader: Browser, screen: str) -> None:
    parts = []
    for at in range(60):
        page = said(leader.get(screen))
        found = re.search(r"step \d+ of (\d+): (.*?) Join at", page)
        assert found
        parts.append(found[2])
        if at + 1 == int(found[1]):
            break
        press(leader, screen, "next", at)
    assert list(dict.fromkeys(parts)) == ["The pulse, before", "Mrs Lovell", "What we agree", "The pulse, after"]
    assert parts.count("The pulse, before") == parts.count("The pulse, after") == 8


def test_when_it_ends_every_seat_and_answer_is_gone(app: Flask, leader: Browser, screen: str) -> None:
    ((phone, address),) = seats(app, code_of(leader, screen), gp=1, social_work=0)
    phone.post(address, {"step": "0", "option": "1"})
    assert "has been deleted" in said(leader.post(f"{screen}/turn", {"what": "end", "at": "0"}))
    assert rows(app, JointSession) == rows(app, JointSeat) == rows(app, JointVote) == []
    assert phone.get(address).status_code == 410 and "The session has ended" in phone.get(f"{address}/step").text


def test_one_that_nobody_ends_is_forgotten_after_twelve_hours(app: Flask, leader: Browser, screen: str) -> None:
    seats(app, code_of(leader, screen), gp=1, social_work=1)
    forget_sessions()
    assert len(rows(app, JointSession)) == 1
    with acting(EVERYTHING), db.writing() as session:
        session.scalars(select(JointSession)).one().began_at -= timedelta(hours=12)
    for _ in range(2):
        forget_sessions()
    assert rows(app, JointSession) == rows(app, JointSeat) == []
