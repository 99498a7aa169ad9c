"""The one-sheet template: a row a service, for councils that have only a spreadsheet. Pure but for reading its content file.

What the columns are called is content (content/directory/sheet.yaml); where each goes in an Open Referral UK record is here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from app.content.reading import read_yaml
from app.content.schema import Reviewed, Strict
from app.directory.doors.formulas import as_meant
from app.directory.doors.shaping import day, named, numeric, phone
from app.directory.doors.tables import Row, records
from app.directory.feeds import Entry
from app.directory.findings import Fault, Notebook

FILE = Path("directory") / "sheet.yaml"
LIST_SEPARATOR = ";"

_LOCATION = "service_at_locations.0.location."
_ADDRESS = _LOCATION + "addresses.0."
_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column goes: its path in the record ("*" for each of several), how it is read, and what findings call it."""

    path: str
    kind: str = "text"
    found_as: str = ""


PLACES: dict[str, Place] = {
    "reference": Place("source_id", found_as="id"),
    "name": Place("name"),
    "organisation": Place("organization.name", found_as="organization"),
    "organisation_description": Place("organization.description"),
    "summary": Place("fingerpost.summary", found_as="summary"),
    "description": Place("description"),
    "status": Place("status"),
    "kinds": Place("attributes.*.taxonomy_term.name", found_as="taxonomy_term.name"),
    "address": Place(_ADDRESS + "address_1", found_as="address.address_1"),
    "town": Place(_ADDRESS + "city", found_as="address.city"),
    "postcode": Place(_ADDRESS + "postal_code", found_as="address.postal_code"),
    "council_codes": Place("service_areas.*.extent", found_as="service_areas.extent"),
    "area_served": Place("fingerpost.area_served", found_as="area_served"),
    "phone": Place("phones.0.number", "phone", "phones.number"),
    "email": Place("email"),
    "website": Place("url"),
    "how_to_refer": Place("application_process"),
    "self_referral": Place("fingerpost.self_referral", "yes_no", "self_referral"),
    "professional_referral": Place("fingerpost.professional_referral", "yes_no", "professional_referral"),
    "referral_form": Place("fingerpost.referral_form_url", found_as="referral_form_url"),
    "accepting": Place("fingerpost.accepting", "yes_no", "accepting"),
    "wait": Place("wait_time"),
    "cost": Place("fees_description", found_as="fees"),
    "cost_kind": Place("fingerpost.cost_kind", found_as="cost_kind"),
    "eligibility": Place("eligibility_description"),
    "not_for": Place("fingerpost.not_for", found_as="not_for"),
    "minimum_age": Place("minimum_age", "number"),
    "maximum_age": Place("maximum_age", "number"),
    "opening": Place("schedules.*.description", found_as="schedules"),
    "languages": Place("languages.*.name", found_as="languages.name"),
    "access": Place("fingerpost.access.*", found_as="access"),
    "cqc_location": Place("accreditations", "cqc"),
    "checked_on": Place("assured_date", "date"),
}


class Column(Strict):
    """A column of the template: what it is called, how it is filled in, and what the example row has there."""

    field: str
    heading: str = Field(min_length=2, max_length=40)
    explanation: str = Field(min_length=5, max_length=300)
    example: str
    required: bool = False


class Sheet(Reviewed):
    """The template. `vocabulary` is the one that the kinds of service are words of; `mend` heads the column of what to mend."""

    vocabulary: str
    mend: str
    columns: tuple[Column, ...]

    @model_validator(mode="after")
    def _has_every_column_once(self) -> "Sheet":
        if sorted(column.field for column in self.columns) != sorted(PLACES):
            raise ValueError(f"fields must be each once: {', '.join(PLACES)}")
        if len({column.heading.casefold() for column in self.columns}) < len(self.columns):
            raise ValueError("two columns have the same heading")
        return self

    @property
    def example(self) -> str:
        """The reference of the example row, which is never read."""
        return next(column.example for column in self.columns if column.field == "reference")

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def called(self, field: str) -> str:
        """What people call the column that a finding speaks of; the finding's own word where it is none of the template's."""
        return self.finding_names.get(field, field)

    @property
    def finding_names(self) -> dict[str, str]:
        """Column headings by what findings call their fields."""
        return {PLACES[column.field].found_as or PLACES[column.field].path: column.heading for column in self.columns}


@lru_cache(maxsize=4)
def load(root: Path) -> Sheet:
    """Read and check the template. Raises ContentError."""
    return read_yaml(root / FILE, Sheet)


def heads(root: Path) -> dict[Path, Reviewed]:
    """Its reviewed head, for the content check."""
    return {root / FILE: load(root)}


def entries(tables: Iterable[Iterator[Row]], sheet: Sheet, source: str) -> Iterator[Entry]:
    """Each row but the example as a record of `source`. Columns may stand in any order, and others are passed over.

    Raises Unreadable.
    """
    fields = {column.heading.casefold(): column.field for column in sheet.columns}
    required = {column.heading for column in sheet.columns if column.required}
    names = sheet.finding_names

    def is_heading(found: set[str]) -> bool:
        return {heading.casefold() for heading in required} <= {_plain(heading) for heading in found}

    for number, row in records(tables, is_heading, ", ".join(sorted(required))):
        notes = Notebook()
        cells = {fields[_plain(heading)]: as_meant(cell) for heading, cell in row.items() if _plain(heading) in fields}
        if cells.get("reference", "").casefold() != sheet.example.casefold():
            yield Entry(number, _record(cells, sheet, source, notes), notes, columns=names)


def _plain(heading: str) -> str:
    """A heading as it is compared: many mark what is required with a star."""
    return heading.rstrip("* ").casefold()


def _record(cells: Mapping[str, str], sheet: Sheet, source: str, notes: Notebook) -> dict[str, Any]:
    record: dict[str, Any] = {"status": "active"}
    for field, cell in cells.items():
        place = PLACES[field]
        value = _read(cell, place, notes)
        if value is not None:
            _put(record, place.path.split("."), value)
    for attribute in record.get("attributes", ()):
        attribute["taxonomy_term"]["taxonomy"] = sheet.vocabulary
    for entry in record.get("service_at_locations", ()):
        entry["location"] |= {"location_type": "physical"}
        entry["location"]["addresses"][0] |= {"address_type": "physical"}
    return named(record, cells.get("reference", ""), source)


def _read(cell: str, place: Place, notes: Notebook) -> Any:
    """The cell as the record has it, or None where it cannot be used."""
    if place.kind == "yes_no":
        said = _YES_NO.get(cell.casefold())
        if said is None:
            notes.note(Fault.YES_OR_NO, place.found_as, cell)
        return said
    if place.kind == "number":
        return numeric(cell)
    if place.kind == "date":
        return day(cell)
    if place.kind == "phone":
        return phone(cell, place.found_as, notes)
    if place.kind == "cqc":
        return cell if "CQC" in cell else f"CQC {cell}"
    return [part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip()] if "*" in place.path else cell


def _put(target: dict[str, Any], path: list[str], value: Any) -> None:
    """Put a value at a path: a number in it is a place of a list, "*" each of several."""
    name, *rest = path
    if not rest:
        target[name] = value
    elif rest[0] == "*":
        target[name] = [_made(rest[1:], part) for part in value]
    elif rest[0] == "0":
        items = target.setdefault(name, [{}])
        _put(items[0], rest[1:], value)
    else:
        _put(target.setdefault(name, {}), rest, value)


def _made(path: list[str], value: Any) -> Any:
    made: dict[str, Any] = {}
    if not path:
        return value
    _put(made, path, value)
    return made


def row_of(raw: object, sheet: Sheet) -> list[str]:
    """A record of any feed as a row of the template, so that whoever sent it can mend it there."""
    return [_written(_taken(raw, PLACES[column.field].path.split("."))) for column in sheet.columns]


def _taken(value: Any, path: list[str]) -> Any:
    """What stands at a path, or None."""
    for place, name in enumerate(path):
        if name == "*":
            return [_taken(part, path[place + 1 :]) for part in value] if isinstance(value, list) else None
        if name == "0":
            value = value[0] if isinstance(value, list) and value else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return f"{LIST_SEPARATOR} ".join(_written(part) for part in value if part is not None)
    return str(value)
