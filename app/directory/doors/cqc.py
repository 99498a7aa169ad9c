"""Locations registered with the Care Quality Commission: its "care directory with filters", its list of ended registrations,
and our extracts of both. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.directory.doors.shaping import day, given, named, numeric, phone
from app.directory.doors.tables import Row, first_of, records
from app.directory.feeds import Entry
from app.directory.findings import Notebook
from app.directory.service import CqcState

VOCABULARY = "cqc-service-type"
RATINGS = {rating.casefold(): rating for rating in ("Outstanding", "Good", "Requires improvement", "Inadequate")}
DIRECTORATE = "Adult social care"
_ID = ("Location ID", "location_id")
_NAME = ("Location Name", "name")
_COLUMNS = {
    "id": _ID, "name": _NAME, "organization": ("Provider Name", "provider_name"), "url": ("Location Web Address", "website"),
    "phones.number": ("Location Telephone Number", "phone"), "cqc.rated_on": ("Publication Date", "rating_date"),
    "address.postal_code": ("Location Postal Code", "postcode"), "location.latitude": ("Location Latitude", "lat"),
}  # fmt: skip
_NEW, _OLD = ({field: names[place] for field, names in _COLUMNS.items()} for place in (0, 1))
"""What the directory and the extracts call the fields that findings speak of."""
_SERVICE_TYPE = "Service type - "
_USER_BAND = "Service user band - "
_NOTHING = "-"
"""How the directory writes an empty cell in some columns."""


def entries(tables: Iterable[Iterator[Row]], source: str) -> Iterator[Entry]:
    """Each adult social care location as a record of `source`; dentists, practices and hospitals are passed over.

    Raises Unreadable.
    """
    for number, row in records(tables, lambda found: bool(found & set(_ID) and found & set(_NAME)), f"{_ID[0]}, {_NAME[0]}"):
        cells = {heading: cell for heading, cell in row.items() if cell != _NOTHING}
        if first_of(cells, "Location Inspection Directorate") in ("", DIRECTORATE):
            notes = Notebook()
            yield Entry(number, _record(cells, source, notes), notes, columns=_OLD if _ID[1] in cells else _NEW)


def _record(cells: Mapping[str, str], source: str, notes: Notebook) -> dict[str, Any]:
    types, bands = _types(cells), _listed(cells, _USER_BAND, "specialisms")
    dormant = first_of(cells, "Dormant (Y/N)", "dormant") == "Y"
    ended = bool(first_of(cells, "Location HSCA End Date")) or "Dereg" in first_of(cells, "Location Status")
    telephone = phone(first_of(cells, "Location Telephone Number", "phone"), "phones.number", notes)
    provider = first_of(cells, "Provider Name", "provider_name", "Brand Name", "brand_name")
    record = given(
        name=first_of(cells, *_NAME),
        description=", ".join(types),
        status="defunct" if ended else "inactive" if dormant else "active",
        url=first_of(cells, "Location Web Address", "website"),
        eligibility_description=", ".join(bands),
        phones=[{"number": telephone}] if telephone else [],
        organization=given(id=first_of(cells, "Provider ID", "provider_id"), name=provider),
        service_areas=_areas(cells),
        service_at_locations=[{"location": _location(cells)}],
        attributes=[{"taxonomy_term": {"name": name, "taxonomy": VOCABULARY}} for name in types],
    )
    record["fingerpost"] = {"cqc": _registration(cells, dormant=dormant, ended=ended)}
    return named(record, first_of(cells, *_ID), source)


def _registration(cells: Mapping[str, str], *, dormant: bool, ended: bool) -> dict[str, Any]:
    rating = RATINGS.get(first_of(cells, "Location Latest Overall Rating", "overall_rating").casefold(), "")
    inherited = first_of(cells, "Inherited Rating (Y/N)", "inherited_rating") == "Y"
    state: CqcState = "inherited" if rating and inherited else "" if rating else "not_yet_rated"
    return given(
        regulated=not ended,
        rating=rating,
        rated_on=day(first_of(cells, "Publication Date", "rating_date")) if rating else "",
        location_id=first_of(cells, *_ID),
        state="deregistered" if ended else "dormant" if dormant else state,
    )


def _types(cells: Mapping[str, str]) -> list[str]:
    """Its service types, or where the file has none the category that it was inspected in."""
    found = _listed(cells, _SERVICE_TYPE, "service_types")
    category = first_of(cells, "Location Primary Inspection Category", "primary_category")
    return found or ([category] if category else [])


def _listed(cells: Mapping[str, str], start: str, column: str) -> list[str]:
    """The directory has a column for each with Y in it, the extracts one column with all."""
    ticked = [heading.removeprefix(start) for heading, cell in cells.items() if heading.startswith(start) and cell == "Y"]
    return ticked or [part.strip() for part in first_of(cells, column).split(";") if part.strip()]


def _areas(cells: Mapping[str, str]) -> list[dict[str, Any]]:
    area = given(
        name=first_of(cells, "Location Local Authority", "council_name", "cqc_local_authority"), extent=first_of(cells, "council_code")
    )
    return [area] if area else []


def _location(cells: Mapping[str, str]) -> dict[str, Any]:
    address = given(
        address_1=first_of(cells, "Location Street Address", "address"),
        address_2=first_of(cells, "Location Address Line 2"),
        city=first_of(cells, "Location City"),
        postal_code=first_of(cells, "Location Postal Code", "postcode"),
        address_type="physical",
    )
    return given(
        location_type="physical",
        latitude=numeric(first_of(cells, "Location Latitude", "lat")),
        longitude=numeric(first_of(cells, "Location Longitude", "lon")),
        addresses=[address],
    )
