"""HSDS 3.x as tables: a folder or a zip file of CSV, joined into records without holding the tables in memory."""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from app.directory.doors.shaping import given, named, numeric
from app.directory.doors.tables import csv_rows, records
from app.directory.doors.xlsx import archive
from app.directory.feeds import Entry
from app.directory.findings import Notebook
from app.directory.refusal import Unreadable, Why

Opener = Callable[[], BinaryIO]

MOST_PARTS_OF_ONE = 200
"""Of each table for one service; more than any has."""
_OTHER_NAMES = {
    "services_at_location": "service_at_location", "service_at_locations": "service_at_location", "schedule": "schedules",
    "address": "addresses", "attribute": "attributes", "taxonomy": "taxonomies", "regular_schedules": "schedules",
}  # fmt: skip
_OF_SERVICE = ("service_id",)
_OF_LOCATION = ("location_id",)
_BY_ID = ("id",)
_LINKS = {
    "organizations": _BY_ID, "locations": _BY_ID, "taxonomy_terms": _BY_ID, "taxonomies": _BY_ID,
    "addresses": _OF_LOCATION, "accessibility": _OF_LOCATION,
    "service_at_location": _OF_SERVICE, "contacts": _OF_SERVICE, "service_areas": _OF_SERVICE, "cost_options": _OF_SERVICE,
    "languages": _OF_SERVICE, "service_capacity": _OF_SERVICE, "attributes": ("link_id", "service_id"),
    "phones": ("service_id", "location_id", "contact_id"), "schedules": ("service_id", "service_at_location_id"),
}  # fmt: skip
"""The tables that are read, and by which of their columns they are looked up."""
_NUMBERS = {"minimum_age", "maximum_age", "amount", "latitude", "longitude", "available"}
_OLDER_NAMES = {"website": "url", "eligibility": "eligibility_description"}
"""Columns that older versions of the standard call otherwise."""


def entries(tables: Mapping[str, Opener], source: str) -> Iterator[Entry]:
    """Each row of services.csv as a record of `source`, with what the other tables say of it. Raises Unreadable."""
    if "services" not in tables:
        raise Unreadable(Why.TABLES_MISSING, table="services.csv", needed="services.csv, organizations.csv")
    with closing(sqlite3.connect("")) as database:  # A file that is gone when it is closed.
        parts = _Parts(database, tables)
        for number, row in _rows(tables["services"], "id"):
            yield Entry(number, named(_record(row, parts), row.get("id", ""), source), Notebook())


def in_folder(folder: Path) -> dict[str, Opener]:
    """The tables of a folder, by name."""
    return {_name(path.name): _file_opener(path) for path in sorted(folder.glob("*.csv"))}


def in_zip(stream: BinaryIO) -> dict[str, Opener]:
    """The tables of a zip file, in whatever folder they lie in it. Raises Unreadable."""
    packed = archive(stream, Why.NOT_A_ZIP)
    return {_name(PurePosixPath(name).name): _member_opener(packed, name) for name in sorted(packed.namelist()) if name.endswith(".csv")}


def _file_opener(path: Path) -> Opener:
    return lambda: path.open("rb")


def _member_opener(packed: zipfile.ZipFile, name: str) -> Opener:
    return lambda: cast(BinaryIO, packed.open(name))


def _name(file: str) -> str:
    name = file.removesuffix(".csv").casefold()
    return _OTHER_NAMES.get(name, name)


def _rows(opened: Opener, needed: str = "") -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with opened() as stream:
            for number, cells in records([csv_rows(stream)], lambda headings: not needed or needed in headings, needed):
                named_now = {_OLDER_NAMES.get(name, name): cell for name, cell in cells.items()}
                yield number, {name: numeric(cell) if name in _NUMBERS else cell for name, cell in named_now.items()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):  # Damaged, or packed in a way or with a password that is not read.
        raise Unreadable(Why.NOT_A_ZIP) from None


class _Parts:
    """Every row of the other tables, found by what it belongs to."""

    def __init__(self, database: sqlite3.Connection, tables: Mapping[str, Opener]) -> None:
        self._database = database
        database.execute("CREATE TABLE part (link TEXT, owner TEXT, body TEXT)")
        for name in _LINKS.keys() & tables.keys():
            database.executemany("INSERT INTO part VALUES (?, ?, ?)", self._links(name, tables[name]))
        database.execute("CREATE INDEX part_owner ON part (link, owner)")

    @staticmethod
    def _links(name: str, opened: Opener) -> Iterator[tuple[str, str, str]]:
        for _, row in _rows(opened):
            for link in _LINKS[name]:
                if link in row:
                    yield f"{name}.{link}", row[link], json.dumps(row)

    def of(self, link: str, owner: str | None) -> list[dict[str, Any]]:
        """The rows whose column `link` ("phones.service_id") holds this id."""
        if not owner:
            return []
        found = self._database.execute("SELECT body FROM part WHERE link = ? AND owner = ? LIMIT ?", (link, owner, MOST_PARTS_OF_ONE))
        return [json.loads(body) for (body,) in found]

    def one(self, link: str, owner: str | None) -> dict[str, Any]:
        return next(iter(self.of(link, owner)), {})


def _record(row: dict[str, Any], parts: _Parts) -> dict[str, Any]:
    service_id = row.get("id")
    ats = parts.of("service_at_location.service_id", service_id) or [row]
    locations = [location for at in ats if (location := parts.one("locations.id", at.get("location_id")))]
    organisation_id = row.get("organization_id") or next((item["organization_id"] for item in locations if "organization_id" in item), None)
    schedules = [parts.of("schedules.service_at_location_id", at.get("id")) for at in ats if at is not row]
    phones = [parts.of("phones.location_id", location["id"]) for location in locations]
    contacts = [_contact(contact, parts) for contact in parts.of("contacts.service_id", service_id)]
    own = {name: value for name, value in row.items() if name not in ("languages", "service_areas")}  # Older versions: one cell for all.
    return own | given(
        organization=parts.one("organizations.id", organisation_id),
        service_at_locations=[{"location": _location(location, parts)} for location in locations],
        schedules=_once([*parts.of("schedules.service_id", service_id), *sum(schedules, [])]),
        phones=_once([*parts.of("phones.service_id", service_id), *sum(phones, [])]),
        contacts=contacts,
        service_areas=parts.of("service_areas.service_id", service_id),
        cost_options=parts.of("cost_options.service_id", service_id),
        languages=parts.of("languages.service_id", service_id),
        service_capacity=parts.of("service_capacity.service_id", service_id),
        attributes=_attributes(service_id, parts),
    )


def _once(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for number, item in enumerate(items) if item not in items[:number]]


def _contact(contact: dict[str, Any], parts: _Parts) -> dict[str, Any]:
    return contact | given(phones=parts.of("phones.contact_id", contact.get("id")))


def _location(location: dict[str, Any], parts: _Parts) -> dict[str, Any]:
    own = {name: value for name, value in location.items() if name not in ("languages", "accessibility")}
    return own | given(
        addresses=parts.of("addresses.location_id", location.get("id")),
        accessibility=parts.of("accessibility.location_id", location.get("id")),
    )


def _attributes(service_id: str | None, parts: _Parts) -> list[dict[str, Any]]:
    linked = parts.of("attributes.link_id", service_id) or parts.of("attributes.service_id", service_id)
    terms = [parts.one("taxonomy_terms.id", link.get("taxonomy_term_id")) for link in linked]
    return [{"taxonomy_term": _term(term, parts)} for term in terms if term]


def _term(term: dict[str, Any], parts: _Parts) -> dict[str, Any]:
    taxonomy = parts.one("taxonomies.id", term.get("taxonomy_id")).get("name")
    return term | given(taxonomy=term.get("taxonomy") or taxonomy)
