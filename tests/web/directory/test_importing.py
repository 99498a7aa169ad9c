"""Importing feeds: what becomes live, what stays, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from app.directory import actions, queries, staging
from app.directory.desk import actions as desk
from app.directory.publishing import Refused
from app.extensions import db
from tests.web.directory.feed import COUNCIL, a_service, all_live, at, id_of, imported, reported


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "report.csv"


def counts(outcome: actions.Outcome) -> tuple[int, int, int, int, int]:
    tally = outcome.tally
    return tally.new, tally.changed, tally.unchanged, tally.vanished, tally.rejected


@pytest.mark.both
def test_an_import_is_live_at_once_and_again_changes_nothing(app: Flask, report: Path) -> None:
    feed = [a_service(number) for number in range(3)]
    first = imported(feed, report)
    assert (counts(first), first.sequence) == ((3, 0, 0, 0, 0), 1)
    assert queries.current_sequence() == 1
    assert set(all_live()) == {"0", "1", "2"}
    again = imported(feed, report)
    assert (counts(again), again.sequence, again.publication_id) == ((0, 0, 3, 0, 0), None, None)
    assert queries.current_sequence() == 1


def test_no_batch_goes_through_all_that_was_staged_before_it(app: Flask, report: Path) -> None:
    """Of each statement about the services of a batch SQLite says how it finds them: never by the publication."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not many and "service_version" in statement and ".service_id IN" in statement:
            asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    for name in ("Club", "Choir"):
        again = a_service(1, name=name, last_modified="2026-02-02")
        imported([*(a_service(number, name=name, last_modified="2026-01-01") for number in range(staging.BATCH)), again], report)
    event.remove(db.engine, "before_cursor_execute", note)
    plans = [
        " ".join(row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
        for statement, parameters in asked
    ]
    assert len(plans) >= 4
    assert [plan for plan in plans if "ix_service_version_service" not in plan] == []


@pytest.mark.both
def test_new_changed_and_vanished_are_told_apart(app: Flask, report: Path) -> None:
    imported([a_service(number) for number in range(10)], report)
    changed = a_service(2, name="A new name")
    outcome = imported([a_service(number) for number in range(10) if number not in (2, 9)] + [changed, a_service(77)], report)
    assert counts(outcome) == (1, 1, 8, 1, 0)
    live = all_live()
    assert live["2"].name == "A new name" and "77" in live and "9" not in live and len(live) == 10
    changes = queries.changes_since(1)
    assert changes.sequence == 2
    assert {service.source_id for service in changes.upserted} == {"2", "77"}
    assert changes.removed == [id_of(9)]
    assert queries.was_withdrawn(id_of(9)) and not queries.was_withdrawn(id_of(2)) and not queries.was_withdrawn(id_of(500))


@pytest.mark.both
def test_a_day_of_change_alone_is_no_change(app: Flask, report: Path) -> None:
    imported([a_service(1, last_modified="2026-01-01")], report)
    assert imported([a_service(1, last_modified="2026-02-01")], report).publication_id is None


@pytest.mark.both
def test_bad_records_cost_nobody_else_and_keep_what_was_published_of_them(app: Flask, report: Path) -> None:
    imported([a_service(number) for number in range(4)], report)
    bad: list[Any] = [[1], {"id": id_of(1), "name": " ", "source": "the-source", "source_id": "1"}, {"name": "Without an id"}]
    outcome = imported([*bad, a_service(0), a_service(2, name="Changed"), a_service(3)], report)
    assert counts(outcome) == (0, 1, 2, 0, 3)
    assert all_live()["1"].name == "Service 1"
    rejected = {(row["line"], row["reason"]) for row in reported(report) if row["verdict"] == "reject"}
    assert {line for line, _ in rejected} == {"1", "2", "3"}


@pytest.mark.both
def test_a_feed_that_lost_a_fifth_is_held_until_somebody_allows_it(app: Flask, report: Path) -> None:
    imported([a_service(number) for number in range(10)], report)
    fewer = [a_service(number) for number in range(7)]
    held = imported(fewer, report)
    assert held.sequence is None and held.publication_id
    assert [(one.source, one.vanished, one.known) for one in held.tally.held] == [("the-source", 3, 10)]
    assert len(all_live()) == 10
    with pytest.raises(Refused):
        actions.publish(publication_id=held.publication_id, by="command line")
    actions.publish(publication_id=held.publication_id, by="command line", allow_vanished=True)
    assert len(all_live()) == 7


@pytest.mark.both
def test_a_source_that_the_feed_does_not_speak_of_is_left_alone(app: Flask, report: Path) -> None:
    imported([a_service(1), a_service(2, source="another")], report)
    imported([a_service(1, name="Changed")], report)
    assert {service.name for service in all_live().values()} == {"Changed", "Service 2"}


@pytest.mark.both
def test_what_is_staged_is_not_seen_until_it_is_published(app: Flask, report: Path) -> None:
    imported([a_service(1)], report)
    staged = imported([a_service(1, name="Changed"), a_service(2)], report, stage_only=True)
    assert {service.name for service in all_live().values()} == {"Service 1"}
    assert queries.current_sequence() == 1
    assert queries.service_or_none(id_of(2)) is None
    assert [one.publication_id for one in actions.staged_imports()] == [staged.publication_id]
    assert staged.publication_id
    assert actions.publish(publication_id=staged.publication_id, by="command line") == 2
    assert {service.name for service in all_live().values()} == {"Changed", "Service 2"}
    with pytest.raises(Refused):
        actions.publish(publication_id=staged.publication_id, by="command line")


@pytest.mark.both
def test_a_staged_import_that_was_overtaken_is_not_published(app: Flask, report: Path) -> None:
    imported([a_service(1)], report)
    staged = imported([a_service(1, name="Staged first")], report, stage_only=True, feed="one-feed")
    imported([a_service(1, name="Published first")], report, feed="another-feed")
    assert staged.publication_id
    with pytest.raises(Refused):
        actions.publish(publication_id=staged.publication_id, by="command line")
    assert [service.name for service in all_live().values()] == ["Published first"]


@pytest.mark.both
def test_what_others_publish_while_a_publication_is_looked_over_is_seen(app: Flask, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late, early = (imported([a_service(1, name=name)], report, feed=name, stage_only=True).publication_id for name in ("Late", "Early"))
    assert late and early
    in_turn = actions.in_turn

    def after_another(work: Any) -> Any:
        monkeypatch.undo()
        actions.publish(publication_id=early, by="command line")
        return in_turn(work)

    monkeypatch.setattr(actions, "in_turn", after_another)
    with pytest.raises(Refused):
        actions.publish(publication_id=late, by="command line")
    assert all_live()["1"].name == "Early"


@pytest.mark.both
def test_an_import_clears_what_an_earlier_one_of_its_feed_left(app: Flask, report: Path) -> None:
    left = imported([a_service(1)], report, stage_only=True)
    imported([a_service(1, name="Newer")], report)
    assert actions.staged_imports() == []
    assert left.publication_id
    with pytest.raises(Refused):
        actions.publish(publication_id=left.publication_id, by="command line")


@pytest.mark.both
def test_an_import_that_was_overtaken_by_another_of_its_feed_is_given_up(app: Flask, report: Path) -> None:
    def feed() -> Any:
        yield a_service(1)
        imported([a_service(2)], report.with_suffix(".other"))
        yield from (a_service(number) for number in range(10, 700))

    with pytest.raises(Refused):
        imported(feed(), report)
    assert set(all_live()) == {"2"}


@pytest.mark.both
def test_an_import_that_was_stopped_before_its_end_is_not_published(app: Flask) -> None:
    stopped = staging.begin("test-feed", "a test")
    assert actions.staged_imports() == []
    with pytest.raises(Refused):
        actions.publish(publication_id=stopped, by="command line")
    assert queries.current_sequence() == 0


@pytest.mark.both
def test_two_who_publish_at_once_both_find_their_place(app: Flask, report: Path) -> None:
    staged = [
        imported([a_service(number, source=f"s{number}")], report, feed=f"f{number}", stage_only=True).publication_id for number in range(6)
    ]

    def publish(publication_id: int | None) -> int:
        with app.app_context():
            assert publication_id
            return actions.publish(publication_id=publication_id, by="command line")

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(publish, staged)) == [1, 2, 3, 4, 5, 6]
    db.session.rollback()
    assert len(all_live()) == 6


@pytest.mark.both
def test_an_error_half_way_leaves_nothing_staged(app: Flask, report: Path) -> None:
    def feed() -> Any:
        yield from (a_service(number) for number in range(600))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        imported(feed(), report)
    assert all_live() == {} and actions.staged_imports() == []
    assert db.session.scalar(text("select count(*) from service_version")) == 0


@pytest.mark.both
def test_repeated_records_are_taken_once_and_the_newer_wins(app: Flask, report: Path) -> None:
    older, newer = a_service(1, last_modified="2026-01-01"), a_service(1, name="Newer", last_modified="2026-02-01T10:00:00Z")
    other = a_service(1, name="Other", organization={"id": "x", "name": "Another Trust", "description": "d"})
    same_key = a_service(3, source_id="1")
    filling = [a_service(number) for number in range(1000, 1600)]
    outcome = imported([older, *filling, newer, older, newer, other, same_key], report)
    assert (outcome.tally.new, outcome.tally.rejected) == (601, 2)
    assert all_live()["1"].name == "Newer"
    assert len(queries.by_ids([id_of(1)])) == 1
    assert {row["verdict"] for row in reported(report) if row["line"] in ("604", "605")} <= {"accept-with-repair", "reject"}


@pytest.mark.both
def test_a_newer_repeat_that_is_what_is_live_already_leaves_it_live(app: Flask, report: Path) -> None:
    live = a_service(1, last_modified="2026-02-01")
    filling = [a_service(number) for number in range(1000, 1600)]
    imported([live, *filling], report)
    outcome = imported([a_service(1, name="Old", last_modified="2026-01-01"), *filling, live], report)
    assert outcome.publication_id is None
    assert all_live()["1"].name == "Service 1"


@pytest.mark.both
def test_an_id_that_another_source_has_published_is_refused(app: Flask, report: Path) -> None:
    imported([a_service(1)], report)
    outcome = imported([a_service(1, source="thief"), a_service(2)], report, feed="other-feed")
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert all_live()["1"].source == "the-source"


@pytest.mark.both
def test_a_changed_id_replaces_the_service_of_the_same_source_id(app: Flask, report: Path) -> None:
    imported([a_service(1)], report)
    imported([a_service(1, id=id_of(99))], report)
    assert [service.id for service in all_live().values()] == [id_of(99)]
    assert queries.changes_since(1).removed == [id_of(1)]


@pytest.mark.both
def test_a_withdrawn_service_is_gone_at_once_and_cannot_be_withdrawn_twice(app: Flask, report: Path) -> None:
    imported([a_service(1), a_service(2)], report)
    assert desk.withdraw(service_id=id_of(1), by="command line") == 2
    assert queries.service_or_none(id_of(1)) is None and queries.was_withdrawn(id_of(1))
    assert queries.changes_since(1).removed == [id_of(1)]
    with pytest.raises(Refused):
        desk.withdraw(service_id=id_of(1), by="command line")


@pytest.mark.both
def test_text_that_databases_refuse_is_stored_without_what_they_refuse(app: Flask, report: Path) -> None:
    imported([a_service(1, name="Na\x00me \ud800", description="\x00", source_id="1\x00", x_extra="\x00\ud800")], report)
    assert [service.name for service in all_live().values()] == ["Name"]


def test_the_report_shows_no_formula_and_no_endless_value(app: Flask, report: Path) -> None:
    imported([a_service(1, email="=HYPERLINK(1)", url="javascript:" + "x" * 5000, id="@SUM(1)", service_areas=[])], report)
    rows = reported(report)
    assert {row["field"] for row in rows} == {"id", "email", "url", "service_areas"}
    assert all(not row["value"].startswith(("=", "+", "-", "@")) and row["id"] == "'@SUM(1)" and len(row["value"]) <= 201 for row in rows)
    assert all(row["reason"] and row["fix"] for row in rows)


@pytest.mark.both
def test_an_unknown_council_is_kept_and_reported_once(app: Flask, report: Path) -> None:
    outcome = imported([a_service(1), a_service(2)], report)
    assert outcome.tally.unknown_councils == {COUNCIL}
    assert len([row for row in reported(report) if row["value"] == COUNCIL]) == 1
    assert all_live()["1"].council_codes == (COUNCIL,)


@pytest.mark.both
def test_types_that_nobody_mapped_are_counted(app: Flask, report: Path) -> None:
    unknown = [{"taxonomy_term": {"name": "Space travel", "taxonomy": "other"}}]
    outcome = imported([a_service(1, attributes=unknown), a_service(2, attributes=unknown)], report)
    assert outcome.tally.unmapped == {("other", "Space travel"): 2}


@pytest.mark.both
def test_providing_names_active_services_of_the_area_and_national_ones(app: Flask, report: Path) -> None:
    elsewhere = [{"extent": "E99000002"}]
    imported(
        [
            a_service(1, service_at_locations=at(54.5, 0.6)),
            a_service(2, service_at_locations=at(54.4, 0.6)),
            a_service(3, fingerpost={"accepting": True}, service_at_locations=at(54.6, 0.6)),
            a_service(4, status="inactive"),
            a_service(5, status="temporarily closed"),
            a_service(6, service_areas=elsewhere),
            a_service(7, service_areas=[], fingerpost={"national": True}),
            a_service(8, attributes=[]),
            a_service(9, service_areas=[*elsewhere, {"extent": COUNCIL}], fingerpost={"accepting": False}),
        ],
        report,
    )
    near = queries.Point(54.4, 0.6, "here", COUNCIL)
    found = queries.providing(["home_care", "telecare"], COUNCIL, near, each=10)
    assert [service.source_id for service, _ in found["home_care"]] == ["3", "2", "1", "7", "9"]
    assert found["home_care"][1][1] == pytest.approx(0, abs=0.01) and found["home_care"][3][1] is None
    assert found["telecare"] == []
    assert len(queries.providing(["home_care"], COUNCIL, None)["home_care"]) == 3
    around = queries.providing(["home_care"], None, near, each=10)
    assert [service.source_id for service, _ in around["home_care"]] == ["3", "2", "1", "7"]
    counted = queries.counts(COUNCIL)
    assert (counted["services"], counted["active"], counted["temporarily_closed"]) == (7, 5, 1)
    assert (counted["accepting"], counted["not_accepting"]) == (1, 1)
    assert (counted["checked_in_a_year"], counted["check_not_dated"]) == (0, 5)


@pytest.mark.both
def test_an_empty_directory_says_so(app: Flask) -> None:
    assert (queries.current_sequence(), queries.data_age(), all_live()) == (0, None, {})
    assert queries.changes_since(0).upserted == [] and queries.providing(["home_care"], COUNCIL, None) == {"home_care": []}
    assert queries.counts(COUNCIL)["services"] == 0


@pytest.mark.both
def test_what_is_published_later_is_offered_at_once(app: Flask, report: Path) -> None:
    imported([a_service(1)], report)
    assert [service.source_id for service, _ in queries.providing(["home_care"], COUNCIL, None)["home_care"]] == ["1"]
    imported([a_service(1), a_service(2)], report)
    assert {service.source_id for service, _ in queries.providing(["home_care"], COUNCIL, None)["home_care"]} == {"1", "2"}
