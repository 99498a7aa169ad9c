"""Which fields somebody sees and sets, beyond which rows are theirs."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import Membership, Person
from tests.web.accounts.browser import Browser, change, last_link, new_person, rows, set_up_app

pytestmark = pytest.mark.both
WREN, LEAD = "wren@example.org", "lead@example.org"


@pytest.fixture
def lead(app: Flask) -> Browser:
    new_person(app, LEAD, ("practice_lead", "E99000001", "Z99001"))
    browser = Browser(app)
    browser.sign_in(LEAD)
    return browser


def test_a_lead_sees_who_somebody_is_here_and_nothing_else_of_them(app: Flask, lead: Browser) -> None:
    id = new_person(app, WREN, ("learner", "E99000001", "Z99001"), ("council_analyst", "E99000002", None), name="Wren Fell")
    wren = Browser(app, agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140")
    wren.sign_in(WREN)
    set_up_app(wren)
    page = lead.get("/organisations/Z99001/people").text
    assert "Wren Fell" in page and WREN in page
    (person,) = [each for each in rows(app, Person) if each.email == WREN]
    secrets = (id, person.fs_uniquifier, person.password, person.tf_totp_secret, wren.token)
    assert not [word for word in ("analyst", "Southern", "Firefox", *secrets) if str(word) in page]


def test_fields_that_are_not_on_the_page_set_nothing(app: Flask, lead: Browser) -> None:
    lead.post("/organisations/Z99001/invitations", {"email": WREN, "role": "learner", "council_code": "E99000002", "kind": "sign_in"})
    wren = Browser(app)
    more = {"role": "platform_admin", "email": "root@example.org", "council_code": "E99000002", "practice_code": "", "id": "0" * 32}
    wren.post(last_link(app, WREN), {"name": "Wren Fell", "password": "moss on a slate roof", "active": "", **more})
    (person,) = [each for each in rows(app, Person) if each.name == "Wren Fell"]
    (held,) = [each for each in rows(app, Membership) if each.person_id == person.id]
    assert (person.email, person.active, person.id != "0" * 32) == (WREN, True, True)
    assert (held.role, held.council_code, held.practice_code) == ("learner", "E99000001", "Z99001")


def test_an_account_that_is_closed_is_signed_out_at_once(app: Flask, lead: Browser) -> None:
    assert lead.is_signed_in()
    change(app, update(Person).values(active=False))
    assert not lead.is_signed_in()
    lead.sign_in(LEAD)
    assert not lead.is_signed_in()
