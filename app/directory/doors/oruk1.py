"""A service as Open Referral UK 1.0 gives it, put into the shape of 3.0. Pure.

Names are those of the 1.0 specification, and after them those of the directory software that several councils run it on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from app.directory.doors.shaping import given, named
from app.directory.feeds import Entry

_DAY_CODES = {"monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA", "sunday": "SU"}
_SAME = (
    "name", "description", "url", "email", "status", "fees", "accreditations", "assured_date", "application_process", "wait_time",
)  # fmt: skip


def entries(found: Iterable[Entry], source: str) -> Iterator[Entry]:
    """The records of a 1.0 feed as records of 3.0. What is not an object is left as it is, for whoever reads on to refuse."""
    for entry in found:
        yield replace(entry, raw=_service(entry.raw, source)) if isinstance(entry.raw, dict) else entry


def _service(raw: dict[str, Any], source: str) -> dict[str, Any]:
    eligibilities = _objects(raw, "eligibilitys", "eligibilities")
    ages = next(iter(eligibilities), {})
    record = {name: raw[name] for name in _SAME if raw.get(name) not in (None, "")}
    record |= given(
        status=raw.get("status") or "active",
        organization=_first(raw, "organization", "organisation"),
        contacts=_objects(raw, "contacts"),
        minimum_age=_first(raw, "min_age", "minimum_age") or ages.get("minimum_age"),
        maximum_age=_first(raw, "max_age", "maximum_age") or ages.get("maximum_age"),
        eligibility_description="\n".join(str(item["eligibility"]) for item in eligibilities if item.get("eligibility")),
        last_modified=_first(raw, "last_modified", "updated_at"),
        service_areas=[
            given(name=area.get("service_area") or area.get("name"), extent=area.get("extent")) for area in _objects(raw, "service_areas")
        ],
        service_at_locations=_locations(raw),
        schedules=[_schedule(item) for item in _objects(raw, "regular_schedules", "regular_schedule")],
        cost_options=_objects(raw, "cost_options"),
        languages=[given(name=item.get("language") or item.get("name")) for item in _objects(raw, "languages")],
        attributes=_terms(raw),
    )
    if raw.get("free") is True:
        record.setdefault("fingerpost", {})["cost_kind"] = "free"
    identity = raw.get("id")
    return named(record, str(identity) if isinstance(identity, str | int) and not isinstance(identity, bool) else "", source)


def _first(raw: dict[str, Any], *names: str) -> Any:
    return next((raw[name] for name in names if raw.get(name) is not None), None)


def _objects(raw: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The objects of the first of these lists that is there."""
    found = _first(raw, *names)
    items = found if isinstance(found, list) else [found]
    return [item for item in items if isinstance(item, dict)]


def _locations(raw: dict[str, Any]) -> list[dict[str, Any]]:
    at = [entry["location"] for entry in _objects(raw, "service_at_locations") if isinstance(entry.get("location"), dict)]
    return [{"location": _location(location)} for location in at or _objects(raw, "locations")]


def _location(location: dict[str, Any]) -> dict[str, Any]:
    addresses = _objects(location, "physical_addresses") or [location]
    geometry = location.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    lon, lat = point if isinstance(point, list) and len(point) == 2 else (location.get("longitude"), location.get("latitude"))
    masked = location.get("mask_exact_address") is True
    return given(
        location_type="physical",
        name=location.get("name"),
        latitude=None if masked else lat,
        longitude=None if masked else lon,
        addresses=[_address(address, masked=masked) for address in addresses],
        accessibility=[
            given(description=item.get("accessibility") or item.get("name"))
            for item in _objects(location, "accessibility_for_disabilities", "accessibilities")
        ],
    )


def _address(address: dict[str, Any], *, masked: bool) -> dict[str, Any]:
    """The address; of one that its publisher does not want shown exactly, only the town."""
    shown = ("city",) if masked else ("address_1", "address_2", "city", "state_province", "postal_code", "country")
    return given(address_type="physical", **{name: address.get(name) for name in shown})


def _schedule(item: dict[str, Any]) -> dict[str, Any]:
    weekday = str(item.get("weekday") or item.get("byday") or "")
    days = ",".join(_DAY_CODES.get(part.strip().casefold(), part.strip()) for part in weekday.split(","))
    return given(
        freq=item.get("freq"),
        byday=days,
        opens_at=item.get("opens_at"),
        closes_at=item.get("closes_at"),
        description=item.get("description"),
    )


def _terms(raw: dict[str, Any]) -> list[dict[str, Any]]:
    linked = [entry.get("taxonomy") for entry in _objects(raw, "service_taxonomys", "service_taxonomies")]
    terms = [term for term in linked if isinstance(term, dict)] or _objects(raw, "taxonomies")
    return [{"taxonomy_term": given(name=term.get("name"), taxonomy=term.get("vocabulary"))} for term in terms]
