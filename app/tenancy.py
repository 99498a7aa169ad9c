"""Whose rows somebody may see and change.

A row that belongs to a council, a practice or a person is of a `Guarded` class, which says what a person must have been granted
to read it and to write it. What nobody granted is refused: such rows are not found by any query, and a change of one is an error.
The same declarations make the row-level security of PostgreSQL, a second wall behind this one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from flask import g, has_app_context, has_request_context
from sqlalchemy import ColumnElement, Connection, Engine, event, false, inspect, or_, text, true
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from app.extensions import Base

SETTING = "fingerpost.grants"
"""The setting of a PostgreSQL transaction that carries what its person was granted."""


class Refused(Exception):
    """A change of a row that the current scope may not change. A view that gets here has forgotten to look the row up."""


@dataclass(frozen=True)
class Grant:
    """Leave of one kind ("council_admin") for one owner ("E08000004"). For a row, `owner` names the column that says whose it is."""

    kind: str
    owner: str = ""

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
    column means leave that has no owner. `adding` says whether anybody may add a row without reading it again."""

    readers: ClassVar[Sequence[Grant]] = ()
    writers: ClassVar[Sequence[Grant]] = ()
    adding: ClassVar[bool] = False

    @classmethod
    def visible(cls, scope: Scope) -> ColumnElement[bool]:
        """The condition on rows that this scope may read."""
        return cls._condition(cls.readers, scope)

    @classmethod
    def changeable(cls, scope: Scope) -> ColumnElement[bool]:
        """The condition on rows that this scope may change."""
        return cls._condition(cls.writers, scope)

    @classmethod
    def _condition(cls, leaves: Iterable[Grant], scope: Scope) -> ColumnElement[bool]:
        if scope.everything:
            return true()
        terms: list[ColumnElement[bool]] = []
        for leave in leaves:
            owners = scope.owners(leave.kind)
            if owners:
                terms.append(getattr(cls, leave.owner).in_(owners) if leave.owner else true())
        return or_(*terms) if terms else false()

    def may_be_changed_by(self, scope: Scope) -> bool:
        """Whether this scope may write this row as it now stands."""
        if scope.everything:
            return True
        return any(str(getattr(self, leave.owner, "") or "") in scope.owners(leave.kind) for leave in self.writers)


def current() -> Scope:
    """The scope of this request, nobody's until somebody is known. A command and a job are run by the program itself."""
    if not has_app_context():
        return EVERYTHING
    scope: Scope = g.get("scope") or (NOBODY if has_request_context() else EVERYTHING)
    return scope


@contextmanager
def acting(scope: Scope) -> Iterator[None]:
    """Work under another scope for a while."""
    before = g.get("scope")
    _enter(scope)
    try:
        yield
    finally:
        _enter(before)


def _enter(scope: Scope | None) -> None:
    g.scope = scope
    session: Session | None = g.get("db_session")
    if session is not None and session.in_transaction() and session.get_bind().dialect.name == "postgresql":
        session.flush()
        _tell(session.connection(), current())


def guarded() -> list[type[Guarded]]:
    """Every class whose rows are guarded."""
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Guarded)]


@event.listens_for(Session, "do_orm_execute")
def _only_what_is_granted(state: ORMExecuteState) -> None:
    scope = current()
    if scope.everything or state.is_column_load or state.is_relationship_load:
        return
    if state.is_insert:
        _refuse_insert(state, scope)
        return
    state.statement = state.statement.options(*_criteria(scope, state.is_update or state.is_delete))


@lru_cache(maxsize=256)
def _criteria(scope: Scope, writing: bool) -> tuple[LoaderCriteriaOption, ...]:
    return tuple(
        with_loader_criteria(cls, cls.changeable(scope) if writing else cls.visible(scope), include_aliases=True) for cls in guarded()
    )


def _refuse_insert(state: ORMExecuteState, scope: Scope) -> None:
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Guarded) and not mapper.class_.adding:
        raise Refused(f"{mapper.class_.__name__}: rows are added one by one, so that each can be judged (scope: {scope or 'nobody'})")


@event.listens_for(Session, "before_flush")
def _only_rows_of_ones_own(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    scope = current()
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, Guarded) and not row.may_be_changed_by(scope):
            raise Refused(f"{type(row).__name__} (scope: {scope or 'nobody'})")
    for row in session.new:
        if isinstance(row, Guarded) and not row.adding and not row.may_be_changed_by(scope):
            raise Refused(f"{type(row).__name__} (scope: {scope or 'nobody'})")


def _tell(connection: Connection, scope: Scope) -> None:
    connection.execute(text("SELECT set_config(:name, :grants, true)"), {"name": SETTING, "grants": str(scope)})


class UnsafeRole(Exception):
    """The database role would pass by the row-level security. Its text is one line that says what to change."""


_ROLE = """
SELECT rolname, rolsuper OR rolbypassrls,
       EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user),
       (SELECT string_agg(relname, ', ') FROM pg_class
         WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity))
  FROM pg_roles WHERE rolname = current_user
"""


def refuse_unsafe_role(connection: Any) -> None:
    """Raises UnsafeRole where the role of this PostgreSQL connection is not held by row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, ([inspect(cls).local_table.name for cls in guarded()],))
        name, passes_by, owns, open_tables = cursor.fetchone()
    if passes_by or owns:
        raise UnsafeRole(
            f"DATABASE_URL: the role {name!r} is a superuser, passes by row-level security or owns the tables. Make a role that does"
            " not, name it here, and name the owner in DATABASE_OWNER_URL (docs/postgresql.md)."
        )
    if open_tables:
        raise UnsafeRole(f"DATABASE_URL: row-level security is off for {open_tables}. Run: flask db upgrade")


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
    read, write = (_in_sql(leaves) for leaves in (cls.readers, cls.writers))
    add = "true" if cls.adding else f"{everything} OR {write}"
    return [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        *(f"DROP POLICY IF EXISTS {kind} ON {name}" for kind in ("reading", "adding", "changing", "removing")),
        f"CREATE POLICY reading ON {name} FOR SELECT USING ({everything} OR {read})",
        f"CREATE POLICY adding ON {name} FOR INSERT WITH CHECK ({add})",
        f"CREATE POLICY changing ON {name} FOR UPDATE USING ({everything} OR {write}) WITH CHECK ({everything} OR {write})",
        f"CREATE POLICY removing ON {name} FOR DELETE USING ({everything} OR {write})",
    ]


def _in_sql(leaves: Iterable[Grant]) -> str:
    held = f"ANY (string_to_array(coalesce(current_setting('{SETTING}', true), ''), ','))"
    owners = [(leave.kind, f"coalesce({leave.owner}::text, '')" if leave.owner else "''") for leave in leaves]
    return " OR ".join(f"'{kind}:' || {owner} = {held}" for kind, owner in owners) or "false"
