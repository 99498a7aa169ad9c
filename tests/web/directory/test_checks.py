"""Anybody says in two clicks what is wrong with an entry; the council's editors answer in a queue; a link says that it is right."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.accounts.limits import LIMITS
from app.accounts.models import LimitCount, Person
from app.audit.queries import entries
from app.directory.models import CheckLink, EntryReport, ServiceAmendment
from app.jobs.outbox import post
from tests.web.accounts.browser import Browser, change, letters, rows, said, tables_with
from tests.web.directory.editors import Desk, made
from tests.web.directory.feed import COUNCIL, a_service, id_of
from tests.web.jobs.conftest import mail_at, sink  # noqa: F401 - fixtures
from tests.web.jobs.sink import Sink

pytestmark = pytest.mark.both
QUEUE = f"/council/{COUNCIL}/checks"
WRONG = f"/services/{id_of(1)}/wrong"
PROVIDER = "hello@example.org"
LONG_AGO = str(date.today() - timedelta(days=200))


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    desk = made(app, tmp_path)
    desk.feed(
        a_service(1, assured_date=LONG_AGO, email=PROVIDER), a_service(2, assured_date=str(date.today())),
        a_service(3, assured_date=str(date.today() - timedelta(days=400))),
    )  # fmt: skip
    return desk


def reported(app: Flask, fault: str = "phone") -> EntryReport:
    assert Browser(app).post(WRONG, {"fault": fault}).status_code == 200
    found: EntryReport = rows(app, EntryReport)[-1]
    return found


def public(app: Flask, number: int = 1) -> str:
    return said(Browser(app).get(f"/services/{id_of(number)}"))


def asked(app: Flask, desk: Desk) -> str:
    """The path of the link in the letter to the service."""
    assert desk.editor.post(f"{QUEUE}/entries/{id_of(1)}/ask").status_code == 303
    body = letters(app, PROVIDER)[0].body
    return next(word for word in body.split() if "/still-right/" in word).removeprefix("http://localhost")


def test_two_clicks_say_what_is_wrong_and_nothing_is_kept_of_who_said_it(app: Flask, desk: Desk) -> None:
    visitor = Browser(app)
    assert f'href="{WRONG}"' in visitor.get(f"/services/{id_of(1)}").text
    page = visitor.get(WRONG)
    assert page.text.count('name="fault"') == 7 and "<input" not in page.text.partition("<main")[2].partition("</main")[0]
    thanks = visitor.post(WRONG, {"fault": "cost", "note": "Mrs Zylpha"})
    assert "You said of Service 1 : the cost is wrong" in said(thanks) and "nothing about a patient" in said(thanks)
    assert "Set-Cookie" not in thanks.headers
    [row] = rows(app, EntryReport)
    assert (row.service_id, row.council_code, row.fault, row.day, row.times) == (id_of(1), COUNCIL, "cost", datetime.now(UTC).date(), 1)
    assert tables_with(app, "Zylpha", "203.0.113.9") == set()


def test_the_same_fault_counts_once_a_day_until_it_is_settled(app: Flask, desk: Desk) -> None:
    row = reported(app)
    reported(app)
    reported(app, "cost")
    assert [(one.fault, one.times) for one in sorted(rows(app, EntryReport), key=lambda one: one.fault)] == [("cost", 1), ("phone", 1)]
    change(app, update(EntryReport).values(last_day=date.today() - timedelta(days=2), day=date.today() - timedelta(days=2)))
    reported(app)
    assert {one.fault: one.times for one in rows(app, EntryReport)} == {"cost": 1, "phone": 2}
    assert "and on 1 other day" in said(desk.editor.get(QUEUE))
    assert "The phone number does not work (said on 2 days)" in public(app)
    assert "The cost is wrong" not in public(app), "one press of a stranger is no news of a service"
    desk.editor.post(f"{QUEUE}/reports/{row.id}/settle", {"outcome": "right"})
    reported(app)
    assert "People who use Fingerpost say" not in public(app), "it was answered, and said once since"
    assert sorted(one.state for one in rows(app, EntryReport) if one.fault == "phone") == ["open", "right"]


def test_what_is_no_fault_of_ours_is_not_kept_and_what_has_gone_says_so(app: Flask, desk: Desk) -> None:
    visitor = Browser(app)
    assert visitor.post(WRONG, {"fault": "Mrs Zylpha"}).status_code == 422
    assert visitor.get("/services/nothing/wrong").location == "/services/nothing"
    desk.editor.post(f"/council/{COUNCIL}/services/{id_of(1)}/withdraw")
    assert visitor.follow(visitor.post(WRONG, {"fault": "phone"})).status_code == 410
    assert rows(app, EntryReport) == []


def test_a_service_of_no_council_says_whom_to_tell_instead(app: Flask, desk: Desk) -> None:
    desk.feed(*map(a_service, (1, 2, 3)), a_service(9, service_areas=[], phones=[{"number": "01632 960111"}]))
    page = Browser(app).get(f"/services/{id_of(9)}/wrong")
    assert "No council keeps this entry" in said(page) and 'name="fault"' not in page.text
    assert Browser(app).post(f"/services/{id_of(9)}/wrong", {"fault": "phone"}).status_code == 422


def test_one_address_says_so_many_things_and_no_more(app: Flask, desk: Desk) -> None:
    [limit] = LIMITS["freshness.wrong"]
    reported(app)
    change(app, update(LimitCount).values(count=limit.times))
    assert Browser(app).post(WRONG, {"fault": "cost"}).status_code == 429
    assert Browser(app, address="203.0.113.10").post(WRONG, {"fault": "cost"}).status_code == 200


def test_a_report_is_taken_settled_and_stays_with_its_history(app: Flask, desk: Desk) -> None:
    row = reported(app)
    page = said(desk.editor.get(QUEUE))
    assert "What people say is wrong (1)" in page and "The phone number does not work" in page and "Nobody sees to it yet" in page
    for _ in range(2):
        assert desk.editor.post(f"{QUEUE}/reports/{row.id}/take").status_code == 303
    assert "You see to it" in said(desk.editor.get(QUEUE)) and "Ada Marsh" in said(desk.second.get(QUEUE))
    assert desk.second.post(f"{QUEUE}/reports/{row.id}/settle", {"outcome": "neither"}).status_code == 422
    assert desk.second.post(f"{QUEUE}/reports/{row.id}/settle", {"outcome": "mended"}).status_code == 303
    for late in ("take", "settle"):
        answer = desk.editor.post(f"{QUEUE}/reports/{row.id}/{late}", {"outcome": "right"})
        assert answer.status_code == 409 and "settled this meanwhile" in said(answer)
    page = said(desk.editor.get(QUEUE))
    assert "The entry was mended" in page and "Ada Marsh" in page and "Ben Marsh" in page and "Nothing waits" in page
    with app.app_context():
        noted = [(entry.what, entry.about, entry.council) for entry in reversed(entries(of=f"entry_report:{row.id}"))]
    assert noted == [(what, f"entry_report:{row.id}", COUNCIL) for what in ("entry_report_taken", "entry_report_settled")]


def test_another_councils_queue_is_not_there(app: Flask, desk: Desk) -> None:
    row = reported(app)
    assert desk.stranger.get(QUEUE).status_code == 404
    other = "/council/E99000002/checks"
    for path in (f"reports/{row.id}/take", f"reports/{row.id}/settle", f"entries/{id_of(1)}/right", f"entries/{id_of(1)}/ask"):
        assert desk.stranger.post(f"{other}/{path}", {"outcome": "right"}).status_code == 404
    assert "Service 1" not in said(desk.stranger.get(other))
    assert rows(app, EntryReport)[0].state == "open" and letters(app, PROVIDER) == []


def test_whoever_saw_to_a_report_can_leave_and_it_waits_for_another(app: Flask, desk: Desk) -> None:
    row = reported(app)
    desk.editor.post(f"{QUEUE}/reports/{row.id}/take")
    change(app, delete(Person).where(Person.email == "ada@example.org"))
    assert rows(app, EntryReport)[0].owner_id is None
    assert "Nobody sees to it yet" in said(desk.second.get(QUEUE))


def test_entries_due_stand_in_the_queue_the_oldest_first_until_somebody_checks_them(app: Flask, desk: Desk) -> None:
    page = said(desk.editor.get(QUEUE))
    assert "Entries due for checking (2)" in page and page.index("Service 3") < page.index("Service 1")
    assert "due for checking" in public(app)
    for _ in range(2):
        assert desk.editor.post(f"{QUEUE}/entries/{id_of(1)}/right").status_code == 303
    assert "Entries due for checking (1)" in said(desk.editor.get(QUEUE))
    assert "(today)" in public(app) and len(rows(app, ServiceAmendment)) == 1
    assert "said that an entry is still right: Ada Marsh" in said(desk.editor.get(f"/council/{COUNCIL}/services/{id_of(1)}"))


def test_a_feed_with_a_fresher_day_takes_its_entry_out_of_the_queue(desk: Desk) -> None:
    desk.feed(*(a_service(number, assured_date=str(date.today())) for number in (1, 2, 3)))
    assert "Entries due for checking (0)" in said(desk.editor.get(QUEUE))


def test_a_service_is_asked_once_and_its_link_works_once_by_its_button(app: Flask, desk: Desk, sink: Sink) -> None:  # noqa: F811
    path = asked(app, desk)
    desk.second.post(f"{QUEUE}/entries/{id_of(1)}/ask")
    assert "The service was asked on" in said(desk.editor.get(QUEUE))
    with app.app_context():
        post()
    [letter] = sink.letters
    assert letter["To"] == PROVIDER and path in letter.get_content() and "Marlshire Council lists Service 1" in letter.get_content()
    visitor = Browser(app)
    for _ in range(2):
        page = visitor.get(path)
        assert page.status_code == 200 and "Service 1" in said(page)
    assert "due for checking" in public(app)
    done = visitor.post(path)
    assert done.status_code == 200 and "checked today" in said(done) and "Set-Cookie" not in done.headers
    assert "(today)" in public(app)
    for again in (visitor.get(path), visitor.post(path)):
        assert again.status_code == 410 and "Nothing has changed" in said(again) and "Service 1" not in said(again)
    with app.app_context():
        assert [(one.by, one.what) for one in entries(council=COUNCIL)[:2]] == [
            ("visitor", "service_confirmed"),
            (entries(council=COUNCIL)[1].by, "service_asked"),
        ]
    assert "Whoever had the link in our letter" in said(desk.editor.get(f"/council/{COUNCIL}/services/{id_of(1)}"))


def test_a_link_that_is_over_unknown_or_of_a_service_that_has_gone_changes_nothing(app: Flask, desk: Desk) -> None:
    path = asked(app, desk)
    assert path.rsplit("/", 1)[1] not in str([vars(row) for row in rows(app, CheckLink)])
    visitor = Browser(app)
    unknown = visitor.get("/still-right/never-one-of-ours")
    change(app, update(CheckLink).values(ends_at=datetime.now(UTC)))
    over = visitor.get(path)
    assert (over.status_code, over.data) == (unknown.status_code, unknown.data) == (410, unknown.data)
    assert visitor.post(path).status_code == 410
    change(app, update(CheckLink).values(ends_at=datetime.now(UTC) + timedelta(days=1)))
    desk.editor.post(f"/council/{COUNCIL}/services/{id_of(1)}/withdraw")
    assert visitor.get(path).status_code == visitor.post(path).status_code == 410
    assert rows(app, CheckLink)[0].used_at is None


def test_a_service_without_an_address_is_not_asked(app: Flask, desk: Desk) -> None:
    page = desk.editor.get(QUEUE).text
    assert f"/entries/{id_of(1)}/ask" in page and f"/entries/{id_of(3)}/ask" not in page
    assert desk.editor.post(f"{QUEUE}/entries/{id_of(3)}/ask").status_code == 422
    assert rows(app, CheckLink) == []
