"""What a service says of itself when it is asked first."""

from typing import Any

import pytest

from app.accounts import openid
from tests.web.accounts.outside.conftest import Browser, words


@pytest.fixture(autouse=True)
def asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid, "KEPT_FOR", -1)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://other.example.org"},
        {"issuer": "https://login.example.org/{tenantid}/v2.0"},
        {"issuer": None},
        {"token_endpoint": "http://other.example.org/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"userinfo_endpoint": "ftp://other.example.org/"},
    ],
    ids=str,
)
def test_it_is_not_believed_that_it_is_another_or_elsewhere(ada: Browser, metadata: dict[str, Any]) -> None:
    ada.site.order("office", metadata=metadata)
    answer = ada.get("/sign-in/with/office", allow_redirects=False)
    assert answer.status_code == 403
    assert "could not be used" in words(answer)


def test_it_cannot_change_how_we_ask(ada: Browser) -> None:
    """Authlib hands metadata to its HTTP session, of which "proxies" and "verify" are settings."""
    ada.site.order(
        "office", metadata={"proxies": {"http": "http://127.0.0.1:9"}}, claims={"email": "ada@example.org", "email_verified": True}
    )
    assert "Your first time here" in words(ada.get("/sign-in/with/office"))


def test_an_answer_has_to_say_who_answers_where_that_was_promised(ada: Browser) -> None:
    claims, promised = {"email": "ada@example.org", "email_verified": True}, {"authorization_response_iss_parameter_supported": True}
    ada.site.order("office", metadata=promised, claims=claims)
    assert ada.get("/sign-in/with/office").status_code == 403
    ada.site.order("office", metadata=promised, claims=claims, answer={"iss": f"{ada.site.provider}/office"})
    assert "Your first time here" in words(ada.get("/sign-in/with/office"))


def test_signing_out_where_the_service_has_no_sign_out(ada: Browser) -> None:
    claims = {"email": "ada@example.org", "email_verified": True}
    ada.site.order("office", metadata={"end_session_endpoint": None}, claims=claims)
    ada.get("/sign-in/with/office")
    assert ada.send("/sign-out").url == f"{ada.site.url}/"
