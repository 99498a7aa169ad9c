"""Small records of a feed for tests, and the setting that they are read in."""

from datetime import date
from typing import Any

from app.directory.record import Reading, Setting, read
from app.places.records import Point

ID = "0b0e5a0c-6c1f-4c55-9f5b-3f7c3f1d8a11"
TODAY = date(2026, 11, 22)
OLDHAM = "E08000004"
POSTCODES = {"OL9 9HH": Point(53.54, -2.13, "OL9 9HH", OLDHAM)}


def a_setting(**changes: Any) -> Setting:
    values: dict[str, Any] = {
        "source": "feed-name",
        "council": None,
        "today": TODAY,
        "locate": POSTCODES.get,
        "council_of": {OLDHAM: OLDHAM, "E07000001": "E10000001", "E10000001": "E10000001"}.get,
        "heirs_of": lambda _code: (),
    }
    return Setting(**(values | changes))


def a_record(**changes: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": ID,
        "name": "Lane End Sitting Service",
        "status": "active",
        "description": "Somebody sits with the person. Free for unpaid carers.",
        "organization": {"id": "6d4f1f0a-6f1f-4a1f-9d6a-111111111111", "name": "Lane End Trust", "description": "A charity."},
    }
    return {name: value for name, value in (record | changes).items() if value is not ...}


def a_location(**changes: Any) -> list[dict[str, Any]]:
    address = {"address_1": "1 Lane End", "city": "Oldham", "postal_code": "OL9 9HH", "address_type": "physical"}
    location: dict[str, Any] = {"location_type": "physical", "latitude": 53.541, "longitude": -2.131, "addresses": [address]}
    postcode = changes.pop("postcode", None)
    if postcode is not None:
        address["postal_code"] = postcode
    return [{"id": "at", "location": location | changes}]


def reading_of(**changes: Any) -> Reading:
    return read(a_record(**changes), a_setting())


def faults(reading: Reading) -> set[str]:
    return {finding.fault.value for finding in reading.notes.findings}
