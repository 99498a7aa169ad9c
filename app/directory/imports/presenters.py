"""What the pages of imports show of services: which, and what of them changes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.accounts.queries import names_of
from app.content.messages import say
from app.directory.desk.presenters import Difference, differences
from app.directory.imports.queries import Import, Row
from app.directory.service import LiveService

_NOT_SHOWN = frozenset({"id", "source", "source_id", "council_code", "modified_on", "lat", "lon"})
_SHOWN = [field.name for field in fields(LiveService) if field.name not in _NOT_SHOWN]


@dataclass(frozen=True)
class Entry:
    """A service in a list: its name, who runs it, what it does in one line, and for a changed one what is said otherwise."""

    id: str
    name: str
    organisation: str
    summary: str
    changes: list[Difference]


def entry(row: Row) -> Entry:
    """One service of an import. Of an entry that was emptied since, nothing but its id is left."""
    said: Mapping[str, Any] = row.after or row.before or {}
    changes: list[Difference] = []
    if row.before is not None and row.after is not None:
        before, after = row.before, row.after
        changes = differences(before, {name: after.get(name) for name in _SHOWN if after.get(name) != before.get(name)})
    return Entry(row.service_id, said.get("name", row.service_id), said.get("organisation", ""), said.get("summary", ""), changes)


def people(imports: list[Import]) -> dict[str, str]:
    """What to call those who staged and published: a person by name, a program as one."""
    return names({by for one in imports for by in (one.started_by, one.published_by)})


def names(ids: set[str]) -> dict[str, str]:
    """What to call those who did something, by what the trail calls them; nothing for nobody."""
    ids = ids - {""}
    found = names_of(ids)
    return {by: found.get(by) or say("desk.by_program" if " " in by or by == "job" else "desk.somebody_left") for by in ids}
