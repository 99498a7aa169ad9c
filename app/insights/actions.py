"""Rolling events up into daily counts."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.events import queries as events
from app.extensions import db
from app.insights.catalogue import measures
from app.insights.counting import counted
from app.insights.models import DailyCount, FillState
from app.insights.schema import Measure

BATCH = 1000
"""Events read in one transaction: few enough that nobody waits long for the write lock."""

Key = tuple[str, str, str, str, date]


def roll_up(*, progress: Callable[[int], object] = lambda _number: None) -> int:
    """Count every event that has not been counted, and say how many were read. Calls `progress` after each batch.

    Counts and how far they go are written together, so a roll-up that is killed has counted whole batches and nothing
    twice, and the next one goes on from there. Two at once take turns.
    """
    declared = measures()
    _begin(declared)
    up_to = events.horizon()
    read = 0
    while batch := _count_batch(declared, up_to):
        read += batch
        progress(batch)
    return read


def _begin(declared: dict[str, Measure]) -> None:
    """New measures, and those whose definition has changed, start at the first event.

    The state is written before the counts go: that waits for another roll-up's batch, so that its counts go too.
    Always in the order of the ids, as the batches lock them, or two roll-ups could wait for each other for ever.
    """
    with db.writing() as session:
        known = {state.measure: state.version for state in session.scalars(select(FillState))}
        for _, measure in sorted(declared.items()):
            if known.get(measure.id, 0) >= measure.version:
                continue
            start = {"measure": measure.id, "version": measure.version, "last_event_id": 0}
            insert = _insert(FillState)
            session.execute(insert.values(start).on_conflict_do_update(index_elements=["measure"], set_=start))
            session.execute(delete(DailyCount).where(DailyCount.measure == measure.id))


def _count_batch(declared: dict[str, Measure], up_to: int) -> int:
    with db.writing() as session:
        wanted = select(FillState).where(FillState.measure.in_(declared)).order_by(FillState.measure).with_for_update()
        states = session.scalars(wanted.execution_options(populate_existing=True)).all()
        batch = events.after(min(state.last_event_id for state in states), up_to=up_to, limit=BATCH)
        if not batch:
            return 0
        counts: Counter[Key] = Counter()
        for event in batch:
            for state in states:
                if state.last_event_id >= event.id:
                    continue
                for subject, amount in counted(declared[state.measure].source, event.kind, event.facts):
                    counts[event.council, state.measure, subject, event.practice, event.day] += amount
        for state in states:
            state.last_event_id = max(state.last_event_id, batch[-1].id)
        _add(session, counts)
        return len(batch)


def _add(session: Session, counts: Counter[Key]) -> None:
    if not counts:
        return
    columns = ("council_code", "measure", "subject", "practice_code", "day")
    insert = _insert(DailyCount)
    upsert = insert.on_conflict_do_update(index_elements=list(columns), set_={"count": DailyCount.count + insert.excluded.count})
    session.execute(upsert, [dict(zip(columns, key, strict=True)) | {"count": number} for key, number in sorted(counts.items())])


def _insert(model: type[DailyCount] | type[FillState]) -> sqlite.Insert | postgresql.Insert:
    table = cast(Table, model.__table__)
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)
