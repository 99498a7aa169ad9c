"""The tables that can only be added to, opened as somebody with the owner's rights could open them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from app.schema import APPEND_ONLY


@contextmanager
def opened(connection: Connection) -> Iterator[None]:
    """Without their triggers; afterwards as before."""
    if connection.dialect.name == "postgresql":
        for table in APPEND_ONLY:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in APPEND_ONLY:
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    triggers = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    ours = [trigger for trigger in triggers if trigger.tbl_name in APPEND_ONLY]
    for trigger in ours:
        connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    yield
    for trigger in ours:
        connection.exec_driver_sql(trigger.sql)
