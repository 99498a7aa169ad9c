"""A letter goes out once: tried again where that may help, given up where it does not, and then without its text."""

import logging
import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.extensions import db
from app.jobs import smtp
from app.jobs.actions import send
from app.jobs.letters import WAITS
from app.jobs.models import Letter
from app.jobs.outbox import CLAIM, post
from app.jobs.queries import Outbox, outbox
from app.jobs.retention import run
from tests.web.jobs.conftest import MailAt
from tests.web.jobs.sink import Sink, free_port


def a_letter(name: str = "ann", body: str = "Grüße: https://example.org/l/secret\n.\nYours\n") -> None:
    send(to=f"{name}@example.org", subject="Your link – for today", body=body)


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).order_by(Letter.made_at)))


def later(by: timedelta = timedelta(days=1)) -> None:
    with db.writing() as session:
        session.execute(update(Letter).where(Letter.due_at.is_not(None)).values(due_at=datetime.now(UTC) - by))


@pytest.mark.both
def test_a_letter_arrives_once_as_plain_text_and_its_body_is_gone_from_here(app: Flask, sink: Sink) -> None:
    a_letter()
    post()
    post()
    [letter], [kept] = sink.letters, letters()
    assert letter["Message-ID"] == f"<{kept.id}@localhost>"
    assert (letter["From"], letter["To"], letter["Subject"]) == ("post@example.org", "ann@example.org", "Your link – for today")
    assert letter["Date"].datetime == kept.made_at.replace(microsecond=0)
    assert (letter.get_content_type(), letter.get_content_charset(), letter.is_multipart()) == ("text/plain", "utf-8", False)
    assert letter.get_content().replace("\r\n", "\n") == "Grüße: https://example.org/l/secret\n.\nYours\n"
    assert kept.sent_at and kept.body == "" and kept.due_at is None
    assert outbox() == Outbox(waiting=0, given_up=0, has_server=True)


@pytest.mark.both
def test_a_letter_stands_or_falls_with_what_it_is_about(app: Flask, sink: Sink) -> None:
    with pytest.raises(LookupError), db.writing():
        a_letter()
        raise LookupError
    post()
    assert (letters(), sink.ids) == ([], [])


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ann@example.org", "Hello\r\nBcc: bob@example.org"),
        ("ann@example.org", "Hello\nthere"),
        ("ann@example.org", "Hello\u2028there"),
        ("ann@example.org", "Hello\x00"),
        ("ann@example.org\nBcc: bob@example.org", "Hello"),
        ("ann@example.org, bob@example.org", "Hello"),
        ("Ann <ann@example.org>", "Hello"),
        ("ann@example.org\n", "Hello"),
        ("", "Hello"),
        ("ann@example.org", "x" * 201),
    ],
)
def test_what_could_add_a_header_or_a_recipient_never_enters_the_outbox(app: Flask, to: str, subject: str) -> None:
    with pytest.raises(ValueError, match="recipient|subject") as refused:
        send(to=to, subject=subject, body="")
    assert "example.org" not in str(refused.value) and letters() == []


@pytest.mark.both
def test_what_is_refused_for_now_is_tried_again_for_a_day_and_then_given_up(app: Flask, sink: Sink) -> None:
    sink.answer = lambda _: "451 later"
    a_letter()
    waited = []
    while outbox().waiting:
        post()
        [letter] = letters()
        if letter.due_at:
            waited.append(round((letter.due_at - datetime.now(UTC)).total_seconds() / 60))
        later()
    assert waited[:5] == [1, 5, 15, 60, 60] and 23 * 60 < sum(waited) <= 24 * 60
    assert letter.tries == len(WAITS) + 1
    assert letter.given_up_at and letter.body == "" and outbox().given_up == 1


@pytest.mark.both
def test_what_is_refused_for_good_is_given_up_at_once_and_holds_up_no_other(app: Flask, sink: Sink) -> None:
    sink.answer = lambda recipient: "550 unknown" if recipient.startswith("nobody") else "250 OK"
    for name in ("ann", "nobody", "bob"):
        a_letter(name)
    post()
    assert [letter["To"] for letter in sink.letters] == ["ann@example.org", "bob@example.org"]
    [refused] = [letter for letter in letters() if letter.given_up_at]
    assert (refused.recipient, refused.tries, refused.body, refused.due_at) == ("nobody@example.org", 1, "", None)


@pytest.mark.both
def test_while_no_server_is_to_be_had_all_wait_and_go_out_once_it_is_back(app: Flask, mail_at: MailAt, sink: Sink) -> None:
    mail_at(f"smtp://127.0.0.1:{free_port()}")
    a_letter("ann")
    a_letter("bob")
    with pytest.raises(ConnectionRefusedError):
        post()
    post()  # Nothing is due now.
    assert [(letter.tries, letter.sent_at) for letter in letters()] == [(1, None)] * 2
    mail_at(f"smtp://127.0.0.1:{sink.port}")
    later()
    post()
    assert {letter["To"] for letter in sink.letters} == {"ann@example.org", "bob@example.org"}


def test_a_server_that_never_speaks_is_waited_for_ten_seconds_at_most(app: Flask, mail_at: MailAt, monkeypatch: pytest.MonkeyPatch) -> None:
    assert smtp.REACHED_WITHIN == 10
    monkeypatch.setattr(smtp, "REACHED_WITHIN", 0.2)
    a_letter()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail_at(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(smtp.Problem):
            post()
    assert [(letter.tries, letter.sent_at) for letter in letters()] == [(1, None)]


def test_a_letter_whose_answer_never_came_goes_again_as_the_same_letter(app: Flask, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server may have taken it, so what goes out again has the same Message-ID and is the same to the byte."""
    monkeypatch.setattr(smtp, "ANSWERED_WITHIN", 0.3)
    sink.keeping_still = 1.0
    a_letter("ann")
    a_letter("bob")
    with pytest.raises(smtp.Problem):
        post()
    assert [letter.tries for letter in letters()] == [1, 0]
    sink.keeping_still = 0.0
    later()
    post()
    first = [letter for letter in sink.letters if letter["To"] == "ann@example.org"]
    assert len(first) == 2 and first[0].as_bytes() == first[1].as_bytes()
    assert outbox().waiting == 0


@pytest.mark.both
def test_two_that_post_at_once_send_each_letter_once(app: Flask, sink: Sink) -> None:
    for number in range(30):
        a_letter(f"person{number}")
    together = Barrier(2)

    def runner() -> None:
        with app.app_context():
            together.wait()
            post()

    threads = [Thread(target=runner) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sink.ids) == 30 and set(Counter(sink.ids).values()) == {1}


@pytest.mark.both
def test_a_letter_that_somebody_took_is_nobody_elses_until_its_time_is_over(app: Flask, sink: Sink) -> None:
    a_letter()
    taken_at = datetime.now(UTC)
    with db.writing() as session:
        session.execute(update(Letter).values(due_at=taken_at + CLAIM, tries=1))
    post()
    assert sink.ids == []
    later(timedelta(seconds=1))
    post()
    assert len(sink.ids) == 1


@pytest.mark.both
def test_letters_are_removed_after_thirty_days(app: Flask) -> None:
    a_letter("old")
    with db.writing() as session:
        session.execute(update(Letter).values(made_at=datetime.now(UTC) - timedelta(days=31)))
    a_letter("new")
    run()
    assert [letter.recipient for letter in letters()] == ["new@example.org"]


def test_posting_is_a_job_only_where_there_is_a_server(app: Flask) -> None:
    assert [job.name for job in app.extensions["jobs"] if job.name.startswith("jobs.")] == []


def test_nothing_of_a_letter_is_logged(app: Flask, sink: Sink, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="app")
    sink.answer = lambda recipient: {"a": "250 OK", "b": "451 later", "c": "550 no such canary"}[recipient[0]]
    for name in ("a.canary", "b.canary", "c.canary"):
        send(to=f"{name}@example.org", subject="canary", body="canary")
    post()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("app")]
    assert len(ours) == 1 and "given up" in ours[0] and "550" in ours[0]
    assert "canary" not in "".join(ours)


def test_the_status_says_how_the_outbox_stands(app: Flask, client: FlaskClient, mail_at: MailAt) -> None:
    a_letter()
    facts = client.get("/status", headers={"Accept": "application/json"}).get_json()
    assert facts["letters"] == {"waiting": 1, "given_up": 0, "has_server": False}
    assert "no MAIL_URL: 1 letter(s) wait; 0 of the last 30 days given up" in client.get("/status").text
    mail_at("smtp://127.0.0.1")
    assert "1 letter(s) wait to be sent" in client.get("/status").text
