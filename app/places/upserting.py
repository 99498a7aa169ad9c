"""Writing many rows: new ones in, changed ones mended, the others left alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Table, bindparam, inspect, select
from sqlalchemy.orm import Session

from app.extensions import Base, db

AT_ONCE = 2_000
"""Rows of one transaction: a fraction of a second under the write lock."""


@dataclass
class Tally:
    """How many rows were new, changed or unchanged, and how many repeated the key of another row nearby."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0


def upsert(model: type[Base], rows: Iterable[dict[str, Any]]) -> Tally:
    """Bring the table to these rows, batch by batch, each in its own transaction. All rows have the same columns.

    Columns that the rows do not have keep their values. Of two rows of one batch with one key the later counts.
    """
    tally = Tally()
    for batch in _batches(rows):
        with db.writing() as session:
            _write(session, inspect(model).local_table, batch, tally)  # type: ignore[arg-type]
    return tally


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    source = iter(rows)
    while batch := list(islice(source, AT_ONCE)):
        yield batch


def _write(session: Session, table: Table, batch: list[dict[str, Any]], tally: Tally) -> None:
    names = list(batch[0])
    (key,) = table.primary_key.columns
    wanted = {row[key.name]: row for row in batch}
    columns = [table.c[name] for name in names]
    there = {row[0]: row[1:] for row in session.execute(select(key, *columns).where(key.in_(list(wanted))))}
    new = [row for identity, row in wanted.items() if identity not in there]
    changed = [row for identity, row in wanted.items() if identity in there and there[identity] != tuple(row.values())]
    if new:
        session.execute(table.insert(), new)
    if changed:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        mended = [{f"new_{name}": value for name, value in row.items()} for row in changed]
        session.execute(table.update().where(key == bindparam(f"new_{key.name}")).values(values), mended)
    tally.new += len(new)
    tally.changed += len(changed)
    tally.unchanged += len(wanted) - len(new) - len(changed)
    tally.repeated += len(batch) - len(wanted)
