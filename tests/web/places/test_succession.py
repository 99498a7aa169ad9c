"""Councils merge and are divided: everything goes along with its history, or nothing does."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Membership
from app.audit import queries as audit
from app.audit.chain import START, walk
from app.audit.models import AuditEntry
from app.directory import queries as directory
from app.directory.desk import actions as desk
from app.directory.desk import queries as desk_queries
from app.directory.models import CheckLink, CouncilFeed, CouncilTerm, EntryReport, ServiceAmendment, ServiceVersion
from app.extensions import Base, db
from app.places import queries as places
from app.search import sync
from app.tenancy import EVERYTHING, Grant, Scope, acting
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO
from tests.tenants import id_of as person
from tests.web.directory.feed import a_service, all_live, id_of
from tests.web.places.samples import HEADING
from tests.web.places.succeeded import (
    A_MERGER,
    BESIDE,
    EAST,
    IN_NORTH,
    IN_ONE,
    IN_SOUTH,
    MOVES,
    NORTH,
    NOWHERE,
    SOUTH,
    WEST,
    WITHDRAWN,
    Command,
    a_division,
    everything,
    feed_again,
    left_behind,
    make_councils,
    say_things,
)  # fmt: skip

pytestmark = pytest.mark.both
ROLES = {"admin": "council_admin", "editor": "directory_editor"}
EDITED = {"summary": "Lunch on Tuesdays."}


@pytest.fixture
def succeed(app: Flask, tmp_path: Path) -> Command:
    """Two councils with everything in them: one service is amended, one withdrawn, a draft waits."""
    make_councils()
    feed_again(tmp_path)
    for number, says in ((1, EDITED), (WITHDRAWN, {"withdrawn": True})):
        desk.approve(amendment_id=desk.draft(service_id=id_of(number), council=ONE, says=says, by="command line"), by="command line")
    desk.draft(service_id=id_of(2), council=ONE, says={"name": "Better"}, by="command line")
    say_things()
    return Command(app, tmp_path)


def councils_of_services() -> dict[str, tuple[str, ...]]:
    db.session.rollback()
    return {number: service.council_codes for number, service in sorted(all_live().items())}


def test_a_merger_takes_everything_along_and_nothing_stays_behind(app: Flask, succeed: Command, tmp_path: Path) -> None:
    assert all(left_behind([ONE, TWO]).values()), "every table has something to move"
    ids = {service.source_id: service.id for service in all_live().values()}
    done = succeed(A_MERGER, "--yes")
    assert done.exit_code == 0, done.output
    assert left_behind([ONE, TWO]) == dict.fromkeys(MOVES, 0)
    assert councils_of_services() == {"1": (EAST,), "2": (EAST,), str(NOWHERE): (EAST,), str(BESIDE): (EAST,)}
    assert {service.source_id: service.id for service in all_live().values()} == ids
    assert directory.service_or_none(id_of(1)).summary == EDITED["summary"]  # type: ignore[union-attr]
    assert feed_again(tmp_path) == (0, 0, 0)
    before = select(ServiceVersion.council_code).where(ServiceVersion.service_id == id_of(2)).order_by(ServiceVersion.id)
    assert db.session.scalars(before).all() == [ONE, EAST]


def test_what_editors_said_goes_along_and_can_be_undone(app: Flask, succeed: Command, tmp_path: Path) -> None:
    succeed(A_MERGER, "--yes")
    (withdrawal,) = desk_queries.withdrawn(EAST, "")
    assert [change.service_id for change in desk_queries.drafts(EAST)] == [id_of(2)]
    desk.undo(amendment_id=withdrawal.id, by="command line")
    assert councils_of_services()[str(WITHDRAWN)] == (EAST,)
    assert feed_again(tmp_path) == (0, 0, 0)


def whose(table: type[Base], *wanted: Any) -> list[tuple[Any, ...]]:
    db.session.rollback()
    with acting(EVERYTHING):
        return sorted(map(tuple, db.session.execute(select(*wanted).select_from(table))))


def test_feeds_and_terms_are_the_successors_in_a_merger_and_the_last_word_holds(app: Flask, succeed: Command) -> None:
    succeed(A_MERGER, "--yes")
    assert whose(CouncilFeed, CouncilFeed.council_code, CouncilFeed.name) == [(EAST, f"{ONE}:feed"), (EAST, f"{TWO}:feed")]
    assert whose(CouncilTerm, CouncilTerm.council_code, CouncilTerm.alternatives) == [(EAST, ["lunch_club"])]


def test_reports_and_links_go_with_their_service_and_feeds_end_where_a_council_is_divided(app: Flask, succeed: Command) -> None:
    done = succeed(a_division(id_of(WITHDRAWN), id_of(NOWHERE)), "--yes")
    assert done.exit_code == 0, done.output
    went = sorted([(EAST, id_of(1)), (WEST, id_of(2))])
    for table in (EntryReport, CheckLink):
        assert whose(table, table.council_code, table.service_id) == went
    assert whose(CouncilFeed, CouncilFeed.council_code) == [(TWO,)]
    assert whose(CouncilTerm, CouncilTerm.council_code) == [(TWO,), (EAST,), (WEST,)]


def test_people_keep_their_roles_in_a_merger_each_once(app: Flask, succeed: Command) -> None:
    succeed(A_MERGER, "--yes")
    held = db.session.execute(select(Membership.person_id, Membership.role, Membership.council_code).where(Membership.ended_at.is_(None)))
    each = [(person(f"{name}-{old}"), role, EAST) for old in (ONE, TWO) for name, role in ROLES.items()]
    assert sorted(map(tuple, held)) == sorted([*each, (person("both"), "council_admin", EAST), (person("learner"), "learner", EAST)])


def test_both_trails_say_that_it_happened_and_the_chain_holds(app: Flask, succeed: Command) -> None:
    succeed(A_MERGER, "--yes")
    said = select(AuditEntry.council).where(AuditEntry.what == "council_succeeded").order_by(AuditEntry.council)
    assert db.session.scalars(said).all() == [ONE, TWO, EAST]
    assert walk(reversed(list(audit.entries())), START)[1] is None


def test_a_trial_tells_what_would_move_and_changes_nothing(app: Flask, succeed: Command) -> None:
    before = everything()
    tried = succeed(A_MERGER)
    assert tried.exit_code == 0
    assert "service_version: 4" in tried.output and "nothing has changed" in tried.output
    assert everything() == before


def test_the_second_time_there_is_nothing_to_move(app: Flask, succeed: Command) -> None:
    succeed(A_MERGER, "--yes")
    before = everything()
    again = succeed(A_MERGER, "--yes")
    assert (again.exit_code, again.output.strip()) == (0, "Nothing to move: what this file says was done before.")
    assert everything() == before


def test_what_nothing_says_where_to_put_is_listed_and_nothing_is_done(app: Flask, succeed: Command) -> None:
    before = everything()
    plan = a_division()
    plan["successors"][0].pop("postcodes")
    plan["successors"][1].pop("districts")
    refused = succeed(plan, "--yes")
    assert refused.exit_code == 1
    left = "nothing says which council these go to"
    for said in (f"service_version: {left}: {id_of(NOWHERE)}", f"district: {left}: {SOUTH}", "ZZ2 1, ZZ3 1", SECOND_PRACTICE):
        assert said in refused.output, refused.output
    assert everything() == before


def test_a_division_puts_everything_where_it_lies(app: Flask, succeed: Command, tmp_path: Path) -> None:
    done = succeed(a_division(id_of(NOWHERE)), "--yes")
    assert done.exit_code == 0, done.output
    assert councils_of_services() == {"1": (EAST,), "2": (WEST,), str(NOWHERE): (WEST,), str(BESIDE): (TWO, EAST, WEST)}
    assert left_behind([ONE]) == dict.fromkeys(MOVES, 0)
    assert left_behind([NORTH, SOUTH])["postcode.lad_code"] == 0
    assert places.councils_of([PRACTICE[ONE], SECOND_PRACTICE]) == {PRACTICE[ONE]: EAST, SECOND_PRACTICE: WEST}
    assert [places.locate(one).council_code for one in (IN_NORTH, IN_SOUTH, IN_ONE)] == [EAST, WEST, EAST]  # type: ignore[union-attr]
    rows = db.session.execute(select(ServiceAmendment.service_id, ServiceAmendment.council_code))
    assert dict(map(tuple, rows)) == {id_of(1): EAST, id_of(2): WEST, id_of(WITHDRAWN): WEST}
    assert feed_again(tmp_path) == (0, 0, 0)
    assert councils_of_services()["2"] == (WEST,)


def test_of_a_divided_council_only_administrators_keep_a_role_and_have_it_in_each_part(app: Flask, succeed: Command) -> None:
    succeed(a_division(id_of(NOWHERE)), "--yes")
    held = db.session.execute(select(Membership.person_id, Membership.role, Membership.council_code).where(Membership.ended_at.is_(None)))
    of_parts = sorted(tuple(row) for row in held if row.council_code in (EAST, WEST))
    administers = [(person(name), "council_admin", code) for name in (f"admin-{ONE}", "both") for code in (EAST, WEST)]
    assert of_parts == sorted([*administers, (person("learner"), "learner", EAST)])


def test_whoever_edits_for_one_part_sees_nothing_of_the_other(app: Flask, succeed: Command) -> None:
    succeed(a_division(id_of(NOWHERE)), "--yes")
    for grants, seen in (({Grant("directory_editor", EAST)}, {id_of(1)}), ({Grant("directory_editor", ONE)}, set())):
        with acting(Scope(frozenset(grants))):
            assert set(db.session.scalars(select(ServiceAmendment.service_id))) == seen
            assert not desk_queries.is_editor(WEST)


def test_pages_and_searches_follow_a_merger(app: Flask, succeed: Command, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(sync, "PATIENCE", 30.0)
    shutil.rmtree(app.config["DATA_DIR"] / "index", ignore_errors=True)
    monkeypatch.setitem(app.extensions, "search_index", sync.Keeper(app))

    def found(council: str) -> set[str]:
        return {hit["id"] for hit in client.get(f"/api/search?q=home+care&council={council}").get_json()["results"]}

    assert found(ONE) and not found(EAST)
    succeed(A_MERGER, "--yes")
    assert found(EAST) == {id_of(number) for number in (1, 2, NOWHERE, BESIDE)}
    assert found(ONE) == found(EAST)
    old, new = (client.get(f"/council/{code}").get_data(as_text=True) for code in (ONE, EAST))
    assert "This council ended on 1 April 2026" in old and f"/council/{EAST}" in old
    assert "This council took over from" in new and f"/council/{ONE}" in new
    assert {council.code for council in places.councils()} == {EAST, WEST}


def test_open_data_from_before_puts_nothing_back_into_a_council_that_ended(app: Flask, succeed: Command, tmp_path: Path) -> None:
    succeed(A_MERGER, "--yes")
    file = tmp_path / "practices.csv"
    file.write_text(f"{HEADING}\n{PRACTICE[ONE]},BECK LANE SURGERY,,{IN_NORTH},,,,,{ONE},Marlshire,54.4,0.6,,\n")
    assert app.test_cli_runner().invoke(args=["places", "import-practices", str(file)]).exit_code == 0
    db.session.rollback()
    assert left_behind([ONE]) == dict.fromkeys(MOVES, 0)


def test_a_day_that_is_to_come_may_be_tried_but_not_done(app: Flask, succeed: Command) -> None:
    plan = A_MERGER | {"day": "2099-04-01"}
    assert succeed(plan).exit_code == 0
    refused = succeed(plan, "--yes")
    assert (refused.exit_code, "still to come" in refused.output) == (1, True)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (A_MERGER | {"successors": [{"code": "E99000009"}]}, "no council has the code E99000009"),
        (a_division() | {"ended": [TWO]}, "is not a district of a council that ends"),
        ({"day": "2026-04-01"}, "ended"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_what_is_wrong(app: Flask, succeed: Command, plan: dict[str, object], said: str) -> None:
    refused = succeed(plan, "--yes")
    assert (refused.exit_code, said in refused.output) == (1, True), refused.output


def test_a_file_of_the_old_council_is_the_same_feed_under_the_new_code(app: Flask, succeed: Command, tmp_path: Path) -> None:
    def imports(council: str) -> str:
        done = app.test_cli_runner().invoke(args=["directory", "import", str(file), "--format", "oruk", "--council", council])
        assert done.exit_code == 0, done.output
        db.session.rollback()
        return done.output

    file = tmp_path / "services.json"
    own = [{name: said for name, said in a_service(number).items() if name not in ("source", "service_areas")} for number in (70, 71)]
    file.write_text("\n".join(map(json.dumps, own)))
    imports(ONE)
    ids = {service.id for service in all_live().values()}
    assert succeed(A_MERGER, "--yes").exit_code == 0
    for council in (EAST, ONE):
        imports(council)
        assert {service.id for service in all_live().values()} == ids
    assert {service.council_code for service in all_live().values() if service.id in (id_of(70), id_of(71))} == {EAST}
    assert {service.source for service in all_live().values()} == {"the-source", f"{ONE}:services"}
