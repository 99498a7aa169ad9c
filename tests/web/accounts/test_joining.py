"""Joining a practice by its code or by an invitation, being of several, and going again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import EmailedLink, Membership, Person
from tests.web.accounts.browser import OTHER, PASSWORD, Browser, change, last_link, letters, new_person, rows, said, signed_in, tables_with

pytestmark = pytest.mark.both
LEAD, LEARNER = "lead@example.org", "wren@example.org"
AT = "/organisations/Z99001"


def code_of(lead: Browser, practice: str = "Z99001") -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said(lead.post(f"/organisations/{practice}/code")))
    assert found
    return found.group(0)


def invite(lead: Browser, email: str, role: str = "learner", at: str = AT) -> str:
    assert lead.post(f"{at}/invitations", {"email": email, "role": role}).status_code == 303
    return last_link(lead.app, email)


def roles_of(app: Flask, email: str) -> set[tuple[str, str | None]]:
    ids = {person.id for person in rows(app, Person) if person.email == email}
    return {(held.role, held.practice_code) for held in rows(app, Membership) if held.person_id in ids and not held.ended_at}


@pytest.mark.parametrize(
    "heard", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('1', 'I').replace('0', 'o')} "]
)
def test_who_knows_the_code_joins_as_a_learner_however_it_was_heard(app: Flask, lead: Browser, heard: object) -> None:
    newcomer = Browser(app)
    assert "We have written to wren@example.org" in said(
        newcomer.post("/join", {"code": heard(code_of(lead)), "email": "Wren@Example.org"})
    )  # type: ignore[operator]
    welcome = last_link(app, LEARNER)
    assert "Learner of Beck Lane Surgery" in said(newcomer.get(welcome))
    assert newcomer.post(welcome, {"name": "Wren Ash", "password": PASSWORD}).status_code == 303
    assert "Beck Lane Surgery" in said(newcomer.get("/account"))
    assert roles_of(app, LEARNER) == {("learner", "Z99001")}
    assert Browser(app).follow(Browser(app).sign_in("WREN@example.org")).status_code == 200


def test_a_new_code_makes_the_old_one_worthless(app: Flask, lead: Browser) -> None:
    old, new = code_of(lead), code_of(lead)
    refused = Browser(app).post("/join", {"code": old, "email": LEARNER})
    assert refused.status_code == 422
    assert "No practice has this code" in said(refused) and f'value="{old}"' in refused.text
    assert letters(app, LEARNER) == []
    assert Browser(app).post("/join", {"code": new, "email": LEARNER}).status_code == 200


def test_the_code_is_kept_nowhere(app: Flask, lead: Browser) -> None:
    code = code_of(lead)
    assert code not in said(lead.get(f"{AT}/people"))
    assert tables_with(app, code, code.replace("-", "")) == set()


def test_joining_twice_makes_one_account_and_one_role(app: Flask, lead: Browser) -> None:
    code = code_of(lead)
    first, second = [Browser(app).post("/join", {"code": code, "email": LEARNER}) and last_link(app, LEARNER) for _ in range(2)]
    newcomer = Browser(app)
    newcomer.post(first, {"name": "Wren", "password": PASSWORD})
    assert "Add this to my account" in said(newcomer.get(second))
    newcomer.post(second)
    assert [person.email for person in rows(app, Person)].count(LEARNER) == 1
    assert len([one for one in rows(app, Membership) if one.role == "learner"]) == 1


def test_an_invitation_works_once_and_pressing_twice_makes_one_account(app: Flask, lead: Browser) -> None:
    welcome, newcomer = invite(lead, LEARNER, "practice_lead"), Browser(app)
    for _ in range(3):
        assert newcomer.get(welcome).status_code == 200  # Programs that look into post open links.
    newcomer.post(welcome, {"name": "Wren", "password": PASSWORD})
    assert newcomer.follow(newcomer.post(welcome, {"name": "Wren", "password": PASSWORD})).status_code == 410
    assert "no longer works" in said(Browser(app).get(welcome))
    assert roles_of(app, LEARNER) == {("practice_lead", "Z99001")}
    assert len([person for person in rows(app, Person) if person.email == LEARNER]) == 1


def test_an_invitation_lasts_seven_days(app: Flask, lead: Browser) -> None:
    welcome = invite(lead, LEARNER)
    link = rows(app, EmailedLink)[0]
    assert timedelta(days=6, hours=23) < link.ends_at - datetime.now(UTC) < timedelta(days=7, minutes=1)
    change(app, update(EmailedLink).values(ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert Browser(app).get(welcome).status_code == 410
    assert Browser(app).post(welcome, {"name": "Wren", "password": PASSWORD}).status_code == 410
    assert roles_of(app, LEARNER) == set()


def test_a_link_got_with_the_code_lasts_a_day(app: Flask, lead: Browser) -> None:
    Browser(app).post("/join", {"code": code_of(lead), "email": LEARNER})
    assert rows(app, EmailedLink)[0].ends_at - datetime.now(UTC) < timedelta(hours=24, minutes=1)


def test_a_withdrawn_invitation_is_worth_nothing(app: Flask, lead: Browser) -> None:
    welcome = invite(lead, LEARNER)
    page = lead.get(f"{AT}/people")
    assert LEARNER in said(page)
    action = re.search(r'action="([^"]+/withdraw)"', page.text)
    assert action and lead.post(action.group(1)).status_code == 303
    assert Browser(app).get(welcome).status_code == 410
    assert LEARNER not in said(lead.get(f"{AT}/people"))
    assert lead.post(action.group(1)).status_code == 404


def test_the_holder_of_an_account_signs_in_to_accept(app: Flask, lead: Browser) -> None:
    new_person(app, LEARNER, ("learner", "E99000001", "Z99002"))
    welcome, theirs = invite(lead, LEARNER), Browser(app)
    asked = theirs.get(welcome)
    assert asked.headers["Location"] == f"/sign-in?next={welcome}"
    assert Browser(app).post(welcome, {"name": "Mallory", "password": OTHER}).status_code == 303
    assert roles_of(app, LEARNER) == {("learner", "Z99002")}
    page = theirs.follow(theirs.sign_in(LEARNER, query_string={"next": welcome}))
    assert "Add this to my account" in said(page)
    theirs.post(welcome)
    assert roles_of(app, LEARNER) == {("learner", "Z99001"), ("learner", "Z99002")}
    assert {"Beck Lane Surgery", "Tanner Row Medical Centre"} <= set(
        re.findall(r"Beck Lane Surgery|Tanner Row Medical Centre", said(theirs.get("/account")))
    )


def test_somebody_else_who_is_signed_in_does_not_get_it(app: Flask, lead: Browser) -> None:
    new_person(app, LEARNER)
    new_person(app, "rook@example.org")
    welcome, other = invite(lead, LEARNER, "practice_lead"), Browser(app)
    other.sign_in("rook@example.org")
    assert other.get(welcome).status_code == 303
    other.post(welcome)
    assert roles_of(app, "rook@example.org") == set()


def test_who_leaves_a_practice_keeps_the_account_and_the_other_practice(app: Flask, lead: Browser) -> None:
    new_person(app, LEARNER, ("learner", "E99000001", "Z99001"), ("learner", "E99000001", "Z99002"))
    theirs = signed_in(app, LEARNER)
    first = re.search(r'action="(/account/roles/[^"]+/leave)"', theirs.get("/account").text)
    assert first and theirs.post(first.group(1)).status_code == 303
    assert len(roles_of(app, LEARNER)) == 1
    assert theirs.post(first.group(1)).status_code == 404
    assert theirs.is_signed_in()


def test_nobody_ends_somebody_elses_role_as_their_own(app: Flask, lead: Browser) -> None:
    new_person(app, LEARNER)
    theirs = signed_in(app, LEARNER)
    held = next(row for row in rows(app, Membership) if row.role == "practice_lead")
    assert theirs.post(f"/account/roles/{held.id}/leave").status_code == 404
    assert roles_of(app, LEAD) == {("practice_lead", "Z99001")}


def test_whose_role_is_ended_is_signed_out_everywhere_at_once(app: Flask, lead: Browser) -> None:
    new_person(app, LEARNER, ("practice_lead", "E99000001", "Z99001"))
    theirs, phone = signed_in(app, LEARNER), signed_in(app, LEARNER)
    assert theirs.get(f"{AT}/people").status_code == 200
    person = next(person.id for person in rows(app, Person) if person.email == LEARNER)
    held = next(row for row in rows(app, Membership) if row.person_id == person)
    assert lead.post(f"{AT}/people/{held.id}/end").status_code == 303
    assert not theirs.is_signed_in() and not phone.is_signed_in()
    theirs.sign_in(LEARNER)
    assert theirs.get(f"{AT}/people").status_code == 404


@pytest.mark.parametrize(
    "email",
    ["", "nobody", "a b@example.org", "x@", "@example.org", "two@example.org, three@example.org", "x@example.org\nBcc: y@example.org"],
)
def test_an_address_that_is_none_is_said_and_what_was_typed_stays(app: Flask, lead: Browser, email: str) -> None:
    for browser, path, fields in ((Browser(app), "/join", {"code": "K3TN-8F2P-QX7R"}), (lead, f"{AT}/invitations", {"role": "learner"})):
        refused = browser.post(path, {"email": email, **fields})
        assert refused.status_code == 422 and "This is not a whole e-mail address" in said(refused)
    assert letters(app, email.strip()) == []


def test_a_role_that_a_lead_may_not_give_is_refused(app: Flask, lead: Browser) -> None:
    for role in ("council_admin", "platform_admin", "social_worker", "", "owner"):
        assert lead.post(f"{AT}/invitations", {"email": LEARNER, "role": role}).status_code == 422
    assert letters(app, LEARNER) == []
