"""What editors change: over whatever the source says, live at once, undone whole."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.directory import actions, queries
from app.directory.desk import actions as desk
from app.directory.models import ServiceAmendment
from app.directory.publishing import Refused
from app.extensions import db
from app.tenancy import Grant, Scope, acting
from tests.web.directory.feed import COUNCIL, a_service, id_of, imported

pytestmark = pytest.mark.both
BY = "command line"


def changed(service: int, **says: Any) -> str:
    """An approved change; its id."""
    amendment = desk.draft(service_id=id_of(service), council=COUNCIL, says=says, by=BY)
    desk.approve(amendment_id=amendment, by=BY)
    return amendment


def now(service: int) -> queries.LiveService:
    found = queries.service_or_none(id_of(service))
    assert found
    return found


@pytest.fixture
def feed(app: Flask, tmp_path: Path) -> Any:
    def again(*records: dict[str, Any], **options: Any) -> Any:
        return imported(records or [a_service(1), a_service(2)], tmp_path / "report.csv", **options)

    again()
    return again


def test_a_draft_changes_nothing_until_it_is_approved(feed: Any) -> None:
    sequence = queries.current_sequence()
    amendment = desk.draft(service_id=id_of(1), council=COUNCIL, says={"phone": "01632 960009"}, by=BY)
    assert now(1).phone == "" and queries.current_sequence() == sequence
    assert desk.approve(amendment_id=amendment, by=BY) == sequence + 1
    assert now(1).phone == "01632 960009" and now(1).name == "Service 1"
    assert [service.id for service in queries.changes_since(sequence).upserted] == [id_of(1)]


def test_a_change_holds_when_the_feed_comes_again(feed: Any) -> None:
    changed(1, phone="01632 960009", wait=None)
    assert feed().sequence is None, "nothing is new"
    feed(a_service(1, name="Renamed", phones=[{"number": "01632 960001"}]), a_service(2))
    assert (now(1).name, now(1).phone) == ("Renamed", "01632 960009")


def test_undoing_shows_what_the_source_says_by_now(feed: Any) -> None:
    first = changed(1, phone="01632 960009")
    changed(1, summary="Ours.")
    feed(a_service(1, phones=[{"number": "01632 960001"}]), a_service(2))
    desk.undo(amendment_id=first, by=BY)
    assert (now(1).phone, now(1).summary) == ("01632 960001", "Ours.")
    with pytest.raises(Refused):
        desk.undo(amendment_id=first, by=BY)


def test_it_is_known_what_stood_there_before(feed: Any) -> None:
    amendment = changed(1, name="Better", phone="01632 960009")
    row = db.session.get_one(ServiceAmendment, amendment)
    assert (row.says, row.instead_of) == ({"name": "Better", "phone": "01632 960009"}, {"name": "Service 1"})


def test_a_draft_is_settled_once(feed: Any) -> None:
    amendment = desk.draft(service_id=id_of(1), council=COUNCIL, says={"name": "Other"}, by=BY)
    desk.refuse(amendment_id=amendment, by=BY)
    for again in (desk.approve, desk.refuse, desk.undo):
        with pytest.raises(Refused, match="settled"):
            again(amendment_id=amendment, by=BY)
    with pytest.raises(Refused, match="no such change"):
        desk.approve(amendment_id="none", by=BY)
    assert now(1).name == "Service 1"


def test_a_service_is_added_at_the_desk_and_no_feed_ends_it(feed: Any) -> None:
    says = {"name": "Knit and natter", "phone": "01632 960007", "summary": "Company on Tuesdays."}
    amendment = desk.draft(service_id=None, council=COUNCIL, says=says, by=BY)
    service_id = db.session.get_one(ServiceAmendment, amendment).service_id
    assert queries.service_or_none(service_id) is None
    desk.approve(amendment_id=amendment, by=BY)
    found = queries.service_or_none(service_id)
    assert found and (found.name, found.phone, found.council_codes) == ("Knit and natter", "01632 960007", (COUNCIL,))
    feed()
    assert queries.service_or_none(service_id)
    later = desk.draft(service_id=service_id, council=COUNCIL, says={"phone": "01632 960008"}, by=BY)
    desk.approve(amendment_id=later, by=BY)
    found = queries.service_or_none(service_id)
    assert found and (found.name, found.phone) == ("Knit and natter", "01632 960008")
    desk.undo(amendment_id=later, by=BY)
    desk.undo(amendment_id=amendment, by=BY)
    found = queries.service_or_none(service_id)
    assert found is not None, "what was added stays with its name; withdrawing takes it out"


def test_what_was_withdrawn_stays_out_whatever_the_feed_says_until_it_is_restored(feed: Any) -> None:
    desk.withdraw(service_id=id_of(1), by=BY)
    assert queries.service_or_none(id_of(1)) is None
    outcome = feed(a_service(1, name="Renamed"), a_service(2))
    assert (outcome.tally.withheld, outcome.tally.vanished, outcome.sequence) == (1, 0, None)
    assert queries.service_or_none(id_of(1)) is None and queries.was_withdrawn(id_of(1))
    desk.restore(service_id=id_of(1), by=BY)
    assert now(1).name == "Service 1", "as its source gave it when it was last shown"
    feed(a_service(1, name="Renamed"), a_service(2))
    assert now(1).name == "Renamed"
    with pytest.raises(Refused):
        desk.restore(service_id=id_of(1), by=BY)


def test_an_import_that_was_staged_before_a_withdrawal_does_not_bring_it_back(feed: Any) -> None:
    staged = feed(a_service(1, name="Renamed"), a_service(2, name="Renamed, too"), stage_only=True)
    desk.withdraw(service_id=id_of(1), by=BY)
    with pytest.raises(Refused):
        actions.publish(publication_id=staged.publication_id, by=BY)
    assert queries.service_or_none(id_of(1)) is None


def test_the_later_day_of_checking_counts(feed: Any) -> None:
    changed(1, assured_on="2026-06-01")
    assert str(now(1).assured_on) == "2026-06-01"
    feed(a_service(1, assured_date="2026-09-01"), a_service(2))
    assert str(now(1).assured_on) == "2026-09-01"


def test_where_it_comes_from_and_whom_it_serves_are_not_the_editors_to_say(feed: Any) -> None:
    for name in ("id", "source", "source_id", "council_codes", "national", "nonsense"):
        with pytest.raises(ValueError, match=name):
            desk.draft(service_id=id_of(1), council=COUNCIL, says={name: "x"}, by=BY)


def test_every_step_is_in_the_trail(feed: Any) -> None:
    amendment = changed(1, name="Better")
    desk.undo(amendment_id=amendment, by=BY)
    refused = desk.draft(service_id=id_of(1), council=COUNCIL, says={"name": "Worse"}, by=BY)
    desk.refuse(amendment_id=refused, by=BY)
    about = [
        (row.what, row.about) for row in db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)) if "amendment:" in row.about
    ]
    assert about == [
        ("service_drafted", f"amendment:{amendment}"), ("service_amended", f"amendment:{amendment}"),
        ("service_amendment_undone", f"amendment:{amendment}"),
        ("service_drafted", f"amendment:{refused}"), ("service_draft_refused", f"amendment:{refused}"),
    ]  # fmt: skip


def test_an_editor_reaches_the_changes_of_their_council_only(feed: Any) -> None:
    amendment = desk.draft(service_id=id_of(1), council=COUNCIL, says={"name": "Better"}, by=BY)
    with acting(Scope(frozenset({Grant("directory_editor", "E99000002")}))), pytest.raises(Refused, match="no such change"):
        desk.approve(amendment_id=amendment, by="0" * 32)
    with acting(Scope(frozenset({Grant("directory_editor", COUNCIL)}))):
        desk.approve(amendment_id=amendment, by="0" * 32)
    assert now(1).name == "Better"
