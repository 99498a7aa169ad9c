"""What a sign-in service sends is not believed until it has been checked."""

import re
import time
from typing import Any

import pytest

from app.accounts.models import OutsideIdentity, Person
from tests.web.accounts.outside.conftest import KEY, Browser, person, rows, words

GOOD = {"email": "ada@example.org", "email_verified": True}
NOT_USED = "could not be used"
SOON, EARLIER = int(time.time()) + 7200, int(time.time()) - 7200


@pytest.fixture(autouse=True)
def connected(ada: Browser) -> None:
    """Ada is connected, so that a sign-in that should fail would otherwise let her in."""
    person()
    ada.get("/sign-in/with/office")
    ada.sign_in_by_link("ada@example.org", "/sign-in/with/office/connect")
    ada.send("/sign-in/with/office/connect")
    ada.send("/sign-out")


def test_all_is_well(ada: Browser) -> None:
    assert ada.get(ada.way_back("office")).url.endswith("/account")
    assert ada.is_signed_in()


def test_what_another_browser_began_is_not_finished_here(ada: Browser, beth: Browser) -> None:
    answer = beth.get(ada.way_back("office"))
    assert answer.status_code == 403
    assert NOT_USED in words(answer)
    assert not beth.is_signed_in()


def test_another_state(ada: Browser) -> None:
    answer = ada.get(ada.way_back("office") + "x")
    assert NOT_USED in words(answer)
    assert not ada.is_signed_in()


def test_a_code_is_used_once(ada: Browser) -> None:
    address = ada.way_back("office")
    ada.get(address)
    ada.send("/sign-out")
    assert NOT_USED in words(ada.get(address))
    assert not ada.is_signed_in()


def test_what_was_begun_with_one_service_is_not_finished_with_another(ada: Browser) -> None:
    assert NOT_USED in words(ada.get(ada.way_back("office").replace("/office/", "/card/")))


@pytest.mark.parametrize(
    "orders",
    [
        {"claims": GOOD | {"nonce": "another"}},
        {"claims": GOOD | {"nonce": None}},
        {"claims": GOOD | {"aud": "another"}},
        {"claims": GOOD | {"aud": ["another"], "azp": "office"}},
        {"claims": GOOD | {"aud": None}},
        {"claims": GOOD | {"azp": "another"}},
        {"claims": GOOD | {"exp": EARLIER}},
        {"claims": GOOD | {"exp": None}},
        {"claims": GOOD | {"iat": SOON, "exp": SOON + 60}},
        {"claims": GOOD | {"iss": "https://other.example.org"}},
        {"claims": GOOD | {"iss": None}},
        {"claims": GOOD | {"sub": None}},
        {"claims": GOOD, "key": "other"},
        {"claims": GOOD, "alg": "none"},
        {"claims": GOOD, "alg": "HS256"},
        {"claims": GOOD, "alg": "RS512"},
        {"claims": GOOD, "header": {"kid": "unknown"}},
        {"claims": GOOD, "tokens": {"id_token": None}},
        {"claims": GOOD, "userinfo": {"sub": "somebody else"}},
        {"claims": GOOD, "userinfo": {"sub": None}},
        {"claims": GOOD, "answer": {"iss": "https://other.example.org"}},
        {"claims": GOOD, "answer": {"code": "made up"}},
        {"claims": GOOD, "answer": {"code": None, "error": "invalid_request", "error_description": "secret inside"}},
    ],
    ids=lambda orders: re.sub(r"\d{10}", "then", " ".join(f"{name}={value}" for name, value in orders.items() if value != GOOD))[:90],
)
def test_an_answer_that_is_not_as_it_should_be(ada: Browser, orders: dict[str, Any]) -> None:
    ada.site.order("office", **orders)
    answer = ada.get(ada.way_back("office"))
    assert answer.status_code == 403
    assert NOT_USED in words(answer)
    assert "inside" not in answer.text
    assert not ada.is_signed_in()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ada@example.org"},
        {"email": "ada@example.org", "email_verified": False},
        {"email": "ada@example.org", "xms_edov": True},
        {"email_verified": True},
        {"email": "ada@elsewhere.example", "email_verified": True},
        {"email": "ada@notexample.org", "email_verified": True},
        {"email": "ada@example.org@elsewhere.example", "email_verified": True},
    ],
)
def test_an_address_that_is_not_confirmed_or_of_another_domain(ada: Browser, claims: dict[str, Any]) -> None:
    ada.site.order("office", claims=claims)
    answer = ada.get("/sign-in/with/office")
    assert answer.status_code == 403
    assert "a confirmed work address at example.org" in words(answer)
    assert not ada.is_signed_in()


def test_another_subject_with_the_same_address_is_somebody_else(ada: Browser) -> None:
    ada.site.order("office", claims=GOOD | {"sub": "s-2"}, userinfo={"sub": "s-2"})
    ada.get("/sign-in/with/office")
    assert not ada.is_signed_in()
    assert len(rows(OutsideIdentity)) == 1


def test_stopping_there(ada: Browser) -> None:
    ada.site.order("office", answer={"code": None, "error": "access_denied"})
    answer = ada.get("/sign-in/with/office")
    assert answer.status_code == 200
    assert "You stopped before" in words(answer)
    assert not ada.is_signed_in()


def test_a_service_that_is_down(ada: Browser) -> None:
    answer = ada.get("/sign-in/with/gone")
    assert answer.status_code == 503
    assert "does not answer" in words(answer)


def test_a_service_that_keeps_one_waiting(ada: Browser) -> None:
    ada.site.order("office", claims=GOOD, slow=8)
    address, begun = ada.way_back("office"), time.monotonic()
    answer = ada.get(address)
    assert time.monotonic() - begun < 6
    assert answer.status_code == 503
    assert not ada.is_signed_in()


def test_a_code_is_not_sent_on_to_another_host(ada: Browser, mock_provider: str) -> None:
    ada.site.order("office", claims=GOOD, elsewhere=f"{mock_provider}/oauth2/token")
    assert ada.get("/sign-in/with/office").status_code == 503


def test_a_key_that_was_changed_is_fetched(ada: Browser) -> None:
    ada.get(f"{ada.site.provider}/office/rotate")
    ada.get("/sign-in/with/office")
    assert ada.is_signed_in()


def test_somebody_without_the_clients_key_gets_nothing(ada: Browser) -> None:
    """private_key_jwt: the provider checks our signature, so that this fails where we sign with another key or for another audience."""
    ada.site.order("card", assertion_key=KEY.generate_key(2048).as_pem(private=False).decode())
    assert ada.get("/sign-in/with/card").status_code == 403
    ada.site.order("card", assertion_key=KEY.as_pem(private=False).decode())
    assert "Your first time here" in words(ada.get("/sign-in/with/card"))


def test_a_service_that_is_not_named_does_not_exist(ada: Browser) -> None:
    for path in ("", "/back", "/first"):
        assert ada.get(f"/sign-in/with/other{path}").status_code == 404


def test_there_is_nobody_new_after_all_this(ada: Browser) -> None:
    ada.get("/sign-in/with/card")
    assert len(rows(Person)) == 1
