"""What the pages of the editors' desk show of changes: each field in words, before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from app.accounts.queries import names_of
from app.content.messages import say
from app.directory.amending import AMENDABLE, APART_FROM, MERGED_INTO, WITHDRAWN
from app.directory.desk.queries import Step, name_of
from app.vocabulary import queries as vocabulary

_FOLLOW_FROM_OTHERS = frozenset({"lat", "lon"})
_IDS = frozenset({MERGED_INTO, APART_FROM})


@dataclass(frozen=True)
class Difference:
    """A field in words, with its lines before and after."""

    field: str
    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Done:
    """Who did what, and when."""

    who: str
    what: str
    at: datetime


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields of `after`, each beside what stood there. Positions follow from places and are left out."""
    names = [name for name in after if name not in _FOLLOW_FROM_OTHERS]
    return [Difference(name, say(f"desk.field.{name}"), _lines(name, before.get(name)), _lines(name, after[name])) for name in names]


def can_be_taken(kept: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """What another entry says otherwise than the one that is to stay, or alone."""
    said = {name: other[name] for name in sorted(AMENDABLE & other.keys()) if other[name] != kept.get(name)}
    return differences(kept, said)


class Traced(Protocol):
    """Something with a history."""

    @property
    def id(self) -> str: ...

    @property
    def steps(self) -> tuple[Step, ...]: ...


def done(changes: Iterable[Traced]) -> dict[str, list[Done]]:
    """By the id of each: who did what to it."""
    changes = list(changes)
    people = names_of({step.by for change in changes for step in change.steps})
    return {
        change.id: [Done(people.get(step.by) or _nobody(step.by), say(f"deed.{step.what}"), step.at) for step in change.steps]
        for change in changes
    }


def _nobody(by: str) -> str:
    if by == "visitor":
        return say("desk.by_link")
    return say("desk.by_program") if " " in by or by == "job" else say("desk.somebody_left")


def _lines(name: str, value: Any) -> list[str]:
    if value is None or value in ("", [], ()):
        return [say("desk.said.")]
    if name == WITHDRAWN:
        return [say("desk.withdrawn")]
    if name in _IDS:
        return [name_of(value)]
    if isinstance(value, bool):
        return [say("desk.said.yes" if value else "desk.said.no")]
    if isinstance(value, list | tuple):
        return [_item(name, one) for one in value]
    return [_text(name, value)]


def _item(name: str, value: Any) -> str:
    if name == "sites":
        return ", ".join(part for part in (value["name"], value["address"], value["postcode"]) if part)
    known = vocabulary.alternatives()
    return known[value].label if name == "alternatives" and value in known else str(value)


def _text(name: str, value: Any) -> str:
    if name in ("status", "cost_kind"):
        return say(f"desk.{name}.{value}")
    if name == "assured_on":
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values() if part and part is not True)
    return f"{value:g}" if isinstance(value, float) else str(value)
