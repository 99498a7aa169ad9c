"""Which events and counts are old. An event goes only when every measure has counted it, so that no count changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.events import queries as events
from app.extensions import db
from app.insights.catalogue import measures
from app.insights.models import DailyCount, FillState
from app.jobs.retention import Keeping


def _events(before: datetime) -> Select[Any]:
    declared = measures()
    counted = {
        state.measure: state.last_event_id
        for state in db.session.scalars(select(FillState))
        if state.measure in declared and state.version >= declared[state.measure].version
    }
    return events.old_events(before, up_to=min(counted.get(measure, 0) for measure in declared))


RULES = (
    Keeping("event", _events),
    Keeping("word_count", events.old_words),
    Keeping("daily_count", lambda before: select(DailyCount).where(DailyCount.day < before.date())),
)
