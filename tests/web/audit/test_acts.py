"""What people do today is in the audit trail, in the transaction of the deed: both, or neither."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.assistant.actions import settle_report, switch_off, switch_on
from app.assistant.models import AnswerReport
from app.assistant.queries import switched_off
from app.assistant.reporting import Outcome
from app.audit.actions import write_down_head
from app.audit.queries import entries, head
from app.directory.desk.actions import withdraw
from app.directory.models import ServiceAmendment
from app.extensions import db
from app.places.actions import CouncilFile, Tally, load_council
from tests.web.directory.feed import COUNCIL, a_service, id_of, imported

Noted = tuple[str, str, str, str | None]


def noted() -> list[Noted]:
    return [(entry.by, entry.what, entry.about, entry.council) for entry in reversed(entries())]


def a_council(name: str) -> Tally:
    council = CouncilFile.model_validate({"code": COUNCIL, "name": name, "contacts": {}})
    return load_council(council=council, by="command line")


@pytest.mark.both
def test_loading_a_council_is_noted_where_it_changed_something(app: Flask) -> None:
    for name in ("Marlshire", "Marlshire", "Marlshire Council"):
        a_council(name)
    assert noted() == [("command line", "council_loaded", COUNCIL, COUNCIL)] * 2


@pytest.mark.both
def test_publishing_and_withdrawing_are_noted(app: Flask, tmp_path: Path) -> None:
    a_council("Marlshire")
    outcome = imported([a_service(1), a_service(2)], tmp_path / "report.csv")
    withdraw(service_id=id_of(1), by="command line")
    withdrawal = db.session.scalars(select(ServiceAmendment)).one()
    assert noted()[1:] == [
        ("command line", "directory_published", f"publication:{outcome.publication_id}", None),
        ("command line", "service_withdrawn", f"amendment:{withdrawal.id}", COUNCIL),
    ]


@pytest.mark.both
def test_switching_and_settling_are_noted(app: Flask) -> None:
    with db.writing() as session:
        report = AnswerReport(
            day=datetime.now(UTC).date(), fault="danger_missed", needs=[], red_flags=[], rules=[], alternatives=[], question="",
            council=COUNCIL, rules_version="r", content_version="c",
        )  # fmt: skip
        session.add(report)
    switch_off(identity="night_needs.out", reason="wrong", by="command line")
    switch_on(identity="night_needs.out", by="job")
    settle_report(id=report.id, by="command line", outcome=Outcome.RULE_CHANGED)
    assert noted() == [
        ("command line", "switched_off", "night_needs.out", None),
        ("job", "switched_on", "night_needs.out", None),
        ("command line", "report_settled", f"report:{report.id}", COUNCIL),
    ]


@pytest.mark.both
@pytest.mark.parametrize(
    ("deed", "undone"),
    [
        (lambda: switch_off(identity="night_needs.out", reason="wrong", by="command line"), lambda: not switched_off()),
        (lambda: a_council("Marlshire"), lambda: not db.session.scalar(text("SELECT count(*) FROM council"))),
    ],
)
def test_a_deed_that_cannot_be_noted_is_not_done(app: Flask, deed: Callable[[], object], undone: Callable[[], bool]) -> None:
    def rename(before: str, after: str) -> None:
        db.session.rollback()
        with app.extensions["owner"].begin() as connection:
            connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))

    rename("audit_entry", "elsewhere")
    try:
        with pytest.raises(DBAPIError):
            deed()
    finally:
        rename("elsewhere", "audit_entry")
    assert undone() and noted() == []


def test_the_head_is_written_down_each_day(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    assert [job.every_seconds for job in app.extensions["jobs"] if job.name == "audit.head"] == [86400]
    a_council("Marlshire")
    with caplog.at_level(logging.INFO, logger="app"):
        write_down_head()
    assert f"audit head {head()}" in caplog.messages
