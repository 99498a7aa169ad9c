"""What is past its time goes, and nothing else; the days stand in the register."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.accounts.models import EmailedLink, LimitCount, Membership, Person, SignIn
from app.assistant.models import AnswerReport
from app.audit.queries import entries, verify
from app.content.register import FILE, days_kept
from app.directory import queries as directory
from app.directory.desk.actions import restore, withdraw
from app.directory.models import CheckLink, EntryReport, Publication, ServiceArea, ServiceVersion
from app.directory.publishing import Refused
from app.directory.report import Report, kept_of, rejected_of
from app.events.models import EventRow, WordCount
from app.extensions import Base, db
from app.insights.actions import roll_up
from app.insights.models import DailyCount, FillState
from app.jobs import retention
from app.jobs.actions import run_due, send
from app.jobs.locks import held
from app.jobs.models import Letter
from app.jobs.retention import apply, rules, waiting
from app.relationships.contacts.models import AskedQuestion
from app.signposts.models import Signpost
from app.training.models import Answer, Attempt, ModuleRelease
from app.training.review.models import ReviewCard
from tests.web.directory.feed import a_service, id_of, imported
from tests.web.insights.use import make, stored

NOW = datetime.now(UTC)
FAR = NOW + timedelta(days=400)


def rule(name: str) -> retention.Keeping:
    return next(one for one in rules() if one.name == name)


def an_attempt(name: str, began: datetime, finished: datetime | None) -> list[Base]:
    attempt = Attempt(
        token=name, module="m", version="1", release="r", part="module", started_at=began, touched_at=began, active_seconds=0,
        finished_at=finished, page="p",
    )  # fmt: skip
    return [attempt, Answer(token=name, question="q", form="after", given=["a"], is_right=True, answered_at=began)]


def a_card(name: str, reviewed: datetime) -> ReviewCard:
    held = {"stability": 1.0, "difficulty": 5.0, "due_at": FAR}
    known = {"person_id": "holder", "question": "q", "release": "0" * 64, "given": ["a"], "is_right": True}
    return ReviewCard(module=name, reviewed_at=reviewed, **known, **held)


def a_report(settled: datetime | None) -> AnswerReport:
    lists = {"needs": [], "red_flags": [], "rules": [], "alternatives": []}
    words = {"fault": "f", "question": "", "council": "", "rules_version": "1", "content_version": "1", "outcome": "done"}
    return AnswerReport(day=NOW.date(), settled_on=settled and settled.date(), **lists, **words)


def an_entry_report(name: str, settled: datetime | None) -> EntryReport:
    long_ago = (NOW - timedelta(days=800)).date()
    return EntryReport(service_id=name, council_code="E99000001", fault="phone", day=long_ago, last_day=long_ago, settled_at=settled)


def a_signpost(name: str, given: datetime) -> Signpost:
    return Signpost(code=name, pressed=name, council_code="E99000001", given_on=given.date(), alternatives=[], services=[], needs=[])


def a_check_link(name: str, **times: datetime) -> CheckLink:
    usual = {"made_at": NOW, "ends_at": FAR}
    return CheckLink(token_hash=name, service_id="x", council_code="E99000001", sent_to="editors", **(usual | times))


def a_session(name: str, **times: Any) -> SignIn:
    usual = {"began_at": NOW, "seen_at": NOW, "idle_seconds": 1800, "ends_at": FAR}
    return SignIn(token_hash=name, id=name, data="{}", browser="b", **(usual | times))


def a_link(name: str, **times: Any) -> EmailedLink:
    return EmailedLink(
        token_hash=name, kind="sign_in", email=f"{name}@example.org", made_by="link", made_at=NOW, **({"ends_at": FAR} | times)
    )


def a_role(name: str, ended: datetime | None) -> list[Base]:
    return [
        Person(id=name, email=f"{name}@example.org", made_at=NOW),
        Membership(id=name, person_id=name, role="learner", practice_code="Z99001", since=NOW, ended_at=ended),
    ]


def a_letter(name: str, made: datetime) -> Letter:
    return Letter(id=name, recipient=f"{name}@example.org", subject="s", body="b", made_at=made)


def an_event(moment: datetime) -> EventRow:
    return EventRow(happened_at=moment, day=moment.date(), kind="search_made", facts={"found": True, "alternatives": []})


ROWS: dict[str, Callable[[str, datetime], list[Base]]] = {
    "event": lambda _name, moment: [an_event(moment)],
    "word_count": lambda name, moment: [WordCount(council_code="", month=moment.date(), word=name, found=True, count=1)],
    "daily_count": lambda name, moment: [
        DailyCount(council_code="", measure=name, subject="", practice_code="", day=moment.date(), count=1)
    ],
    "attempt_unfinished": lambda name, moment: an_attempt(name, moment, None),
    "attempt_finished": lambda name, moment: an_attempt(name, moment, moment),
    "answer_report": lambda _name, moment: [a_report(moment)],
    "entry_report": lambda name, moment: [an_entry_report(name, moment)],
    "signpost": lambda name, moment: [a_signpost(name, moment)],
    "asked_question": lambda name, moment: [
        AskedQuestion(id=name, council_code="E99000001", question=name, asked_on=moment.date(), answer=""),
    ],
    "check_link": lambda name, moment: [a_check_link(name, ends_at=moment), a_check_link(f"{name} used", used_at=moment)],
    "sign_in": lambda name, moment: [
        a_session(name, ends_at=moment), a_session(f"{name} idle", seen_at=moment - timedelta(minutes=30)),
    ],
    "emailed_link": lambda name, moment: [a_link(name, ends_at=moment), a_link(f"{name} used", used_at=moment)],
    "limit_count": lambda name, moment: [LimitCount(key=name, ends_at=moment, count=1)],
    "membership": lambda name, moment: a_role(name, moment),
    "letter": lambda name, moment: [a_letter(name, moment)],
    "review_card": lambda name, moment: [a_card(name, moment)],
}  # fmt: skip
"""Rows that are over since a moment, for each rule but the directory's, which come below."""
KEPT_ANYHOW: list[Callable[[], list[Base]]] = [
    lambda: [ModuleRelease(id="r", module="m", version="1", files={}, seen_at=NOW)],
    lambda: an_attempt("finished late", NOW - timedelta(days=700), NOW),
    lambda: [a_report(None)],
    lambda: [an_entry_report("open", None), a_check_link("live")],
    lambda: [a_session("live"), a_link("live")],
    lambda: [*a_role("holder", None), a_card("today", NOW)],
]
"""Rows that are not over, however old."""


def counts() -> dict[str, int]:
    tables = (table for table in Base.metadata.sorted_tables if table.name not in ("audit_entry", "fill_state"))
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def add(rows: list[Base]) -> None:
    with db.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()


@pytest.mark.both
@pytest.mark.parametrize("name", ROWS)
def test_each_rule_takes_what_is_past_its_day_and_leaves_the_rest(app: Flask, name: str) -> None:
    due = NOW - timedelta(days=days_kept()[name])
    for rows in KEPT_ANYHOW:
        add(rows())
    add(ROWS[name]("young", due + timedelta(days=1)))
    roll_up()
    before = counts()
    old = ROWS[name]("old", due - timedelta(days=1))
    add(old)
    if name == "event":
        roll_up()
        before = counts() | {"event": before["event"]}
    taken = len([row for row in old if not isinstance(row, Answer | Person)])
    assert waiting(rule(name)) == taken
    assert apply(rule(name), by="job") == taken
    assert waiting(rule(name)) == apply(rule(name), by="job") == 0
    assert counts() == before | ({"person": before["person"] + 1} if name == "membership" else {})


def test_every_rule_is_tried(app: Flask) -> None:
    of_people = {"unused_warned", "unused"}  # tests/web/accounts/test_unused.py
    tried = {*ROWS, *of_people, "service_version_superseded", "service_version_withdrawn", "publication", "publication_report"}
    assert {one.name for one in rules()} == tried == days_kept().keys()


def test_the_days_of_the_register_count_and_no_others(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add([a_letter("ten", NOW - timedelta(days=10))])
    assert waiting(rule("letter")) == 0
    shutil.copytree(app.config["CONTENT_DIR"], tmp_path / "content")
    file = tmp_path / "content" / FILE
    text = file.read_text(encoding="utf-8")
    assert text.count("what: letters, days: 30,") == 1
    file.write_text(text.replace("what: letters, days: 30,", "what: letters, days: 9,"), encoding="utf-8")
    monkeypatch.setitem(app.config, "CONTENT_DIR", tmp_path / "content")
    monkeypatch.setitem(app.extensions, "content", {})
    assert apply(rule("letter"), by="job") == 1


@pytest.mark.both
def test_each_batch_is_noted_with_its_number(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 10)
    add([a_letter(str(number), NOW - timedelta(days=40)) for number in range(25)])
    result = app.test_cli_runner().invoke(args=["retention", "run"])
    assert result.exit_code == 0
    assert "letter: 25 row(s) older than 30 day(s) removed" in result.output
    noted = [(entry.by, entry.what, entry.about) for entry in entries()]
    assert noted == [("command line", "retention_run", f"letter:{number}") for number in (5, 10, 10)]
    assert verify()[1] is None


def test_a_note_that_cannot_be_written_leaves_the_rows(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise LookupError

    add([a_letter("old", NOW - timedelta(days=40))])
    monkeypatch.setattr(retention, "note", fails)
    with pytest.raises(LookupError):
        apply(rule("letter"), by="job")
    assert waiting(rule("letter")) == 1


def test_a_row_that_was_changed_meanwhile_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody finishes an old attempt between the look and the lock."""
    add([ModuleRelease(id="r", module="m", version="1", files={}, seen_at=NOW), *an_attempt("slow", NOW - timedelta(days=500), None)])
    writing = db.writing

    def late() -> Any:
        monkeypatch.setattr(db, "writing", writing)
        with db.writing() as session:
            session.execute(update(Attempt).values(finished_at=NOW))
        return db.writing()

    monkeypatch.setattr(db, "writing", late)
    assert apply(rule("attempt_unfinished"), by="job") == 0
    assert counts()["attempt"] == counts()["answer"] == 1


def test_a_dry_run_says_how_many_and_takes_none(app: Flask) -> None:
    add([a_letter("old", NOW - timedelta(days=40))])
    result = app.test_cli_runner().invoke(args=["retention", "run", "--dry-run"])
    assert result.exit_code == 0
    assert "letter: 1 row(s) are older than 30 day(s)" in result.output
    assert len(result.output.splitlines()) == len(rules())
    assert waiting(rule("letter")) == 1 and entries() == []


def test_the_command_waits_for_the_runner(app: Flask) -> None:
    add([a_letter("old", NOW - timedelta(days=40))])
    with held(retention.JOB):
        result = app.test_cli_runner().invoke(args=["retention", "run"])
    assert result.exit_code == 1 and "Try again later" in result.output
    assert waiting(rule("letter")) == 1


@pytest.mark.both
def test_the_runner_does_it_once_a_day(app: Flask) -> None:
    add([a_letter("old", NOW - timedelta(days=40))])
    first = [outcome for outcome in run_due(app) if outcome.job == retention.JOB]
    assert [outcome.error for outcome in first] == [None] and waiting(rule("letter")) == 0
    send(to="new@example.org", subject="s", body="b")
    assert retention.JOB not in [outcome.job for outcome in run_due(app)]
    assert [entry.by for entry in entries()] == ["job"]


@pytest.mark.both
def test_events_go_only_when_all_measures_have_counted_them_and_no_count_changes(app: Flask) -> None:
    make(300)
    with db.writing() as session:
        session.execute(update(EventRow).values(happened_at=NOW - timedelta(days=500)))
    assert waiting(rule("event")) == 0
    roll_up()
    before = stored()
    half = db.session.scalar(select(func.min(EventRow.id))) + 149
    with db.writing() as session:
        session.execute(update(FillState).where(FillState.measure == "searches").values(last_event_id=half))
    assert apply(rule("event"), by="job") == 150
    with db.writing() as session:
        session.execute(update(FillState).values(last_event_id=half + 150))
        session.execute(update(FillState).where(FillState.measure == "searches").values(version=0))
    assert apply(rule("event"), by="job") == 0  # It will be counted again.
    with db.writing() as session:
        session.execute(update(FillState).values(version=1))
    assert apply(rule("event"), by="job") == 150
    assert counts()["event"] == 0
    roll_up()
    assert stored() == before


def aged(*sequences: int) -> None:
    """Put these publications back by five hundred days."""
    with db.writing() as session:
        session.execute(update(Publication).where(Publication.sequence.in_(sequences)).values(published_at=NOW - timedelta(days=500)))


@pytest.mark.both
def test_states_that_were_replaced_long_ago_go(app: Flask, tmp_path: Path) -> None:
    for name in ("First", "Second", "Third"):
        imported([a_service(1, name=name), a_service(2)], tmp_path / "report.csv")
    live = {number: directory.service_or_none(id_of(number)) for number in (1, 2)}
    aged(1, 2)
    assert apply(rule("service_version_withdrawn"), by="job") == 0
    assert apply(rule("service_version_superseded"), by="job") == 1
    assert db.session.scalars(select(ServiceVersion.name).order_by(ServiceVersion.id)).all() == ["Service 2", "Second", "Third"]
    aged(3)
    assert [apply(one, by="job") for one in rules() if one.name.startswith(("service", "publication"))] == [1, 0, 0, 1]
    assert {number: directory.service_or_none(id_of(number)) for number in (1, 2)} == live
    assert counts()["service_area"] == counts()["service_version"] == counts()["publication"] == 2


@pytest.mark.both
def test_reports_of_imports_go_and_what_they_are_of_stays(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    old, new = (imported([a_service(number, name=""), a_service(9 + number)], tmp_path / "x.csv").publication_id or 0 for number in (1, 2))
    with db.writing() as session:
        session.execute(update(Publication).where(Publication.id == old).values(started_at=NOW - timedelta(days=93)))
    loose = [tmp_path / "reports" / f"import-{number}.csv" for number in range(2)]
    for path, days in zip(loose, (93, 91), strict=True):
        path.write_text("")
        os.utime(path, (time.time() - days * 86_400,) * 2)
    assert waiting(rule("publication_report")) == apply(rule("publication_report"), by="job") == 1
    assert apply(rule("publication_report"), by="job") == 0
    with Report():
        assert [path.exists() for path in loose] == [False, True]
    for number, there in ((old, False), (new, True)):
        assert [path.exists() for path in (kept_of(number), rejected_of(kept_of(number)))] == [there, there]
    assert directory.live_count() == 1


@pytest.mark.both
def test_what_is_staged_replaces_nothing_yet_and_the_newest_change_stays(app: Flask, tmp_path: Path) -> None:
    imported([a_service(1)], tmp_path / "report.csv")
    withdraw(service_id=id_of(1), by="command line")
    imported([a_service(1)], tmp_path / "report.csv", stage_only=True)
    add([Publication(feed="of nothing", started_by="command line", started_at=NOW, published_at=NOW, sequence=3)])
    aged(1, 2, 3)
    assert [apply(rule(name), by="job") for name in ("service_version_superseded", "publication")] == [0, 0]
    assert directory.current_sequence() == 3


@pytest.mark.both
def test_a_withdrawn_service_is_emptied_and_its_page_still_says_that_it_is_gone(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    imported([a_service(1, name="Mrs Invented, chiropodist"), a_service(2)], tmp_path / "report.csv")
    withdraw(service_id=id_of(1), by="command line")
    assert apply(rule("service_version_withdrawn"), by="job") == 0
    aged(1, 2)
    assert apply(rule("service_version_superseded"), by="job") == 0
    assert apply(rule("service_version_withdrawn"), by="job") == 1
    assert apply(rule("service_version_withdrawn"), by="job") == apply(rule("publication"), by="job") == 0
    row = db.session.scalar(select(ServiceVersion).where(ServiceVersion.service_id == id_of(1)))
    assert row and (row.name, row.record, row.original, row.positions) == ("", {}, "", [])
    assert client.get(f"/services/{id_of(1)}").status_code == 410
    assert directory.changes_since(1).removed == [id_of(1)]
    assert directory.service_or_none(id_of(2)) is not None and counts()["service_version"] == 2
    assert db.session.scalar(select(func.count()).select_from(ServiceArea)) == 2


@pytest.mark.both
def test_a_withdrawn_service_that_comes_back_is_whole_again(app: Flask, tmp_path: Path) -> None:
    imported([a_service(1)], tmp_path / "report.csv")
    withdraw(service_id=id_of(1), by="command line")
    aged(1, 2)
    apply(rule("service_version_withdrawn"), by="job")
    with pytest.raises(Refused, match="comes back when its feed lists it again"):
        restore(service_id=id_of(1), by="command line")
    imported([a_service(1)], tmp_path / "report.csv")
    apply(rule("service_version_superseded"), by="job")
    found = directory.service_or_none(id_of(1))
    assert found is not None and found.name == "Service 1" and counts()["service_version"] == 1
