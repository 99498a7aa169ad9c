"""Bare instances that every feature shares. Imports nothing of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Flask, current_app, g
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session


class Base(DeclarativeBase):
    """The base of every model. Constraint names are fixed so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC, on databases that keep zones and on SQLite, which does not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC) if value else None


class Database:
    """One session per application context; reads are snapshots, writes begin IMMEDIATE on SQLite."""

    session_class = Session
    """The guarded one, from `tenancy` on."""

    def init_app(self, app: Flask, url: str) -> None:
        app.extensions["database"] = _engine(url)
        app.teardown_appcontext(self._close)

    @property
    def engine(self) -> Engine:
        engine: Engine = current_app.extensions["database"]
        return engine

    @property
    def session(self) -> Session:
        """The session of this request or command. For reading; write inside `writing()`."""
        if "db_session" not in g:
            g.db_session = self.session_class(self.engine, expire_on_commit=False)
        session: Session = g.db_session
        return session

    def let_go(self) -> None:
        """Close every connection of this process that nobody uses; the next use opens another."""
        self._close()
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A write transaction: committed at the end, rolled back on an error. Nested calls join the outer one."""
        session = self.session
        if session.info.get("writing"):
            yield session
            return
        session.rollback()  # A read snapshot cannot become a writer when somebody else has written meanwhile.
        session.info["writing"] = True
        try:
            session.connection(execution_options={"begin_immediate": True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False

    @staticmethod
    def _close(_error: BaseException | None = None) -> None:
        session = g.pop("db_session", None)
        if session is not None:
            session.close()


def _written(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


_JSON: dict[str, Any] = {"json_serializer": _written, "json_deserializer": orjson.loads}


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8, **_JSON)
    engine = create_engine(url, connect_args={"timeout": 15}, **_JSON)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # We say BEGIN ourselves, below.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("begin_immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


db = Database()
