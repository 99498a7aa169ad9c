"""A council's administrator reads in the trail which of its people signed in, when, how and as what; and no failed try."""

import pytest
from flask import Flask

from tests.web.accounts.browser import Browser, last_link, new_person, said, set_up_app, signed_in

pytestmark = pytest.mark.both
ADA, BEA, WREN = "ada@example.org", "bea@example.org", "wren@example.org"


def entries(app: Flask, email: str, council: str) -> str:
    return said(signed_in(app, email).get(f"/organisations/{council}/trail?what=sign_in")).partition("To what")[2]


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    new_person(app, ADA, ("council_admin", "E99000001", None))
    new_person(app, BEA, ("council_admin", "E99000002", None))


def test_each_kind_of_sign_in_with_its_roles(app: Flask) -> None:
    new_person(app, WREN, ("council_analyst", "E99000001", None), ("learner", "E99000001", None), ("learner", "E99000001", "Z99001"))
    browser = Browser(app)
    browser.sign_in(WREN)
    Browser(app).post("/sign-in/link", {"email": WREN})
    Browser(app).post(last_link(app, WREN))
    read = entries(app, ADA, "E99000001")
    for kind in ("with a password", "by a link"):
        assert f"{kind}, Council analyst, Learner" in read and f"{kind}, Learner, Z99001" in read
    phone, second = set_up_app(browser), Browser(app)
    second.sign_in(WREN)
    second.post("/sign-in/code", {"code": phone.code()})
    assert "after a second step, Learner, Z99001" in entries(app, ADA, "E99000001")
    assert "Ola Marsh" not in entries(app, BEA, "E99000002")


def test_neither_a_failed_try_nor_anybody_elses_sign_in(app: Flask) -> None:
    new_person(app, WREN, ("learner", "E99000001", "Z99001"))
    Browser(app).sign_in(WREN, "not this one")
    Browser(app).sign_in("nobody@example.org", "not this one")
    Browser(app).sign_in(BEA)
    trail = said(signed_in(app, ADA).get("/organisations/E99000001/trail")).partition("To what")[2]
    assert "failed to sign in" not in trail and "with a password" not in trail and "nobody" not in trail
    assert "with a password, Council administrator" in entries(app, BEA, "E99000002")
