"""Once a week a council's editors are written to about entries that are due, and its administrators about those of a year ago."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.accounts.models import Membership
from app.directory.models import CheckLink
from app.jobs.models import Letter, Timer
from app.jobs.outbox import post
from tests.web.accounts.browser import Browser, change, command, letters, rows, said
from tests.web.directory.editors import Desk, made
from tests.web.directory.feed import COUNCIL, a_service, id_of
from tests.web.jobs.conftest import mail_at, sink  # noqa: F401 - fixtures
from tests.web.jobs.sink import Sink

pytestmark = pytest.mark.both
ADA, BEN, CLEO, DAI = (f"{name}@example.org" for name in ("ada", "ben", "cleo", "dai"))


def days_ago(days: int) -> str:
    return str(date.today() - timedelta(days=days))


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    desk = made(app, tmp_path)
    desk.feed(*(a_service(number, assured_date=days_ago(days)) for number, days in ((1, 100), (2, 200), (3, 400))))
    return desk


def run_jobs(app: Flask) -> None:
    command(app, "jobs", "run", "--once")


def next_week(app: Flask) -> None:
    change(app, update(Timer).where(Timer.name == "directory.remind").values(started_at=datetime.now(UTC) - timedelta(days=7)))


def test_editors_get_one_letter_a_week_with_what_is_due_and_administrators_what_is_a_year_old(
    app: Flask,
    desk: Desk,
    sink: Sink,  # noqa: F811
) -> None:
    for _ in range(3):
        run_jobs(app)
    with app.app_context():
        post()
    sent = {letter["To"]: letter for letter in sink.letters}
    assert len(sink.letters) == 3 and sent.keys() == {ADA, BEN, CLEO}
    reminder, overdue = sent[ADA].get_content(), sent[CLEO].get_content()
    assert sent[ADA]["Subject"] == "Marlshire Council: entries due for checking (2)"
    assert "Service 1" not in reminder and reminder.index("Service 3") < reminder.index("Service 2")
    assert f"http://localhost/council/{COUNCIL}/checks" in reminder
    assert "Service 3" in overdue and "Service 2" not in overdue and "/still-right/" not in overdue
    next_week(app)
    run_jobs(app)
    assert len(letters(app, ADA)) == 2


def test_a_link_in_the_letter_says_once_that_its_entry_is_right(app: Flask, desk: Desk) -> None:
    run_jobs(app)
    body = letters(app, ADA)[0].body
    links = dict(re.findall(r"- (Service \d) .*\n +http://localhost(/still-right/\S+)", body))
    assert links.keys() == {"Service 2", "Service 3"} and len(rows(app, CheckLink)) == 4
    assert Browser(app).post(links["Service 3"]).status_code == 200
    assert Browser(app).post(links["Service 3"]).status_code == 410
    assert "(today)" in said(Browser(app).get(f"/services/{id_of(3)}"))
    next_week(app)
    run_jobs(app)
    newest = letters(app, ADA)[0]
    assert newest.subject == "Marlshire Council: entries due for checking (1)" and "Service 3" not in newest.body
    assert len(letters(app, CLEO)) == 1, "nothing is a year old any more"


def test_nobody_is_written_to_where_nothing_is_due_nor_about_what_has_ended(app: Flask, desk: Desk) -> None:
    ended = a_service(2, assured_date=days_ago(400), status="defunct")
    desk.feed(a_service(1, assured_date=days_ago(100)), ended, a_service(3, assured_date=days_ago(0)))
    run_jobs(app)
    assert rows(app, Letter) == [] == rows(app, CheckLink)


def test_where_there_is_no_editor_the_administrator_is_reminded(app: Flask, desk: Desk) -> None:
    change(app, delete(Membership).where(Membership.role == "directory_editor"))
    run_jobs(app)
    assert [letter.subject for letter in letters(app, CLEO)][::-1] == [
        "Marlshire Council: entries due for checking (2)",
        "Marlshire Council: entries not checked for a year (1)",
    ]
