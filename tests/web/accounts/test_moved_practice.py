"""A practice that open data put into another council's area: what holds in it goes along, what is over stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import EmailedLink, Membership, OrganisationRule, PracticeCode
from app.places import actions
from tests.web.accounts.browser import Browser, change, command, last_link, new_person, rows, said, signed_in
from tests.web.places.samples import HEADING

pytestmark = pytest.mark.both
OLD, NEW = "E99000001", "E99000002"
LEAD, GONE, NEXT, ADA, BEA = (f"{name}@example.org" for name in ("lead", "gone", "next", "ada", "bea"))
AT = "/organisations/Z99001"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Open data in which Beck Lane is in Southern."""
    (tmp_path / "practices.csv").write_text(f"{HEADING}\nZ99001,BECK LANE SURGERY,,ZZ1 1BD,,,,,{NEW},Southern,54.4,0.6,,\n")
    return tmp_path / "practices.csv"


def test_roles_invitations_the_code_and_the_rule_go_along(app: Flask, lead: Browser, file: Path) -> None:
    new_person(app, GONE, ("learner", OLD, "Z99001"))
    change(app, update(Membership).where(Membership.role == "learner").values(ended_at=datetime.now(UTC)))
    lead.post(f"{AT}/code")
    lead.post(f"{AT}/second-factor", {"asked": "no"})
    lead.post(f"{AT}/invitations", {"email": NEXT, "role": "learner"})
    command(app, "places", "import-practices", str(file))
    for model in (EmailedLink, OrganisationRule, PracticeCode):
        assert [row.council_code for row in rows(app, model)] == [NEW], model
    assert {row.role: row.council_code for row in rows(app, Membership)} == {"practice_lead": NEW, "learner": OLD}
    joined = Browser(app)
    joined.post(last_link(app, NEXT), {"name": "Nye", "password": "kettle sings at dawn"})
    assert [row.council_code for row in rows(app, Membership) if row.role == "learner" and not row.ended_at] == [NEW]


def test_the_old_councils_administrator_sees_them_no_longer_and_both_read_why(app: Flask, lead: Browser, file: Path) -> None:
    for email, council in ((ADA, OLD), (BEA, NEW)):
        new_person(app, email, ("council_admin", council, None))
    for _ in range(2):
        command(app, "places", "import-practices", str(file))
    ada, bea = signed_in(app, ADA), signed_in(app, BEA)
    assert ada.get(f"{AT}/people").status_code == 404
    assert LEAD in said(bea.get(f"{AT}/people"))
    for browser, council in ((ada, OLD), (bea, NEW)):
        assert said(browser.get(f"/organisations/{council}/trail?what=practice_moved")).count("command line") == 1


def test_the_second_factor_of_the_new_council_is_asked_for_from_the_next_sign_in(app: Flask, lead: Browser, file: Path) -> None:
    new_person(app, BEA, ("council_admin", NEW, None))
    signed_in(app, BEA).post(f"/organisations/{NEW}/second-factor", {"asked": "yes"})
    assert Browser(app).sign_in(LEAD).headers["Location"] == "/account"
    command(app, "places", "import-practices", str(file))
    assert "/account/authenticator" in Browser(app).sign_in(LEAD).headers["Location"]


def test_it_leaves_its_old_neighbourhood_and_may_be_in_one_of_the_new_council(app: Flask, file: Path) -> None:
    def in_one(council: str) -> bool:
        entry = actions.NeighbourhoodEntry.model_validate({"name": "North", "practices": ["Z99001"]})
        return actions.save_neighbourhoods(code=council, entries=[entry], by="command line")

    assert in_one(OLD)
    command(app, "places", "import-practices", str(file))
    assert in_one(NEW)
