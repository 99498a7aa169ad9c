"""Use made up for tests: many events of every kind, from a fixed seed."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from app.events.models import EventRow
from app.extensions import db
from app.insights.models import DailyCount, FillState

COUNCILS = ("E99000001", "E08000004", None)
PRACTICES = ("Z99001", "Z99002", "Z99003", "Z99004", None)
NEEDS = ("falls", "lives_alone", "carer_strain", "loneliness")
ALTERNATIVES = ("telecare", "reablement", "befriending")
FIRST = datetime(2026, 10, 1, 9, tzinfo=UTC)


def make(number: int, *, seed: int = 7) -> None:
    """Write this many events over a fortnight."""
    chance = random.Random(seed)
    rows = [_row(chance) for _ in range(number)]
    with db.writing() as session:
        session.execute(insert(EventRow), rows)


def _row(chance: random.Random) -> dict[str, Any]:
    some = lambda ids: chance.sample(ids, chance.randint(0, len(ids)))  # noqa: E731
    kind, facts = chance.choice(
        [
            ("search_made", {"found": chance.random() < 0.8, "alternatives": some(ALTERNATIVES)}),
            ("assistant_asked", {"needs": some(NEEDS), "red_flags": some(("fire_risk",)), "alternatives": some(ALTERNATIVES)}),
            ("service_opened", {"service": "s", "alternatives": []}),
            ("module_started", {"module": "before-the-care-home"}),
            ("module_finished", {"module": "before-the-care-home", "right": chance.randint(0, 5), "asked": 5}),
            ("a_kind_that_nobody_counts", {}),
        ]
    )
    when = FIRST + timedelta(minutes=chance.randint(0, 14 * 24 * 60))
    place = {"council_code": chance.choice(COUNCILS), "practice_code": chance.choice(PRACTICES)}
    return {"happened_at": when, "day": when.date(), "kind": kind, "facts": facts, **place}


def recounted() -> Counter[tuple[Any, ...]]:
    """The counts, worked out anew from the raw events by other means than the roll-up's."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for event in db.session.scalars(select(EventRow)):
        for measure, subject, amount in _expected(event.kind, event.facts):
            if amount:
                counts[event.council_code or "", event.practice_code or "", event.day, measure, subject] += amount
    return counts


def _expected(kind: str, facts: dict[str, Any]) -> list[tuple[str, str, int]]:
    if kind == "search_made":
        return [("searches", "", 1), ("searches_without_result", "", int(not facts["found"]))]
    if kind == "assistant_asked":
        needs = [("needs_read", need, 1) for need in facts["needs"]]
        shown = [("alternatives_shown", alternative, 1) for alternative in facts["alternatives"]]
        return [("assistant_turns", "", 1), ("red_flags_raised", "", len(facts["red_flags"])), *needs, *shown]
    if kind == "service_opened":
        return [("services_opened", "", 1)]
    if kind == "module_started":
        return [("modules_started", facts["module"], 1)]
    if kind == "module_finished":
        module = facts["module"]
        return [("modules_finished", module, 1), ("answers_right", module, facts["right"]), ("questions_asked", module, facts["asked"])]
    return []


def stored() -> Counter[tuple[Any, ...]]:
    """The counts that the roll-up has written."""
    db.session.rollback()
    rows = db.session.execute(select(DailyCount)).scalars()
    return Counter({(row.council_code, row.practice_code, row.day, row.measure, row.subject): row.count for row in rows})


def reached() -> set[int]:
    """How far the measures have counted."""
    return {state.last_event_id for state in db.session.scalars(select(FillState).execution_options(populate_existing=True))}
