"""The monthly letter about a practice's signposts: to those who asked, once a month, numbers only, off with one press."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.extensions import db
from app.signposts import actions
from app.signposts.digest import write_digests
from app.signposts.models import DigestWish, Signpost
from app.tenancy import EVERYTHING, acting
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE
from tests.web.accounts.browser import letters, rows, said, signed_in
from tests.web.signposts.loop import ROOK, WREN

pytestmark = pytest.mark.both
MONDAY = date(2026, 10, 5)


def add(number: int, on: date, outcome: str | None = None, practice: str = PRACTICE[ONE]) -> None:
    lists: dict[str, list[str]] = {"alternatives": ["telecare"], "services": [], "needs": []}
    with acting(EVERYTHING), db.writing() as session:
        for one in range(number):
            key = f"{on}{outcome}{practice}{one}"
            code = f"{abs(hash(key)) % 10**13:013d}"
            session.add(Signpost(code=code, pressed=key, council_code=ONE, practice_code=practice, given_on=on, outcome=outcome, **lists))


def run(app: Flask, day: str) -> None:
    with app.app_context(), acting(EVERYTHING):
        write_digests(date.fromisoformat(day))


def test_it_says_what_came_of_last_months_and_goes_once(app: Flask) -> None:
    browser = signed_in(app, WREN)
    assert "Once a month you get the numbers" in said(browser.follow(browser.post("/signposts/digest", {"wanted": "yes"})))
    add(3, MONDAY, "started")
    add(1, MONDAY + timedelta(days=20), "not_suitable")
    add(1, MONDAY + timedelta(days=26))
    add(2, MONDAY, "started", SECOND_PRACTICE)
    add(4, date(2026, 9, 30), "started")
    for day in ("2026-11-07", "2026-11-08", "2026-11-09", "2026-11-30"):
        run(app, day)
    (letter,) = letters(app, WREN)
    assert letter.subject == "What came of your signposts: October 2026"
    assert "Beck Lane Surgery: 3 of the 5 signposts of last month started. Not suitable: 1." in letter.body
    assert "No answer yet: 1." in letter.body and "http://localhost/signposts\n" in letter.body
    assert not re.search(r"\w{4}-\w{4}-\w{4}-\w|telecare", letter.body)


def test_a_day_that_became_its_week_counts_for_the_same_month(app: Flask) -> None:
    signed_in(app, WREN).post("/signposts/digest", {"wanted": "yes"})
    add(1, date(2026, 10, 1))  # A Thursday: its week began in September.
    add(1, date(2026, 11, 1), "started")  # A Sunday: its week began in October.
    run(app, "2026-11-08")
    with acting(EVERYTHING), db.writing() as session:
        session.execute(update(DigestWish).values(sent_for=None))
    actions.coarsen()
    run(app, "2026-11-08")
    for letter in letters(app, WREN):
        assert "1 of the 1 signposts of last month started" in letter.body
    assert len(letters(app, WREN)) == 2


def test_nobody_else_is_written_to_and_nobody_where_nothing_was_given(app: Flask) -> None:
    add(2, MONDAY, "started")
    signed_in(app, ROOK).post("/signposts/digest", {"wanted": "yes"})
    run(app, "2026-11-08")
    assert letters(app, WREN) == letters(app, ROOK) == []


def test_the_link_in_it_ends_the_letters_with_one_press(app: Flask) -> None:
    signed_in(app, WREN).post("/signposts/digest", {"wanted": "yes"})
    add(1, MONDAY)
    run(app, "2026-11-08")
    (path,) = re.findall(r"http://localhost(/signposts/digest/off/\S+)", letters(app, WREN)[0].body)
    visitor = app.test_client()
    assert "One press" in visitor.get(path).text and len(rows(app, DigestWish)) == 1
    assert "no more letters" in visitor.post(path, headers={"Sec-Fetch-Site": "same-origin"}).text and rows(app, DigestWish) == []
    assert visitor.get(path).status_code == 410
    run(app, "2026-12-08")
    assert len(letters(app, WREN)) == 1
