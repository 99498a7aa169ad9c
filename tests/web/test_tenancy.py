"""Whatever is asked of a session, only one's own rows come back and only they change."""

import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import (
    Executable,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Bundle, aliased, make_transient_to_detached, registry, relationship, selectinload

from app.accounts.models import Membership, OrganisationRule, Person, PracticeCode, SignIn
from app.accounts.roles import Role
from app.extensions import db
from app.places.models import Council, District
from app.tenancy import EVERYTHING, NOBODY, Grant, Refused, Scope, acting, current
from tests.tenants import NOW, ONE, PRACTICE, TWO, add_person, add_records, administrator, id_of, make_places

pytestmark = pytest.mark.both
ANOTHER = Membership.__table__
MINE, THEIRS = f"admin-{ONE}-0", f"admin-{TWO}-0"
"""The ids of the roles of the two administrators."""


@pytest.fixture(autouse=True)
def tenants(app: Flask) -> Iterator[None]:
    make_places()
    for council in (ONE, TWO):
        add_person(f"admin-{council}", (Role.COUNCIL_ADMIN, council, None))
    add_records()
    db.session.expunge_all()
    yield
    db.session.rollback()
    db.session.expunge_all()


def seen(statement: Executable, scope: Scope) -> set[str]:
    """All texts of an answer."""
    with acting(scope):
        return {str(value) for row in db.session.execute(statement) for value in row}


def of_subquery() -> Executable:
    part = select(Membership.id).subquery()
    return select(part.c.id)


def of_alias_of_subquery() -> Executable:
    return select(aliased(Membership, select(Membership).subquery()).id)


def of_cte() -> Executable:
    return select(select(Membership.id).cte().c.id)


READINGS: dict[str, Callable[[], Executable]] = {
    "columns": lambda: select(Membership.id),
    "an expression": lambda: select(func.substr(Membership.id, 1)),
    "the highest": lambda: select(func.max(Membership.id)),
    "the lowest": lambda: select(func.min(Membership.id)),
    "an alias": lambda: select(aliased(Membership).id),
    "a bundle": lambda: select(*Bundle("some", Membership.id).exprs),
    "a join": lambda: select(Membership.id).select_from(Person).join(Membership, Membership.person_id == Person.id),
    "an outer join": lambda: select(Membership.id).select_from(Person).outerjoin(Membership, Membership.person_id == Person.id),
    "a join without the word": lambda: select(Membership.id).where(Membership.person_id == Person.id),
    "a subquery": of_subquery,
    "an alias of a subquery": of_alias_of_subquery,
    "a common table expression": of_cte,
    "one value": lambda: select(select(func.max(Membership.id)).scalar_subquery()),
    "a union": lambda: select(Membership.id).union(select(Membership.id)),
    "a union of all": lambda: union_all(select(Membership.id), select(Membership.id)),
    "a union inside": lambda: select(union(select(Membership.id), select(Membership.id)).subquery().c.id),
}
OTHERS: dict[str, Callable[[], Executable]] = {
    "exists": lambda: select(Person.id).where(exists().where(Membership.person_id == Person.id)),
    "exists of a select": lambda: select(Person.id).where(select(Membership.id).where(Membership.person_id == Person.id).exists()),
    "in": lambda: select(Person.id).where(Person.id.in_(select(Membership.person_id))),
    "a join": lambda: select(Person.id).join(Membership, Membership.person_id == Person.id),
}


@pytest.mark.parametrize("way", READINGS)
def test_only_ones_own_rows_are_read(app: Flask, way: str) -> None:
    for scope, mine in ((administrator(ONE), MINE), (administrator(TWO), THEIRS), (administrator(ONE), MINE)):
        assert seen(READINGS[way](), scope) - {"None"} == {mine}
    assert seen(READINGS[way](), NOBODY) - {"None"} == set()


@pytest.mark.parametrize("way", OTHERS)
def test_others_rows_decide_nothing(app: Flask, way: str) -> None:
    assert seen(OTHERS[way](), administrator(ONE)) == {id_of(f"admin-{ONE}")}
    assert seen(OTHERS[way](), NOBODY) == set()


def test_others_rows_are_not_counted(app: Flask) -> None:
    assert seen(select(func.count()).select_from(Membership), administrator(ONE)) == {"1"}
    assert seen(select(func.count(Membership.id)), NOBODY) == {"0"}
    with acting(administrator(ONE)):
        assert db.session.query(Membership).count() == 1
        assert db.session.query(Membership).filter_by(council_code=TWO).first() is None


@pytest.mark.parametrize(
    "statement",
    [
        select(ANOTHER), select(ANOTHER.c.id), select(exists().where(Membership.council_code == TWO)), ANOTHER.delete(),
        ANOTHER.update().values(role="x"), ANOTHER.insert().values(id="x"), select(Membership).from_statement(select(ANOTHER)),
        select(Membership).from_statement(text("SELECT * FROM membership")),
        insert(SignIn).from_select(["id"], select(Membership.id)), SignIn.__table__.insert().from_select(["id"], select(Membership.id)),
        update(Person).where(Person.id == Membership.person_id).values(name="x"), update(Person).values(name=Membership.role),
        delete(Person).where(Person.id == Membership.person_id), delete(Person).where(Person.id == ANOTHER.c.person_id),
        insert(Membership).values(id="x", council_code=ONE), update(Membership).values(council_code=ONE),
        update(Membership).values({"practice_code": PRACTICE[ONE]}), update(Membership).values(person_id="x"),
        Council.__table__.update().values(name="x"), Council.__table__.delete(),
    ],
    ids=str,
)  # fmt: skip
def test_what_the_guard_cannot_judge_is_refused(app: Flask, statement: Executable) -> None:
    with acting(administrator(ONE)), pytest.raises(Refused):
        db.session.execute(statement)


@pytest.mark.parametrize("many", [insert(Membership), update(Membership)], ids=["insert", "update"])
def test_many_rows_by_their_keys_are_refused(app: Flask, many: Executable) -> None:
    with acting(administrator(ONE)), pytest.raises(Refused):
        db.session.execute(many, [{"id": THEIRS, "role": "x"}, {"id": MINE, "role": "x"}])


def test_changes_of_many_rows_reach_ones_own(app: Flask) -> None:
    with acting(administrator(ONE)), db.writing() as session:
        assert session.execute(update(Membership).values(role="x")).rowcount == 1
        mine = select(Membership.person_id)
        assert session.execute(update(Person).where(Person.id.in_(mine)).values(name="x")).rowcount == 1
        session.execute(update(Person).values(name=select(func.max(Membership.id)).scalar_subquery()))
        assert session.execute(delete(Membership)).rowcount == 1
    with acting(administrator(TWO)):
        assert db.session.scalar(select(Membership.role)) == Role.COUNCIL_ADMIN
    assert set(db.session.scalars(select(Person.name))) == {MINE}


def test_a_row_known_from_before_is_not_handed_out(app: Flask) -> None:
    theirs = db.session.get_one(Membership, THEIRS)
    with acting(administrator(ONE)):
        assert db.session.get(Membership, THEIRS) is None
        assert db.session.get(Membership, MINE) is not None
        db.session.expire(theirs)
        assert db.session.get(Membership, THEIRS) is None


@pytest.mark.parametrize("how", ["refresh", "expire"])
def test_a_row_known_from_before_is_not_read_again(app: Flask, how: str) -> None:
    theirs = db.session.get_one(Membership, THEIRS)
    with acting(administrator(ONE)):
        with pytest.raises(SQLAlchemyError):
            getattr(db.session, how)(theirs)
            assert theirs.role
        mine = db.session.get_one(Membership, MINE)
        db.session.expire(mine)
        assert mine.role == Role.COUNCIL_ADMIN


@pytest.mark.parametrize("early", [True, False])
def test_a_relationship_leads_to_ones_own_rows(app: Flask, early: bool) -> None:
    class Holder:
        pass

    of_this_test = registry(metadata=Person.metadata)
    leads = relationship(Membership, primaryjoin=Person.__table__.c.id == ANOTHER.c.person_id, foreign_keys=[ANOTHER.c.person_id],
                         viewonly=True, uselist=True)  # fmt: skip
    of_this_test.map_imperatively(Holder, Person.__table__, properties={"held": leads})
    wanted = select(Holder).options(selectinload(Holder.held)) if early else select(Holder)  # type: ignore[attr-defined]
    try:
        holders = db.session.scalars(wanted).all() if not early else []
        with acting(administrator(ONE)):
            found = {held.id for holder in holders or db.session.scalars(wanted) for held in holder.held}  # type: ignore[attr-defined]
        assert found == {MINE}
    finally:
        db.session.expunge_all()
        of_this_test.dispose()


def test_rows_of_others_are_not_added(app: Flask) -> None:
    for owner in (TWO, None, ""):
        with acting(administrator(ONE)), pytest.raises(Refused), db.writing() as session:
            session.add(Membership(person_id=id_of(f"admin-{ONE}"), role="x", council_code=owner, since=NOW))
    with acting(administrator(ONE)), db.writing() as session:
        session.add(Membership(person_id=id_of(f"admin-{ONE}"), role="x", council_code=ONE, since=NOW))


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("council", [ONE, TWO])
def test_rows_of_others_are_not_merged(app: Flask, council: str, known: bool) -> None:
    row = PracticeCode(practice_code=PRACTICE[TWO], council_code=council, code_hash="x", made_by="", made_at=NOW)
    with pytest.raises((Refused, SQLAlchemyError)), warnings.catch_warnings(), db.writing() as session:
        warnings.simplefilter("ignore")  # SQLAlchemy's, that a second row with the same key is about to fail.
        theirs = session.get(PracticeCode, PRACTICE[TWO]) if known else None
        with acting(administrator(ONE)):
            session.merge(row)
    assert theirs is None or theirs.code_hash == TWO
    db.session.expunge_all()
    assert db.session.get_one(PracticeCode, PRACTICE[TWO]).code_hash == TWO


@pytest.mark.parametrize("change", ["change", "remove"])
def test_a_row_read_under_another_scope_is_not_changed(app: Flask, change: str) -> None:
    with pytest.raises(Refused), db.writing() as session:
        theirs = session.get_one(Membership, THEIRS)
        with acting(administrator(ONE)):
            if change == "remove":
                session.delete(theirs)
            theirs.role = "x"
    db.session.expunge_all()
    assert db.session.get_one(Membership, THEIRS).role == Role.COUNCIL_ADMIN


@pytest.mark.parametrize(("id", "owner"), [(MINE, TWO), (MINE, None), (THEIRS, ONE)])
def test_a_row_does_not_go_from_one_council_to_another(app: Flask, id: str, owner: str | None) -> None:
    row = db.session.get_one(Membership, id)
    with acting(administrator(ONE)), pytest.raises(Refused), db.writing() as session:
        row = session.merge(row, load=False)
        row.council_code = owner
    db.session.expunge_all()
    both = Scope(administrator(ONE).grants | administrator(TWO).grants)
    with acting(both), db.writing() as session:
        session.get_one(Membership, id).council_code = ONE


def test_a_row_is_judged_by_what_stands_in_the_database(app: Flask) -> None:
    claimed = Membership(id=THEIRS, person_id=id_of(f"admin-{TWO}"), role="x", council_code=ONE, since=NOW)
    make_transient_to_detached(claimed)
    with acting(administrator(ONE)), pytest.raises(Refused), db.writing() as session:
        session.add(claimed)
        claimed.role = "learner"


def test_a_key_that_says_whose_a_row_is_does_not_move(app: Flask) -> None:
    for owner, other in ((ONE, TWO), (TWO, ONE)):
        with pytest.raises(Refused), db.writing() as session:
            session.delete(session.get_one(OrganisationRule, other))
            session.flush()
            rule = session.get_one(OrganisationRule, owner)
            with acting(Scope(frozenset({Grant("practice_lead", ONE)}))):
                rule.organisation = other


@pytest.mark.parametrize("nobodys", [None, ""])
def test_leave_without_an_owner_owns_no_row_without_one(app: Flask, nobodys: str | None) -> None:
    with db.writing() as session:
        session.add(Membership(id="whose", person_id=id_of(f"admin-{ONE}"), role="x", since=NOW, council_code=nobodys))
    nameless = Scope(frozenset({Grant("council_admin"), Grant("practice_lead")}))
    row = db.session.get_one(Membership, "whose")
    assert not row.may_be_read_by(nameless) and not row.may_be_changed_by(nameless)
    assert seen(select(Membership.id), nameless) == set()
    with acting(nameless):
        assert not db.session.get(Membership, "whose")


def test_leave_of_many_cannot_be_smuggled_into_one() -> None:
    with pytest.raises(ValueError):
        Grant("person", "x,council_admin:E99000001")


def test_councils_and_districts_are_read_by_anybody_and_written_by_their_own(app: Flask) -> None:
    with db.writing() as session:
        session.add_all(District(code=f"E0700000{number}", name="x", council_code=code) for number, code in enumerate((ONE, TWO)))
    for scope in (NOBODY, administrator(ONE)):
        with acting(scope):
            assert set(db.session.scalars(select(Council.code))) == {ONE, TWO}
            assert db.session.scalar(select(func.count()).select_from(District)) == 2
            assert db.session.get(Council, TWO)
    with acting(administrator(ONE)), db.writing() as session:
        session.get_one(Council, ONE).name = "Marlshire"
        assert session.execute(update(District).values(name="y")).rowcount == 1
    for scope, name in ((administrator(ONE), TWO), (NOBODY, TWO), (NOBODY, ONE)):
        with acting(scope), pytest.raises(Refused), db.writing() as session:
            session.get_one(Council, name).name = "x"
        db.session.expunge_all()
    with acting(Scope(frozenset({Grant("platform_admin")}))), db.writing() as session:
        session.get_one(Council, TWO).name = "Southern"


def test_a_scope_ends_where_it_began(app: Flask) -> None:
    before = current()
    with acting(administrator(ONE)):
        with acting(EVERYTHING):
            assert len(seen(select(Membership.id), current())) == 2
            with acting(NOBODY):
                assert seen(select(Membership.id), current()) == set()
            assert current() is EVERYTHING
        assert seen(select(Membership.id), current()) == {MINE}
    assert current() is before


def told() -> str:
    """What the database was told of the scope, on PostgreSQL; on SQLite what the program knows."""
    if db.engine.dialect.name == "postgresql":
        return str(db.session.connection().exec_driver_sql("SELECT current_setting('fingerpost.grants', true)").scalar())
    return str(current())


def test_a_fault_inside_leaves_no_scope_behind(app: Flask) -> None:
    one = administrator(ONE)
    with acting(one), db.writing() as session:
        with pytest.raises(KeyError), acting(EVERYTHING):
            assert told() == "everything"
            raise KeyError
        assert told() == str(one)
        session.execute(select(Membership.id))
    with acting(one):
        with pytest.raises(SQLAlchemyError), acting(EVERYTHING):
            db.session.execute(text("SELECT nothing FROM nowhere"))
        assert current() is one and told() == str(one)


def test_what_was_changed_is_judged_by_the_scope_it_was_changed_under(app: Flask) -> None:
    alien = {"person_id": id_of(f"admin-{ONE}"), "role": "x", "council_code": TWO, "since": NOW}
    with acting(administrator(ONE)):
        with pytest.raises(Refused), db.writing() as session:
            session.add(Membership(**alien))
            with acting(EVERYTHING):
                pass
        with db.writing() as session:
            with acting(EVERYTHING):
                session.add(Membership(**alien))
            session.execute(select(Membership.id))
    assert db.session.scalar(select(func.count()).select_from(Membership)) == 3


def test_the_database_is_told_in_the_middle_of_a_transaction(app: Flask) -> None:
    with db.writing() as session:
        session.execute(select(Membership.id))
        for scope in (administrator(ONE), NOBODY, EVERYTHING):
            with acting(scope):
                assert told() == str(scope)
        with session.begin_nested(), acting(administrator(TWO)):
            assert told() == str(administrator(TWO))
        assert told() == "everything"


def test_threads_do_not_share_a_scope(app: Flask) -> None:
    found: dict[str, Any] = {}
    both = threading.Barrier(2, timeout=20)

    def read(council: str) -> None:
        with app.app_context(), acting(administrator(council)):
            both.wait()
            found[council] = [(both.wait(), db.session.scalars(select(Membership.id)).all())[1] for _ in range(20)]

    def without_context() -> None:
        found["none"] = current()

    threads = [threading.Thread(target=read, args=(council,)) for council in (ONE, TWO)] + [threading.Thread(target=without_context)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {ONE: [[MINE]] * 20, TWO: [[THEIRS]] * 20, "none": NOBODY}


def test_a_request_is_nobodys_until_it_is_known_whose(app: Flask) -> None:
    with app.test_request_context("/"):
        assert db.session.scalars(select(Membership)).all() == []
