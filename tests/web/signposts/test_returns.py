"""What a referral has to say, and why referrals came back: both sides see which lines to mend."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.places.models import Council
from app.signposts.models import Signpost
from app.tenancy import EVERYTHING, acting
from app.ui.numbers import new_number
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO
from tests.web.accounts.browser import said, signed_in
from tests.web.signposts.loop import DESK, DOVE, FAR, TEXT, WREN, asked, given, rows

pytestmark = pytest.mark.both


def choose(*ids: str) -> None:
    with acting(EVERYTHING), db.writing() as session:
        session.get_one(Council, ONE).checklist = list(ids)


def came_back(number: int, practice: str, *, council: str = ONE, reason: str = "too_little_said", lacking: tuple[str, ...] = ()) -> None:
    """Add signposts of a practice that were not suitable."""
    rest = {"council_code": council, "practice_code": practice, "alternatives": ["telecare"], "services": [], "needs": []}
    with acting(EVERYTHING), db.writing() as session:
        for _ in range(number):
            code = new_number()
            answer = {"outcome": "not_suitable", "reason": reason, "lacking": list(lacking), "given_on": datetime.now(UTC).date()}
            session.add(Signpost(code=code, pressed=code, **rest, **answer))


def referrals(page: str) -> list[str]:
    return [text for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL) if text.startswith("REFERRAL for")]


def test_the_council_s_list_builds_the_referral(surgery: FlaskClient) -> None:
    usual = referrals(surgery.post("/ask", data={"text": TEXT}).text)
    assert usual and all("If nothing is done: [ ]" in text and "Walking, stairs" not in text for text in usual)
    choose("moving")
    chosen = referrals(surgery.post("/ask", data={"text": TEXT}).text)
    for text in [*chosen, *referrals(surgery.post("/signpost", data=asked(surgery)).text)]:
        assert text.index("Consent: [") < text.index("Walking, stairs") and "If nothing is done" not in text
        assert "Safe to ring? [ ] Interpreter? [ ]" in text, "no council leaves that out"


def test_the_team_ticks_what_a_referral_lacked(app: Flask, surgery: FlaskClient) -> None:
    choose("moving", "tried")
    code, team = given(surgery), signed_in(app, DOVE)
    page = team.post(DESK, {"reference": code}).text
    assert re.findall(r'name="lacking"[^>]*value="(\w+)"', page) == ["consent", "safe_contact", "moving", "tried"]
    team.post(f"{DESK}/outcome", {"reference": code, "reason": "too_little_said", "lacking": ["moving", "her name"]})
    assert (rows()[0].reason, rows()[0].lacking) == ("too_little_said", ["moving"])
    own = said(signed_in(app, WREN).get("/signposts"))
    assert "How the person walks and transfers 1" in own and "The referral said too little to act on 1" in own
    team.post(f"{DESK}/outcome", {"reference": code, "reason": "no_room", "lacking": ["moving"]})
    assert rows()[0].lacking == []


def test_both_sides_see_the_council_s_counts_and_no_practice_can_be_told(app: Flask) -> None:
    came_back(4, PRACTICE[ONE], lacking=("consent",))
    came_back(4, SECOND_PRACTICE, lacking=("consent",))
    page = said(signed_in(app, DOVE).get(f"{DESK}/returns"))
    assert "The referral said too little to act on too few to say" in page
    came_back(4, "Z99009", lacking=("consent",))
    came_back(9, PRACTICE[ONE], reason="no_room")
    for page in (said(signed_in(app, DOVE).get(f"{DESK}/returns")), said(signed_in(app, WREN).get("/signposts"))):
        assert "The referral said too little to act on 10" in page and "Consent, or why it is shared without 10" in page
        assert "No room, or too long a wait too few to say" in page
    assert "to act on too few to say" in said(signed_in(app, FAR).get(f"/council/{TWO}/signposts/returns"))
