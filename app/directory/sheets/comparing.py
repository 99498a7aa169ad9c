"""An edited sheet held against the directory: what each row changes, and the rows that cannot be used, each with why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.content.messages import say
from app.directory.amending import changes
from app.directory.desk.entry import typed_of
from app.directory.desk.forms import EntryForm
from app.directory.doors.formulas import as_meant
from app.directory.doors.tables import Row, headed
from app.directory.service import LiveService, to_record
from app.directory.sheets.columns import AS_OF, ID, as_of, headings, typed_in

MOST_CHANGES = 500
"""Changed rows of one sheet: more are not looked at with care, and keep others from writing for too long."""


@dataclass(frozen=True)
class Change:
    """What a row changes of a service."""

    service: LiveService
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be used, and what to do: its number, the column, and what stands there."""

    line: int
    column: str
    value: str
    why: str


@dataclass
class Compared:
    """Of so many rows those that change something, in the sheet's order, and what is wrong with others. `refused` are the cells of
    those, by the row's number. Where there are more than MOST_CHANGES, the rest is left out and `cut_short` says so."""

    rows: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: dict[int, list[str]] = field(default_factory=dict)
    cut_short: bool = False


def compared(tables: Iterable[Iterator[Row]], services: Mapping[str, LiveService]) -> Compared:
    """Hold a sheet against a council's live services, by their ids. Raises Unreadable."""
    known, found, seen = headings(), Compared(), set[str]()
    fields = {heading.casefold(): name for name, heading in known.items()}
    needed = [known[ID], known[AS_OF]]
    rows = headed(tables, lambda there: set(needed) <= there, ", ".join(needed))
    _, found_headings = next(rows)
    columns = {place: fields[one.casefold()] for place, one in enumerate(found_headings) if one.casefold() in fields}
    for number, row in rows:
        cells = {name: as_meant(row[place].strip()) if place < len(row) else "" for place, name in columns.items()}
        if not any(cells.values()):
            continue
        found.rows += 1
        service = services.get(cells[ID].casefold())
        problems = _of_the_row(number, cells, service, seen)
        if service and not problems:
            problems = _take(number, cells, service, found)
        if problems:
            found.problems += problems
            found.refused[number] = [cells.get(name, "") for name in known]
    return found


def _of_the_row(number: int, cells: Mapping[str, str], service: LiveService | None, seen: set[str]) -> list[Problem]:
    """What keeps a whole row from being used."""
    if service is None:
        return [_problem(number, ID, cells[ID], say("sheets.unknown"))]
    if service.id in seen:
        return [_problem(number, ID, cells[ID], say("sheets.twice"))]
    seen.add(service.id)
    if cells[AS_OF] != as_of(service):
        return [_problem(number, AS_OF, cells[AS_OF], say("sheets.changed_meanwhile"))]
    return []


def _take(number: int, cells: Mapping[str, str], service: LiveService, found: Compared) -> list[Problem]:
    """Note what the row changes; what is wrong with it comes back."""
    typed = typed_in(cells, service)
    if not typed:
        return []
    if len(found.changes) >= MOST_CHANGES:
        found.cut_short = True
        return []
    form = EntryForm(MultiDict(typed_of(service) | typed), service)
    if not form.validate():
        return [_problem(number, each.short_name, cells.get(each.short_name, ""), _why(each)) for each in form if each.errors]
    if says := changes(service, to_record(form.after)):
        found.changes.append(Change(service, says))
    return []


def _problem(number: int, name: str, value: str, why: str) -> Problem:
    return Problem(number, headings()[name], value, why)


def _why(field: Any) -> str:
    """What the form says; of a word that is no choice, which words are."""
    if not getattr(field, "choices", None):
        return str(field.errors[0])
    words = [label if field.short_name == "alternatives" else value for value, label in field.choices if value]
    return say("sheets.no_choice", choices="; ".join(words))
