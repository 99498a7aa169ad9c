"""A council and the installation do not lose their last administrator unawares; and nobody is kept from erasing their data."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.accounts.models import Membership, Person
from tests.web.accounts.browser import Browser, new_person, rows, said, signed_in

pytestmark = pytest.mark.both
ADA, ROOT, WREN = "ada@example.org", "root@example.org", "wren@example.org"
COUNCIL = ("council_admin", "E99000001", None)
INSTALLATION = ("platform_admin", None, None)


def close(browser: Browser, email: str, **more: str) -> int:
    return browser.post("/account/close", {"email": email, **more}).status_code


def test_who_administers_a_council_alone_is_told_and_goes_only_after_a_tick(app: Flask) -> None:
    new_person(app, ADA, COUNCIL)
    new_person(app, ROOT, INSTALLATION)
    ada, root = signed_in(app, ADA), signed_in(app, ROOT)
    assert "You are its only administrator. Invite another before you leave." in said(ada.get("/account"))
    assert "You are the only administrator of Marlshire Council." in said(ada.get("/account/close"))
    assert "Marlshire Council :" not in said(root.get("/platform/councils"))
    refused = ada.post("/account/close", {"email": ADA})
    assert refused.status_code == 422 and "You are the last administrator" in said(refused) and f'value="{ADA}"' in refused.text
    assert ada.is_signed_in()
    assert close(ada, ADA, sure="y") == 303
    assert [person.email for person in rows(app, Person)] == [ROOT]
    assert "Marlshire Council : no administrator" in said(root.get("/platform/councils"))


def test_the_last_platform_administrator_neither_leaves_nor_closes_unawares(app: Flask) -> None:
    new_person(app, ROOT, INSTALLATION)
    root = signed_in(app, ROOT)
    (held,) = rows(app, Membership)
    assert root.post(f"/account/roles/{held.id}/leave").status_code == 409
    assert "Another is invited on the server" in said(root.get("/account"))
    assert "You are the only platform administrator" in said(root.get("/account/close"))
    assert close(root, ROOT) == 422
    assert close(root, ROOT, sure="y") == 303
    assert rows(app, Person) == []


def test_who_is_one_of_two_goes_without_a_word(app: Flask) -> None:
    for email in (ADA, WREN):
        new_person(app, email, COUNCIL, INSTALLATION)
    ada = signed_in(app, ADA)
    page = ada.get("/account/close")
    assert "only" not in said(page) and 'name="sure"' not in page.text
    leave = re.search(r'action="(/account/roles/[^"]+/leave)"', ada.get("/account").text)
    assert leave and ada.post(leave.group(1)).status_code == 303
    assert close(ada, ADA) == 303


def test_of_two_who_close_their_accounts_at_once_one_stays(app: Flask) -> None:
    browsers = {}
    for email in (ADA, WREN):
        new_person(app, email, COUNCIL)
        browsers[email] = signed_in(app, email)
    together = Barrier(2)

    def go(email: str) -> int:
        together.wait()
        return close(browsers[email], email)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, browsers)) == [303, 422]
    assert len(rows(app, Membership)) == 1
