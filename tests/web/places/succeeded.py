"""Councils that end, with something in every table that names them; and the command that lets them end. All are invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.accounts.roles import Role
from app.directory.models import CheckLink, CouncilFeed, CouncilTerm, EntryReport
from app.extensions import Base, db
from app.places import actions as places
from app.places.models import District
from tests.tenants import NOW, ONE, PRACTICE, SECOND_PRACTICE, TWO, add_person, add_records, make_places
from tests.web.directory.feed import a_service, id_of, imported

EAST, WEST = "E99000003", "E99000004"
NORTH, SOUTH = "E07999001", "E07999002"
"""Districts below council one."""
IN_NORTH, IN_SOUTH, IN_ONE = "ZZ1 1BD", "ZZ2 1AA", "ZZ3 1AA"
WITHDRAWN, NOWHERE, BESIDE = 3, 4, 5
MOVES = {
    "district.council_code": "council_code IS NOT NULL",
    "neighbourhood.council_code": "",
    "practice.council_code": "",
    "postcode.lad_code": "",
    "service_amendment.council_code": "",
    "entry_report.council_code": "",
    "check_link.council_code": "",
    "council_feed.council_code": "",
    "council_term_mapping.council_code": "",
    "membership.council_code": "ended_at IS NULL",
    "emailed_link.council_code": "used_at IS NULL",
    "practice_code.council_code": "",
    "organisation_rule.council_code": "",
    "organisation_rule.organisation": "",
    "signpost.council_code": "",
}
"""What goes to the councils that take over; a condition where only a part of the table does."""
STAYS = {
    "service_version.council_code": "a version is what was published; live ones are published anew",
    "service_area.council_code": "goes with its version",
    "council_succession.new_code": "what it says",
    "town.council_code": "what a council said of its area is not another's word",
    "event.council_code": "happened in the old area",
    "word_count.council_code": "happened in the old area",
    "daily_count.council_code": "figures of the old area",
    "practice_contact.council_code": "the new council's team says anew whom its practices ring",
    "ask_desk.council_code": "the new council names its own",
    "asked_question.council_code": "an answer is the word of the council that gave it",
    "pledge_signature.council_code": "a signature is of its council's time; whoever takes over signs itself",
    "planned_action.council_code": "a plan is of its council's time",
    "joint_session.council_code": "ends with the meeting, after twelve hours at most",
    "survey_round.council_code": "asked and answered in the old area",
    "attempt.council_code": "counted where it began",
    "answer_report.council": "settled by who runs the program",
    "audit_entry.council": "nothing of the trail is changed",
}


def records() -> list[dict[str, Any]]:
    """A feed of two councils: in each district of council one a service, one without an address, one that is withdrawn later; and
    one of council two that serves council one as well."""

    def at(postcode: str | None, number: int, *areas: str, **more: Any) -> dict[str, Any]:
        address = {"address_1": "1 Hall Lane", "city": "Marlbury", "postal_code": postcode, "country": "GB", "address_type": "physical"}
        where = [{"location": {"location_type": "physical", "name": "Hall", "addresses": [address]}}] if postcode else []
        return a_service(number, service_at_locations=where, service_areas=[{"extent": area} for area in areas], **more)

    return [
        at(IN_NORTH, 1, ONE), at(IN_SOUTH, 2, SOUTH), at(IN_SOUTH, WITHDRAWN, ONE), at(None, NOWHERE, ONE), at(None, BESIDE, TWO, ONE),
    ]  # fmt: skip


def make_councils() -> None:
    """Two councils with people, practices and records; two more that will take over. Council one has two districts and a rest."""
    make_places()
    for code, name in ((EAST, "Eastmarl Council"), (WEST, "Westmarl Council")):
        council = {"code": code, "name": name, "contacts": {"asc_day": {"number": "01632 960100"}}}
        places.load_council(council=places.CouncilFile.model_validate(council), by="command line")
    with db.writing() as session:
        for code, council in ((NORTH, ONE), (SOUTH, ONE), (ONE, ONE), (TWO, TWO)):
            session.add(District(code=code, name=f"District {code}", council_code=council))
    rows = [(IN_NORTH, NORTH), (IN_SOUTH, SOUTH), (IN_ONE, ONE)]
    places.upsert_postcodes(rows=[{"postcode": one, "lat": 54.0, "lon": 0.6, "lad_code": lad} for one, lad in rows], by="command line")
    places.upsert_practices(
        rows=[{"ods_code": SECOND_PRACTICE, "name": "Dale Surgery", "postcode": IN_SOUTH, "address": "", "council_code": ONE}],
        by="command line",
    )
    group = places.NeighbourhoodEntry(name="Beck and Dale", practices=(PRACTICE[ONE], SECOND_PRACTICE))
    places.save_neighbourhoods(code=ONE, entries=[group], by="command line")
    add_records()
    for council in (ONE, TWO):
        add_person(f"admin-{council}", (Role.COUNCIL_ADMIN, council, None))
        add_person(f"editor-{council}", (Role.DIRECTORY_EDITOR, council, None))
    add_person("both", (Role.COUNCIL_ADMIN, ONE, None), (Role.COUNCIL_ADMIN, TWO, None))
    add_person("learner", (Role.LEARNER, ONE, PRACTICE[ONE]))


def feed_again(folder: Path) -> tuple[int, int, int]:
    """Import the feed: how many services are new, changed, vanished."""
    tally = imported(records(), folder / "report.csv").tally
    return tally.new, tally.changed, tally.vanished


def say_things() -> None:
    """Of council one: a report of each of two services, links that say that they are right, a feed and a term; of council two a
    feed and another word of the same term."""
    ends = NOW + timedelta(days=30)
    with db.writing() as session:
        for number in (1, 2):
            about = {"service_id": id_of(number), "council_code": ONE}
            session.add(EntryReport(**about, fault="phone", day=NOW.date(), last_day=NOW.date()))
            session.add(CheckLink(**about, token_hash=str(number), sent_to="editors", made_at=NOW, ends_at=ends))
        for council, alternative, later in ((ONE, "day_care", 0), (TWO, "lunch_club", 1)):
            feed = {"address": "https://feed.example.org", "name": f"{council}:feed", "nightly": True, "publish_by_itself": False}
            session.add(CouncilFeed(council_code=council, **feed))
            said_at = NOW + timedelta(days=later)
            session.add(CouncilTerm(council_code=council, vocabulary="", term="Club", alternatives=[alternative], said_at=said_at))


A_MERGER = {"day": "2026-04-01", "ended": [ONE, TWO], "successors": [{"code": EAST}]}


def a_division(*services: str) -> dict[str, Any]:
    """Council one is divided between east and west; the services named go west."""
    return {
        "day": "2026-04-01",
        "ended": [ONE],
        "successors": [
            {"code": EAST, "districts": [NORTH], "postcodes": ["ZZ3 1"]},
            {"code": WEST, "districts": [SOUTH], "services": list(services)},
        ],
    }


@dataclass
class Command:
    """The command on an application, with a file of its own."""

    app: Flask
    folder: Path

    def __call__(self, plan: dict[str, Any], *options: str) -> Result:
        file = self.folder / "succession.yaml"
        file.write_text(yaml.safe_dump(plan))
        return self.app.test_cli_runner().invoke(args=["council", "succeed", str(file), *options])


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr) for table in Base.metadata.sorted_tables
    }


def left_behind(codes: Iterable[str]) -> dict[str, int]:
    """How many rows of what moves still name one of these councils."""
    db.session.rollback()
    found = {}
    for name, condition in MOVES.items():
        table, column = name.split(".")
        rows = Base.metadata.tables[table]
        wanted = select(rows).where(rows.c[column].in_(codes))
        if condition:
            known, how = condition.split(" ", 1)
            wanted = wanted.where(rows.c[known].is_(None) if how == "IS NULL" else rows.c[known].is_not(None))
        found[name] = len(db.session.execute(wanted).all())
    return found
