"""Which of a service's tokens the browser ever sees."""

import re

import requests
from sqlalchemy import text

from app.extensions import db
from tests.web.accounts.outside.conftest import Browser, person
from tests.web.accounts.outside.test_journeys import connect

ACCESS, REFRESH = "an-access-token-of-the-service", "a-refresh-token-of-the-service"
START_OF_A_TOKEN = "eyJ"
"""Of each ID token: how its header begins in base64."""


def given(answers: list[requests.Response]) -> str:
    """All that the browser got: addresses, headers with cookies, pages."""
    return "\n".join(f"{answer.url}\n{answer.headers}\n{answer.text}" for each in answers for answer in (*each.history, each))


def test_no_token_goes_to_the_browser_but_the_one_with_which_it_signs_out_there(ada: Browser) -> None:
    ada.site.order(
        "office",
        claims={"email": "ada@example.org", "email_verified": True, "name": "Ada Invented"},
        tokens={"access_token": ACCESS, "refresh_token": REFRESH},
    )
    person()
    connect(ada)
    seen = given([ada.get("/sign-in/with/office"), ada.get("/account"), ada.get("/account/data")])
    assert ada.is_signed_in()
    kept = str(db.session.execute(text("SELECT data FROM sign_in")).all())
    left = given([ada.send("/sign-out")])
    assert [word for word in (ACCESS, REFRESH, START_OF_A_TOKEN) if word in seen] == []
    assert [word for word in (ACCESS, REFRESH) if word in left + kept] == []
    without_hint, hints = re.subn(rf"id_token_hint={START_OF_A_TOKEN}[\w.-]+", "", left)
    assert hints == 1 and START_OF_A_TOKEN not in without_hint
