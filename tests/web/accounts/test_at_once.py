"""Two people, or two windows, do two things at once. Each has a connection of its own; the second begins when the first has got so far."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.accounts.models import Membership, Person
from tests.web.accounts.browser import PASSWORD, Browser, last_link, rows, said, signed_in

pytestmark = pytest.mark.both
LEAD, NEXT = "lead@example.org", "next@example.org"
AT = "/organisations/Z99001"
BLOCKED = 0.5
"""Seconds after which whoever has not come to an end is taken to wait for the other."""


@contextmanager
def once(app: Flask, statement: str, other: Callable[[], int]) -> Iterator[list[Future[int]]]:
    """When the first such statement has been executed, `other` begins elsewhere, and comes to its end or waits for a lock before
    anything else happens here."""
    begun: list[Future[int]] = []

    def begin(_connection: Any, _cursor: Any, said: str, *_: Any) -> None:
        if statement in said and not begun:
            begun.append(pool.submit(other))
            wait(begun, BLOCKED)

    with ThreadPoolExecutor(1) as pool:
        event.listen(app.extensions["database"], "after_cursor_execute", begin)
        try:
            yield begun
        finally:
            event.remove(app.extensions["database"], "after_cursor_execute", begin)


def invited(lead: Browser, role: str = "learner") -> str:
    assert lead.post(f"{AT}/invitations", {"email": NEXT, "role": role}).status_code == 303
    return last_link(lead.app, NEXT)


def accept(app: Flask, welcome: str, name: str = "Nye") -> int:
    return Browser(app).post(welcome, {"name": name, "password": PASSWORD}).status_code


def withdrawing(lead: Browser) -> str:
    """Where the button goes that withdraws the invitation."""
    (action,) = re.findall(r'action="([^"]+/withdraw)"', lead.get(f"{AT}/people").text)
    return str(action)


def test_an_invitation_that_is_being_withdrawn_is_not_accepted(app: Flask, lead: Browser) -> None:
    welcome = invited(lead)
    action = withdrawing(lead)
    with once(app, "FROM emailed_link", lambda: accept(app, welcome)) as accepting:
        assert lead.post(action).status_code == 303
    assert accepting[0].result() == 410
    assert [row.role for row in rows(app, Membership)] == ["practice_lead"]


def test_an_invitation_that_is_being_accepted_is_not_withdrawn(app: Flask, lead: Browser) -> None:
    welcome = invited(lead)
    action = withdrawing(lead)
    with once(app, "UPDATE emailed_link", lambda: lead.post(action).status_code) as other:
        assert accept(app, welcome) == 303
    assert other[0].result() == 404
    assert sorted(row.role for row in rows(app, Membership)) == ["learner", "practice_lead"]


def test_of_two_first_invitations_accepted_at_once_one_makes_the_account_and_the_other_waits_for_its_holder(
    app: Flask, lead: Browser
) -> None:
    first, second = invited(lead), invited(lead, "practice_lead")
    slow = Browser(app)
    with once(app, "FROM person", lambda: accept(app, second, "Nye Second")) as accepting:
        answer = slow.post(first, {"name": "Nye First", "password": PASSWORD})
    assert accepting[0].result() == 303
    assert answer.headers["Location"] == first
    assert slow.get(first).headers["Location"] == f"/sign-in?next={first}"
    assert [person.name for person in rows(app, Person) if person.email == NEXT] == ["Nye Second"]
    holder = signed_in(app, NEXT)
    assert "Add this to my account" in said(holder.get(first))
    assert holder.post(first).status_code == 303
    assert sorted(row.role for row in rows(app, Membership)) == ["learner", "practice_lead", "practice_lead"]
