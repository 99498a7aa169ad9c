"""What an event adds to a measure. Pure."""

from collections.abc import Iterator
from typing import Any

from app.insights.schema import Source


def counted(source: Source, kind: str, facts: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """What an event adds, as (subject, amount); the subject is "" where a measure is not split. Nothing is never yielded."""
    if kind != source.event or any(facts.get(fact) != value for fact, value in source.where.items()):
        return
    amount = _amount(facts.get(source.amount)) if source.amount else 1
    for subject in _subjects(facts.get(source.each)) if source.each else ("",):
        if amount:
            yield subject, amount


def _amount(fact: Any) -> int:
    return len(fact) if isinstance(fact, list | tuple) else int(fact or 0)


def _subjects(fact: Any) -> tuple[str, ...]:
    """The ids of a fact, each once. An event that was written before the fact existed has none."""
    ids = [fact] if isinstance(fact, str) else fact or ()
    return tuple(dict.fromkeys(ids))
