"""Whose rows somebody may see and change.

A row that belongs to a council, a practice or a person is of a `Guarded` class, which says what a person must have been granted
to read it and to write it. What nobody granted is refused: such rows are not found by any query, and a change of one is an error.
The same declarations make the row-level security of PostgreSQL, a second wall behind this one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from flask import g, has_app_context, has_request_context
from sqlalchemy import ColumnClause, ColumnElement, Connection, Engine, event, false, inspect, or_, select, text, true
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import FromStatement, LoaderCriteriaOption, ORMExecuteState, Session, UOWTransaction, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import SelectBase

from app.extensions import Base, db

SETTING = "fingerpost.grants"
"""The setting of a PostgreSQL transaction that carries what its person was granted."""


class Refused(Exception):
    """A change of a row that the current scope may not change. A view that gets here has forgotten to look the row up."""


@dataclass(frozen=True)
class Grant:
    """Leave of one kind ("council_admin") for one owner ("E08000004"). For a row, `owner` names the column that says whose it is."""

    kind: str
    owner: str = ""

    def __post_init__(self) -> None:
        if "," in self.owner:  # It parts one leave from the next where the database is told of them.
            raise ValueError(self.owner)

    def __str__(self) -> str:
        return f"{self.kind}:{self.owner}"


@dataclass(frozen=True)
class Scope:
    """What somebody was granted. `everything` is for the program's own work: a job, a command, a sign-in that looks up who it is."""

    grants: frozenset[Grant] = frozenset()
    everything: bool = False

    def owners(self, kind: str) -> list[str]:
        """The owners for which this kind of leave was granted."""
        return sorted(grant.owner for grant in self.grants if grant.kind == kind)

    def __str__(self) -> str:
        return "everything" if self.everything else ",".join(sorted(map(str, self.grants)))


NOBODY = Scope()
EVERYTHING = Scope(everything=True)


class Guarded:
    """A table whose rows belong to somebody. `readers` and `writers` name a kind of leave and the column of its owner; an empty
    column means leave that has no owner. A row whose owner is empty is nobody's. `reading` says that anybody may read, `adding` that
    anybody may add a row without reading it again."""

    reading: ClassVar[bool] = False
    readers: ClassVar[Sequence[Grant]] = ()
    writers: ClassVar[Sequence[Grant]] = ()
    adding: ClassVar[bool] = False

    @classmethod
    def visible(cls, scope: Scope) -> ColumnElement[bool]:
        """The condition on rows that this scope may read."""
        return true() if cls.reading else cls._condition(cls.readers, scope)

    @classmethod
    def changeable(cls, scope: Scope) -> ColumnElement[bool]:
        """The condition on rows that this scope may change."""
        return cls._condition(cls.writers, scope)

    @classmethod
    def owner_columns(cls) -> frozenset[str]:
        """The columns that say whose a row is."""
        return frozenset(leave.owner for leave in (*cls.readers, *cls.writers) if leave.owner)

    @classmethod
    def _condition(cls, leaves: Iterable[Grant], scope: Scope) -> ColumnElement[bool]:
        if scope.everything:
            return true()
        terms: list[ColumnElement[bool]] = []
        for leave in leaves:
            owners = scope.owners(leave.kind)
            if not leave.owner and "" in owners:
                return true()
            if leave.owner and (named := [owner for owner in owners if owner]):
                terms.append(getattr(cls, leave.owner).in_(named))
        return or_(*terms) if terms else false()

    def may_be_read_by(self, scope: Scope) -> bool:
        """Whether this scope may read this row as it now stands."""
        return self.reading or self._is_granted(self.readers, scope)

    def may_be_changed_by(self, scope: Scope) -> bool:
        """Whether this scope may write this row as it now stands."""
        return self._is_granted(self.writers, scope)

    def _is_granted(self, leaves: Iterable[Grant], scope: Scope) -> bool:
        if scope.everything:
            return True
        return any(
            str(getattr(self, leave.owner) or "-") in scope.owners(leave.kind) if leave.owner else "" in scope.owners(leave.kind)
            for leave in leaves
        )


def current() -> Scope:
    """The scope of this request, nobody's until somebody is known. A command and a job are run by the program itself, in an
    application context of their own; a thread that has none is nobody's."""
    if not has_app_context():
        return NOBODY
    scope: Scope = g.get("scope") or (NOBODY if has_request_context() else EVERYTHING)
    return scope


@contextmanager
def acting(scope: Scope) -> Iterator[None]:
    """Work under another scope for a while. What was changed before is judged by the scope that it was changed under."""
    before = g.get("scope")
    _flush()
    _enter(scope)
    try:
        yield
        _flush()
    finally:
        _enter(before)


def _flush() -> None:
    session: Session | None = g.get("db_session")
    if session is not None:
        session.flush()


def _enter(scope: Scope | None) -> None:
    """A transaction that cannot be told of a narrower scope has failed already, and is given up."""
    g.scope = scope
    session: Session | None = g.get("db_session")
    if session is None or not session.in_transaction() or session.get_bind().dialect.name != "postgresql":
        return
    try:
        _tell(session.connection(), current())
    except SQLAlchemyError:
        session.rollback()


@lru_cache(maxsize=1)
def guarded() -> tuple[type[Guarded], ...]:
    """Every class whose rows are guarded."""
    return tuple(mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Guarded))


class GuardedSession(Session):
    """A session whose `get` does not hand out a row that was read under another scope."""

    def get(self, entity: Any, ident: Any, **how: Any) -> Any:
        row = super().get(entity, ident, **how)
        return None if isinstance(row, Guarded) and not row.may_be_read_by(current()) else row


db.session_class = GuardedSession


@event.listens_for(Session, "do_orm_execute")
def _only_what_is_granted(state: ORMExecuteState) -> None:
    """Every statement of a session comes by here, also those that load a relationship or an expired row."""
    scope = current()
    if scope.everything:
        return
    target = state.bind_mapper.class_ if state.bind_mapper and not state.is_select else None
    _refuse_going_round(state, target)
    if target and issubclass(target, Guarded):
        _refuse_unjudged(state, target)
    if state.is_column_load and state.bind_mapper and issubclass(state.bind_mapper.class_, Guarded):
        state.statement = state.statement.where(state.bind_mapper.class_.visible(scope))  # type: ignore[attr-defined]
    elif state.is_orm_statement and not state.is_insert:
        state.statement = state.statement.options(*_criteria(scope, target))  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def _criteria(scope: Scope, target: type | None) -> tuple[LoaderCriteriaOption, ...]:
    judged = [cls for cls in guarded() if cls is target or not cls.reading]
    conditions = {cls: cls.changeable(scope) if cls is target else cls.visible(scope) for cls in judged}
    return tuple(with_loader_criteria(cls, condition, include_aliases=True) for cls, condition in conditions.items())


def _refuse_going_round(state: ORMExecuteState, target: type | None) -> None:
    """Conditions are put on classes in a SELECT. A table under its own name, a ready statement that rows are read from, a class that
    feeds an INSERT and a second class in an UPDATE or DELETE would go without."""
    if isinstance(state.statement, FromStatement):
        raise Refused("from_statement: the statement's rows would not be judged")
    if state.is_update or state.is_delete:
        parts = _outside_subqueries(state.statement)
    elif state.is_insert or not state.is_orm_statement:
        parts = visitors.iterate(state.statement)  # type: ignore[arg-type]
    else:
        return
    for part in parts:
        tables = {column.table for column in part.base_columns} if isinstance(part, ColumnClause) else {part}
        for cls in filter(None, (_by_table().get(table) for table in tables)):
            if cls is not target and not (cls.reading and (state.is_select or target)):
                raise Refused(f"{cls.__name__}: name the class and not its table, and read it in a SELECT of its own")


def _outside_subqueries(part: Any) -> Iterator[Any]:
    yield part
    if not isinstance(part, SelectBase):
        for child in part.get_children():
            yield from _outside_subqueries(child)


@lru_cache(maxsize=1)
def _by_table() -> dict[Any, type[Guarded]]:
    return {inspect(cls).local_table: cls for cls in guarded()}


def _refuse_unjudged(state: ORMExecuteState, target: type[Guarded]) -> None:
    """What a statement does to many rows is judged by what they were; what they become is judged row by row."""
    if state.is_insert and not target.adding:
        raise Refused(f"{target.__name__}: rows are added one by one, so that each can be judged")
    if state.is_update:
        named = {getattr(key, "key", key) for key in state.statement._values or ()}  # type: ignore[attr-defined]
        if state.parameters or named & target.owner_columns():
            raise Refused(f"{target.__name__}: rows change their owner one by one, so that each can be judged")


@event.listens_for(Session, "before_flush")
def _only_rows_of_ones_own(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """A row must be one's own as it stands in the database and as it is to be."""
    scope = current()
    if scope.everything:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Guarded) or (row.adding and row in session.new):
            continue
        if not row.may_be_changed_by(scope) or not (row in session.new or _is_ones_own(session, row, scope)):
            raise Refused(f"{type(row).__name__} (scope: {scope or 'nobody'})")


def _is_ones_own(session: Session, row: Guarded, scope: Scope) -> bool:
    mapper, identity = inspect(type(row)), inspect(row).identity
    key = [column == value for column, value in zip(mapper.primary_key, identity, strict=True)]
    return session.scalar(select(true()).select_from(type(row)).where(*key, type(row).changeable(scope))) is not None


def _tell(connection: Connection, scope: Scope) -> None:
    connection.execute(text("SELECT set_config(:name, :grants, true)"), {"name": SETTING, "grants": str(scope)})


class UnsafeRole(Exception):
    """The database role would pass by the row-level security. Its text is one line that says what to change."""


_ROLE = """
SELECT current_user,
       EXISTS (SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER')),
       EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                                      AND pg_has_role(current_user, relowner, 'MEMBER')),
       (SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
         WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity))
"""


def refuse_unsafe_role(connection: Any) -> None:
    """Raises UnsafeRole where the role of this PostgreSQL connection is not held by row-level security, or could make itself so."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, ([inspect(cls).local_table.name for cls in guarded()],))
        name, passes_by, owns, open_tables = cursor.fetchone()
    if passes_by or owns:
        what = "is a superuser or passes by row-level security" if passes_by else "owns the tables"
        raise UnsafeRole(
            f"DATABASE_URL: the role {name!r} {what}. Name a role that does not, and the owner in DATABASE_OWNER_URL (docs/postgresql.md)."
        )
    if open_tables:
        raise UnsafeRole(f"DATABASE_URL: row-level security is off for {open_tables}. Run: flask db upgrade (docs/postgresql.md).")


def refuse_to_start(engine: Engine) -> None:
    """Before anything is served: raises UnsafeRole. A database that cannot be reached is no reason, for the pages say so.

    No connection is left open, so that workers can be forked from here.
    """
    if engine.dialect.name == "postgresql":
        with suppress(SQLAlchemyError):
            engine.connect().close()
        engine.dispose()


def tell_the_database(engine: Engine) -> None:
    """On PostgreSQL each transaction begins with what its person was granted, which is forgotten at its end. A role that would
    pass by the row-level security is refused at the first connection."""
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "first_connect", _once_unless_exception=True)
    def _on_first_connect(connection: Any, _record: Any) -> None:
        refuse_unsafe_role(connection)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        _tell(connection, current())


def policies(cls: type[Guarded]) -> list[str]:
    """The statements that give a table its row-level security on PostgreSQL, the same on every run."""
    name = inspect(cls).local_table.name
    everything = f"current_setting('{SETTING}', true) = 'everything'"
    read = "true" if cls.reading else f"{everything} OR {_in_sql(cls.readers)}"
    write = f"{everything} OR {_in_sql(cls.writers)}"
    return [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY reading ON {name} FOR SELECT USING ({read})",
        f"CREATE POLICY adding ON {name} FOR INSERT WITH CHECK ({'true' if cls.adding else write})",
        f"CREATE POLICY changing ON {name} FOR UPDATE USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY removing ON {name} FOR DELETE USING ({write})",
    ]


def _in_sql(leaves: Iterable[Grant]) -> str:
    """The setting is '' and not NULL once a transaction on the same connection has had it."""
    held = f"ANY ((SELECT string_to_array(current_setting('{SETTING}', true), ','))::text[])"
    owners = [(leave.kind, f"nullif({leave.owner}::text, '')" if leave.owner else "''") for leave in leaves]
    return " OR ".join(f"'{kind}:' || {owner} = {held}" for kind, owner in owners) or "false"
