"""Signing in with an organisation's own service, from the button to the account."""

import re
import time

import pytest
import requests
from sqlalchemy import select

from app.accounts import actions
from app.accounts.models import Membership, OutsideIdentity, Person, SignIn
from app.accounts.roles import Role
from app.extensions import db
from tests.web.accounts.outside.conftest import COUNCIL, KEY, PRACTICE, Browser, Site, person, rows, words


def connect(ada: Browser, name: str = "office", email: str = "ada@example.org") -> None:
    ada.get(f"/sign-in/with/{name}")
    ada.sign_in_by_link(email, f"/sign-in/with/{name}/connect")
    assert "Your account" in words(ada.send(f"/sign-in/with/{name}/connect"))
    ada.send("/sign-out")


def invite(email: str, role: Role = Role.SOCIAL_WORKER) -> str:
    """The path of an invitation's welcome page."""
    sent: list[str] = []
    actions.invite(
        email=email, role=role, council=COUNCIL, practice=None, by="command line", address=lambda token: sent.append(token) or token
    )
    return f"/welcome/{sent[0]}"


def test_the_sign_in_page_names_each_service(ada: Browser) -> None:
    page = words(ada.get("/sign-in"))
    assert "Sign in with office" in page
    assert 'href="/sign-in/with/card"' in page


def test_whoever_is_connected_is_signed_in_and_goes_where_they_wanted(ada: Browser) -> None:
    person()
    connect(ada)
    arrived = ada.get("/sign-in/with/office?next=/account/close")
    assert arrived.url.endswith("/account/close")
    assert ada.is_signed_in()


def test_the_way_on_is_never_another_site(ada: Browser) -> None:
    person()
    connect(ada)
    assert ada.get("/sign-in/with/office?next=https://evil.example.org/").url == f"{ada.site.url}/"


def test_an_account_with_the_same_address_is_not_taken_over(ada: Browser) -> None:
    """The service vouches for the address of an account; that alone signs in nobody and connects nothing."""
    person()
    page = ada.get("/sign-in/with/office")
    assert "Fingerpost does not yet know which account here is yours" in words(page)
    assert not ada.is_signed_in()
    assert rows(OutsideIdentity) == []
    ada.send("/sign-in/with/office/connect")
    assert rows(OutsideIdentity) == []


def test_only_the_account_with_the_vouched_address_can_be_connected(ada: Browser) -> None:
    person("beth@example.org")
    ada.get("/sign-in/with/office")
    ada.sign_in_by_link("beth@example.org")
    for answer in (ada.get("/sign-in/with/office/connect"), ada.send("/sign-in/with/office/connect")):
        assert answer.status_code == 403
        assert "They were not connected" in words(answer)
    assert rows(OutsideIdentity) == []


def test_somebody_else_cannot_connect_what_this_browser_was_shown(ada: Browser, beth: Browser) -> None:
    person()
    ada.get("/sign-in/with/office")
    beth.sign_in_by_link("ada@example.org")
    assert "/sign-in/with/office" in beth.send("/sign-in/with/office/connect").history[0].headers["Location"]
    assert rows(OutsideIdentity) == []


def test_connecting_asks_for_a_sign_in_of_the_last_quarter_of_an_hour(ada: Browser) -> None:
    person()
    ada.sign_in_by_link("ada@example.org")
    with db.writing():
        (row,) = [row for row in db.session.scalars(select(SignIn)) if row.person_id]
        row.data = re.sub(r'"fs_paa":\s*[\d.]+', f'"fs_paa": {time.time() - 16 * 60}', row.data)
    ada.get("/sign-in/with/office?next=/account")
    assert "Sign in again" in words(ada.get("/sign-in/with/office/connect"))
    assert "Sign in again" in words(ada.send("/sign-in/with/office/connect"))
    assert rows(OutsideIdentity) == []


def test_disconnecting(ada: Browser) -> None:
    person()
    connect(ada)
    ada.get("/sign-in/with/office")
    assert "Sign in with office: connected" in words(ada.get("/account"))
    assert ada.get("/account/data").json()["outside_identities"][0]["subject"] == "s-1"
    assert "Sign in with office: not connected" in words(ada.send("/sign-in/with/office/disconnect"))
    ada.send("/sign-out")
    ada.get("/sign-in/with/office")
    assert not ada.is_signed_in()


def test_an_invitation_is_accepted_without_a_password(ada: Browser) -> None:
    welcome = invite("ada@example.org")
    assert f'href="/sign-in/with/office?next={welcome}"' in words(ada.get(welcome))
    page = ada.get(f"/sign-in/with/office?next={welcome}")
    assert 'value="Ada Invented"' in words(page)
    assert 'type="password"' not in page.text
    assert "Social worker" in words(ada.send(welcome, name="Ada Invented"))
    ada.send("/sign-out")
    ada.get("/sign-in/with/office")
    assert ada.is_signed_in()


def test_an_invitation_to_another_address_is_not_accepted_that_way(ada: Browser) -> None:
    welcome = invite("beth@example.org")
    assert 'type="password"' in ada.get(f"/sign-in/with/office?next={welcome}").text
    ada.send(welcome, name="Ada Invented")
    assert rows(Person) == []


def test_somebody_of_a_known_practice_joins_by_a_link_to_their_address(ada: Browser) -> None:
    page = ada.get("/sign-in/with/card")
    assert "Beck Lane Surgery" in words(page)
    sent = ada.send("/sign-in/with/card/join", organisation=PRACTICE, email="ada@example.org")
    assert "We have written to ada@example.org" in words(sent)
    assert rows(Person) == []
    welcome = ada.follow_post()
    assert "Beck Lane Surgery" in words(welcome)
    ada.send(welcome.url, name="Ada Invented")
    (held,) = rows(Membership)
    assert (held.role, held.practice_code, held.council_code) == (Role.LEARNER, PRACTICE, COUNCIL)
    ada.send("/sign-out")
    ada.get("/sign-in/with/card")
    assert ada.is_signed_in()


def test_the_link_opened_elsewhere_does_not_connect(ada: Browser, beth: Browser) -> None:
    ada.get("/sign-in/with/card")
    ada.send("/sign-in/with/card/join", organisation=PRACTICE, email="ada@example.org")
    assert 'type="password"' in beth.follow_post().text


@pytest.mark.parametrize("code", ["Z99999", ""])
def test_nobody_joins_an_unknown_practice(ada: Browser, code: str) -> None:
    ada.site.order("card", assertion_key=KEY.as_pem(private=False).decode(), userinfo={"nhsid_nrbac_roles": [{"org_code": code}]})
    assert "ask your practice or council for an invitation" in words(ada.get("/sign-in/with/card"))
    assert ada.send("/sign-in/with/card/join", organisation=code, email="ada@example.org").status_code == 404


def test_nobody_joins_a_practice_that_the_service_did_not_name(ada: Browser) -> None:
    ada.get("/sign-in/with/card")
    assert ada.send("/sign-in/with/card/join", organisation="Z99002", email="ada@example.org").status_code == 422


def test_where_people_have_to_be_invited_nobody_joins(ada: Browser) -> None:
    ada.get("/sign-in/with/office")
    assert ada.send("/sign-in/with/office/join", organisation=COUNCIL, email="ada@example.org").status_code == 404


@pytest.mark.parametrize(
    ("claims", "asked"), [({"amr": ["pwd", "mfa"]}, False), ({"amr": ["pwd"]}, True), ({}, True), ({"acr": "mfa"}, True)]
)
def test_a_second_step_follows_unless_the_service_says_that_there_was_one(ada: Browser, claims: dict[str, object], asked: bool) -> None:
    person()
    connect(ada)
    actions.set_second_factor_rule(organisation=COUNCIL, asked=True, by="command line")
    ada.site.order("office", claims={"email": "ada@example.org", "email_verified": True, **claims})
    page = ada.get("/sign-in/with/office")
    assert ("/account/authenticator" in page.url) == asked
    assert ada.is_signed_in() == (not asked)


@pytest.mark.parametrize(("ago", "again"), [(0, False), (3600, True)])
def test_a_password_given_there_long_ago_is_not_fresh(ada: Browser, ago: int, again: bool) -> None:
    person()
    connect(ada)
    claims = {"email": "ada@example.org", "email_verified": True, "auth_time": int(time.time()) - ago}
    ada.site.order("office", claims=claims)
    ada.get("/sign-in/with/office")
    assert ("Sign in again" in words(ada.get("/account/passkeys"))) == again


@pytest.mark.parametrize(("amr", "signed_in"), [(["mfa"], True), ([], False)])
def test_a_newcomer_of_whom_a_second_factor_is_asked(ada: Browser, amr: list[str], signed_in: bool) -> None:
    actions.set_second_factor_rule(organisation=COUNCIL, asked=True, by="command line")
    ada.site.order("office", claims={"email": "ada@example.org", "email_verified": True, "amr": amr})
    welcome = invite("ada@example.org")
    ada.get(f"/sign-in/with/office?next={welcome}")
    ada.send(welcome, name="Ada Invented")
    assert len(rows(OutsideIdentity)) == 1
    assert ada.is_signed_in() == signed_in


def test_what_a_service_said_is_forgotten_once_it_was_used(ada: Browser) -> None:
    welcome = invite("ada@example.org")
    ada.get(f"/sign-in/with/office?next={welcome}")
    ada.send(welcome, name="Ada Invented")
    assert ada.get("/sign-in/with/office/connect", allow_redirects=False).status_code == 303


def test_what_a_service_said_is_forgotten_on_signing_out(ada: Browser) -> None:
    person()
    ada.get("/sign-in/with/office")
    for status in (200, 303):
        ada.sign_in_by_link("ada@example.org")
        assert ada.get("/sign-in/with/office/connect", allow_redirects=False).status_code == status
        ada.send("/sign-out")


def test_what_one_service_said_another_has_not(ada: Browser) -> None:
    ada.get("/sign-in/with/card")
    assert ada.get("/sign-in/with/card/first", allow_redirects=False).status_code == 200
    assert ada.get("/sign-in/with/office/first", allow_redirects=False).status_code == 303


def test_whoever_has_a_vouched_address_joins_with_that_one(ada: Browser) -> None:
    ada.site.order("desk", claims={"email": "ada@example.org", "email_verified": True})
    assert 'value="ada@example.org"' in words(ada.get("/sign-in/with/desk"))
    answer = ada.send("/sign-in/with/desk/join", organisation=COUNCIL, email="beth@example.org")
    assert answer.status_code == 422
    assert "says that your address is ada@example.org" in words(answer)
    assert "We have written" in words(ada.send("/sign-in/with/desk/join", organisation=COUNCIL, email="ada@example.org"))


def test_a_closed_account_stays_closed(ada: Browser) -> None:
    known = person()
    connect(ada)
    with db.writing():
        db.session.get_one(Person, known.id).active = False
    assert "This account is closed" in words(ada.get("/sign-in/with/office"))
    assert not ada.is_signed_in()


def test_signing_out_says_how_to_sign_out_there_too(ada: Browser, site: Site) -> None:
    person()
    connect(ada)
    ada.get("/sign-in/with/office")
    page = ada.send("/sign-out")
    assert not ada.is_signed_in()
    assert re.search(rf'href="{site.provider}/office/end\?id_token_hint=[\w.-]+&amp;client_id=office"', page.text)


def test_signing_out_of_a_service_that_has_no_sign_out(ada: Browser) -> None:
    person()
    ada.sign_in_by_link("ada@example.org")
    assert ada.send("/sign-out").url == f"{ada.site.url}/"
    assert not ada.is_signed_in()
    assert "fp_session" not in ada.http.cookies


def sign_in_at_mock(ada: Browser, subject: str) -> requests.Response:
    form = ada.get("/sign-in/with/mock")
    return ada.http.post(form.url, data={"sub": subject}, timeout=15)


def test_with_a_provider_that_others_have_made(ada: Browser, mock_provider: str) -> None:
    claims = {"email": "ada@example.org", "email_verified": True, "name": "Ada Invented"}
    requests.put(f"{mock_provider}/users/ada", json=claims, timeout=5)
    person()
    assert "as Ada Invented" in words(sign_in_at_mock(ada, "ada"))
    ada.sign_in_by_link("ada@example.org", "/sign-in/with/mock/connect")
    ada.send("/sign-in/with/mock/connect")
    ada.send("/sign-out")
    assert "Your account" in words(sign_in_at_mock(ada, "ada"))
    assert ada.is_signed_in()


def test_stopping_at_a_provider_that_others_have_made(ada: Browser) -> None:
    form = ada.get("/sign-in/with/mock")
    assert "You stopped before" in words(ada.http.post(form.url, data={"action": "deny"}, timeout=15))
