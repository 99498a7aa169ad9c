"""Every kind of person at every address: what is not theirs does not exist; and each rule that says so is missed when it goes."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select, true

from app import tenancy
from app.accounts import access
from app.accounts.models import EmailedLink, Membership
from app.accounts.roles import Role
from app.accounts.standing import scope_of
from app.assistant.models import AnswerReport
from app.directory.models import ServiceAmendment
from app.events.models import EventRow
from app.extensions import Base, db
from app.places.models import District, Neighbourhood
from app.tenancy import NOBODY, Guarded, acting, guarded
from tests.append_only import opened
from tests.audiences import HELD, PEOPLE, VISITOR
from tests.matrix import Kept, build, missed, tried, undeclared
from tests.tenants import NOW, ONE, PRACTICE, TWO, id_of

BY_ITS_EDITOR = (Role.DIRECTORY_EDITOR, "council_code")
Built = tuple[Flask, Kept]
BY_ITS_COUNCIL, BY_ITS_PRACTICE = (Role.COUNCIL_ADMIN, "council_code"), (Role.PRACTICE_LEAD, "practice_code")
RIGHTS: dict[str, tuple[set[tuple[str, str]], set[tuple[str, str]]] | None] = {
    "membership": ({BY_ITS_COUNCIL, BY_ITS_PRACTICE, ("person", "person_id")}, {BY_ITS_COUNCIL, BY_ITS_PRACTICE}),
    "emailed_link": (
        {BY_ITS_COUNCIL, BY_ITS_PRACTICE, (Role.PLATFORM_ADMIN, "")}, {BY_ITS_COUNCIL, BY_ITS_PRACTICE, (Role.PLATFORM_ADMIN, "")}
    ),
    "practice_code": ({BY_ITS_COUNCIL, BY_ITS_PRACTICE}, {BY_ITS_COUNCIL, BY_ITS_PRACTICE}),
    "organisation_rule": ({BY_ITS_COUNCIL, ("member", "organisation")}, {BY_ITS_COUNCIL, (Role.PRACTICE_LEAD, "organisation")}),
    "answer_report": ({(Role.COUNCIL_ADMIN, "council")}, set()),
    "event": (set(), set()),
    **dict.fromkeys(("review_card", "reminder_wish", "digest_wish"), ({("person", "person_id")}, {("person", "person_id")})),
    "council": ({("anybody", "")}, {(Role.COUNCIL_ADMIN, "code"), (Role.PLATFORM_ADMIN, "")}),
    "pledge_signature": ({("anybody", "")}, {(Role.COUNCIL_ADMIN, "signer"), (Role.PRACTICE_LEAD, "signer")}),
    "planned_action": (
        {BY_ITS_COUNCIL, (Role.SOCIAL_WORKER, "council_code"), (Role.COUNCIL_ANALYST, "council_code")},
        {BY_ITS_COUNCIL, (Role.SOCIAL_WORKER, "council_code")},
    ),
    "practice_contact": (
        {BY_ITS_COUNCIL, (Role.SOCIAL_WORKER, "council_code"), ("member", "practice_code")},
        {BY_ITS_COUNCIL, (Role.SOCIAL_WORKER, "council_code"), BY_ITS_PRACTICE},
    ),
    "ask_desk": ({("anybody", "")}, {BY_ITS_COUNCIL}),
    "asked_question": (
        {BY_ITS_COUNCIL, (Role.SOCIAL_WORKER, "council_code")}, {BY_ITS_COUNCIL, (Role.SOCIAL_WORKER, "council_code")}
    ),
    "joint_session": ({("anybody", "")}, {("person", "person_id")}),
    "survey_round": ({("anybody", "")}, {BY_ITS_COUNCIL}),
    "district": ({("anybody", "")}, {BY_ITS_COUNCIL}),
    "neighbourhood": ({("anybody", "")}, {BY_ITS_COUNCIL}),
    "council_feed": ({BY_ITS_COUNCIL, BY_ITS_EDITOR}, {BY_ITS_COUNCIL}),
    "council_term_mapping": ({BY_ITS_COUNCIL, BY_ITS_EDITOR}, {BY_ITS_COUNCIL}),
    **dict.fromkeys(
        ("service_amendment", "entry_report", "check_link"), ({BY_ITS_COUNCIL, BY_ITS_EDITOR}, {BY_ITS_COUNCIL, BY_ITS_EDITOR})
    ),
    "signpost": (
        {(Role.SOCIAL_WORKER, "council_code"), (Role.PROVIDER, "council_code"), ("member", "practice_code")},
        {(Role.SOCIAL_WORKER, "council_code"), (Role.PROVIDER, "council_code")},
    ),
    "audit_entry": ({(Role.COUNCIL_ADMIN, "council"), (Role.PLATFORM_ADMIN, "")}, set()),
}  # fmt: skip
"""Whose leave opens a row for reading and for writing: a role, or "person", "member" or "anybody", and the column of the owner."""


@pytest.fixture
def built(sqlite_app: Flask) -> Iterator[Built]:
    """No application context is open, so that one request leaves nothing to the next."""
    build(sqlite_app)
    with sqlite_app.app_context(), db.writing() as session:
        for number, council in enumerate((ONE, TWO)):
            report = {name: [] for name in ("needs", "red_flags", "rules", "alternatives")}
            versions = {"rules_version": "", "content_version": "", "fault": "", "question": ""}
            session.add(AnswerReport(council=council, day=NOW.date(), **report, **versions))
            session.add(EventRow(happened_at=NOW, day=NOW.date(), kind="x", council_code=council, facts={}))
            session.add(District(code=f"E0700000{number}", name="x", council_code=council))
            session.add(ServiceAmendment(service_id="x", council_code=council, state="draft", says={}, drafted_at=NOW))
            session.add(Neighbourhood(practice_code=PRACTICE[council], council_code=council, name="North"))
    yield sqlite_app, Kept(sqlite_app)
    with sqlite_app.extensions["owner"].begin() as connection, opened(connection):
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


def granted(who: str, row: Any, leaves: set[tuple[str, str]]) -> bool:
    """By the table above and what somebody is: whether a row is open to them."""
    held = [] if who in (VISITOR, "former") else HELD[who]
    mine = {(role, practice or council) for role, council, practice in held}
    mine |= {("member", code) for _role, *codes in held for code in codes if code} | {("person", id_of(who)), ("anybody", "")}
    return any((kind, getattr(row, column) if column else "") in mine for kind, column in leaves)


def misjudged(app: Flask, tables: Iterable[type[Guarded]]) -> list[str]:
    """Rows that are open to somebody and should not be, or the other way about."""
    wrong = []
    with app.app_context():
        for cls in tables:
            key, table = inspect(cls).primary_key[0].name, inspect(cls).local_table.name
            reading, writing = RIGHTS.get(table) or (set(), set())
            rows = db.session.scalars(select(cls)).all()
            if table not in RIGHTS or not rows:
                wrong.append(f"{table}: whose is it?")
            for who in PEOPLE:
                scope = NOBODY if who == VISITOR else scope_of(id_of(who))
                with acting(scope):
                    read = set(db.session.scalars(select(getattr(cls, key))))
                changed = set(db.session.scalars(select(getattr(cls, key)).where(cls.changeable(scope))))
                for row in rows:
                    may = (granted(who, row, reading), granted(who, row, writing))
                    is_so = (getattr(row, key) in read, getattr(row, key) in changed)
                    if not may == is_so == (row.may_be_read_by(scope), row.may_be_changed_by(scope)):
                        wrong.append(f"{who} {table} {getattr(row, key)}: {is_so} and not {may}")
    return wrong


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_meets_what_is_theirs_and_nothing_else(built: Built, who: str) -> None:
    number, wrong = tried(*built, who)
    assert wrong == []
    assert number > len(list(built[0].url_map.iter_rules()))


def test_every_row_is_open_to_whom_it_should_be(built: Built) -> None:
    assert misjudged(built[0], guarded()) == []


@pytest.fixture
def planting(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    tenancy._criteria.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    tenancy._criteria.cache_clear()


def test_each_rule_of_a_table_is_missed_when_it_goes(built: Built, planting: pytest.MonkeyPatch) -> None:
    unnoticed = []
    for cls in guarded():
        for rule in ("readers", "writers"):
            for number, leave in enumerate(getattr(cls, rule)):
                with planting.context() as plant:
                    plant.setattr(cls, rule, [other for place, other in enumerate(getattr(cls, rule)) if place != number])
                    tenancy._criteria.cache_clear()
                    unnoticed += [] if misjudged(built[0], [cls]) else [(cls, rule, leave)]
        for hole in ("visible", "changeable", "may_be_read_by", "may_be_changed_by"):
            if cls.reading and hole in ("visible", "may_be_read_by"):
                continue
            with planting.context() as plant:
                plant.setattr(cls, hole, classmethod(lambda _cls, _scope: true()) if hole in ("visible", "changeable") else lambda *_: True)
                tenancy._criteria.cache_clear()
                unnoticed += [] if misjudged(built[0], [cls]) else [(cls, hole)]
    assert unnoticed == []


def closed(app: Flask) -> list[str]:
    return sorted(name for name in app.view_functions if access.Audience.VISITOR not in access.audiences_of(app, name))


def test_each_door_is_missed_when_it_stands_open(built: Built, planting: pytest.MonkeyPatch) -> None:
    app, kept = built
    unnoticed = []
    for endpoint in closed(app):
        if endpoint.startswith("outside."):  # No sign-in service is set up here; tests/web/accounts/outside tries them.
            continue
        theirs = access.audiences_of(app, endpoint)
        others = ((access.Audience.VISITOR,), (access.Audience.PLATFORM_ADMIN,))
        for audiences in (one for one in others if one != theirs):
            with planting.context() as plant:
                plant.setattr(app.view_functions[endpoint], "audiences", audiences)
                signed_in = ["lead"] if theirs == (access.Audience.PRACTICE_LEAD,) else ["council_admin1", "learner", "social_worker1"]
                people = [VISITOR] if access.Audience.VISITOR in audiences else signed_in
                unnoticed += [] if missed(app, kept, people, endpoint) else [(endpoint, audiences)]
    assert unnoticed == []


def test_each_guard_of_a_request_is_missed_when_it_goes(built: Built, planting: pytest.MonkeyPatch) -> None:
    app, kept = built
    guards = app.before_request_funcs[None]
    for guard, who in ((access.refuse_undeclared, VISITOR), (access.refuse_cross_site, "learner")):
        with planting.context() as plant:
            plant.setitem(app.before_request_funcs, None, [other for other in guards if other is not guard])
            assert missed(app, kept, [who], "account."), guard


def every_code(_code: str) -> set[str]:
    return {ONE, "Z99001"}


HOLES: dict[str, tuple[Any, str, Any, str]] = {
    "pages of other practices are open": (access, "_owners", every_code, "members.list_people"),
    "roles are not asked about": (access, "_held", lambda *_: True, "members.list_people"),
    "an ended role still counts": ("app.accounts.standing", "memberships", "all", "members.list_people"),
    "others' roles are ended": (Membership, "may_be_changed_by", lambda *_: True, "members.end"),
    "others' invitations are withdrawn": (EmailedLink, "visible", classmethod(lambda *_: true()), "members.withdraw"),
    "others' sessions are ended": ("app.accounts.account", "end_session", lambda **_: True, "account.end_one"),
    "others' roles are given up": ("app.accounts.account", "leave", lambda **_: True, "account.leave_role"),
}  # fmt: skip


def without_end(person: str) -> list[Membership]:
    with acting(tenancy.EVERYTHING):
        return list(db.session.scalars(select(Membership).where(Membership.person_id == person)))


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_noticed(built: Built, planting: pytest.MonkeyPatch, hole: str) -> None:
    place, name, instead, only = HOLES[hole]
    if isinstance(place, str):
        planting.setattr(f"{place}.{name}", without_end if instead == "all" else instead)
    else:
        planting.setattr(place, name, instead)
    people = ["former"] if instead == "all" else ["lead", "council_admin2"]
    assert missed(*built, people, only)


def test_a_route_that_nobody_thought_of_is_noticed(built: Built, planting: pytest.MonkeyPatch) -> None:
    planting.setattr("tests.matrix.FOR", {})
    planting.setattr("tests.matrix.OWNED", set())
    wrong = undeclared(built[0])
    assert "members.end.id: no maker" in wrong and "members.end: who is it for?" in wrong
