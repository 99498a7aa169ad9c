"""A service says that somebody has signed out there."""

import json
import re
import time
from typing import Any

import pytest
import requests
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.typed import JSON, SIGNS
from tests.web.accounts.outside.conftest import Browser, person


@pytest.fixture(autouse=True)
def signed_in(ada: Browser) -> None:
    person()
    ada.get("/sign-in/with/office")
    ada.sign_in_by_link("ada@example.org", "/sign-in/with/office/connect")
    ada.send("/sign-in/with/office/connect")
    assert ada.is_signed_in()


def told(ada: Browser, name: str = "office", **orders: Any) -> int:
    """The service's call, which no browser makes."""
    ada.site.order("office", **orders)
    token = requests.get(f"{ada.site.provider}/office/logout_token", timeout=5).json()
    return requests.post(f"{ada.site.url}/sign-in/with/{name}/ended", data=token, timeout=15).status_code


def test_it_ends_that_persons_sessions(ada: Browser, beth: Browser) -> None:
    person("beth@example.org")
    beth.sign_in_by_link("beth@example.org")
    assert told(ada) == 200
    assert not ada.is_signed_in()
    assert beth.is_signed_in()


def test_it_may_be_signed_with_a_new_key(ada: Browser) -> None:
    requests.get(f"{ada.site.provider}/office/rotate", timeout=5)
    assert told(ada) == 200
    assert not ada.is_signed_in()


def test_somebody_whom_we_do_not_know(ada: Browser) -> None:
    assert told(ada, claims={"sub": "s-9"}) == 200
    assert ada.is_signed_in()


@pytest.mark.parametrize(
    "orders",
    [
        {"header": {"typ": "JWT"}},
        {"claims": {"nonce": "n"}},
        {"claims": {"events": {"https://example.org/other": {}}}},
        {"claims": {"events": None}},
        {"claims": {"aud": "card"}},
        {"claims": {"aud": None}},
        {"claims": {"iss": "https://other.example.org"}},
        {"claims": {"sub": None}},
        {"claims": {"jti": None}},
        {"claims": {"exp": None}},
        {"claims": {"exp": int(time.time()) - 300}},
        {"claims": {"iat": int(time.time()) - 600}},
        {"key": "other"},
        {"alg": "none", "header": {"typ": "logout+jwt"}},
    ],
    ids=lambda orders: re.sub(r"\d{10}", "then", str(orders)),
)
def test_what_is_not_such_a_token_ends_nothing(ada: Browser, orders: dict[str, Any]) -> None:
    assert told(ada, **orders) == 400
    assert ada.is_signed_in()


def test_another_service_cannot_say_it(ada: Browser) -> None:
    assert told(ada, name="card") == 400
    assert ada.is_signed_in()


def test_nothing_sent(ada: Browser) -> None:
    assert requests.post(f"{ada.site.url}/sign-in/with/office/ended", timeout=5).status_code == 400


@settings(max_examples=20)
@given(SIGNS | st.from_regex(r"[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}", fullmatch=True))
@example("eyJhbGciOiJub25lIn0.e30.")
@example("a" * 500_000)
def test_a_token_of_any_text_ends_nobodys_session(ada: Browser, text: str) -> None:
    answer = requests.post(f"{ada.site.url}/sign-in/with/office/ended", data={"logout_token": text.encode(errors="replace")}, timeout=15)
    assert answer.status_code == 400 and ada.is_signed_in()


def is_standard(claims: Any) -> bool:
    """Whether the service can be ordered to say this."""
    try:
        return bool(json.dumps(claims, allow_nan=False).encode())
    except ValueError:
        return False


@settings(max_examples=20)
@given(
    st.dictionaries(st.sampled_from(["sub", "iat", "exp", "events", "jti", "aud", "iss"]), JSON, min_size=1, max_size=3).filter(is_standard)
)
@example({"sub": "s\x00"})
@example({"iat": 10**400})
def test_claims_of_any_shape_are_taken_or_refused(ada: Browser, claims: dict[str, Any]) -> None:
    assert told(ada, claims=claims) in (200, 400)
