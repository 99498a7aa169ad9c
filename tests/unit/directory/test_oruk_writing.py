"""A service as Open Referral UK gives it: read again it is the same one, and nothing goes out that nobody may read."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.directory.extras import OWN_TAXONOMY
from app.directory.oruk import ids, writing
from app.directory.record import Reading, read
from tests.unit.directory.records import OLDHAM, a_location, a_record, a_setting, faults, reading_of


def written(reading: Reading, labels: dict[str, str] | None = None) -> dict[str, Any]:
    assert reading.service
    found: dict[str, Any] = json.loads(json.dumps(writing.full(reading.service, json.loads(reading.original), labels or {})))
    return found


_TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "1. Ring us.\n2. 3. Come",
        "[![a](https://a.example.org/b)](https://c.example.org/)",
        "&amp;lt;b&gt;",
        "A, A",
        "a,  b",
        "café",
        "cafÃ©",
        "- x",
    ]
)
_SAID = st.none() | _TEXT | st.sampled_from(["a@b.example.org", "jane.doe@example.org", "www.example.org/a b|c%zz#x#y", "01632 960001"])
_TERM = st.fixed_dictionaries({"name": _TEXT}, optional={"taxonomy": _TEXT})
_SCHEDULE = st.fixed_dictionaries(
    {},
    optional={
        "freq": st.sampled_from(["WEEKLY", "monthly", "DAILY"]),
        "byday": st.sampled_from(["MO,TU,WE", "SU", "mo, fr", "1MO", "XX"]),
        "opens_at": st.sampled_from(["09:00", "9:30:00Z", "00:00", "nine"]),
        "closes_at": st.sampled_from(["17:00", "23:59", "12:00+01:00"]),
        "description": _TEXT,
    },
)
_ADDRESS = st.fixed_dictionaries(
    {},
    optional={name: _SAID for name in ("address_1", "address_2", "city")} | {"postal_code": st.sampled_from(["OL9 9HH", "ol99hh", "ZZ"])},
)
_LOCATION = st.fixed_dictionaries(
    {"location_type": st.sampled_from(["physical", "postal", "virtual"])},
    optional={
        "name": _TEXT,
        "latitude": st.sampled_from([53.54, "53.5", -2.1, 91, None]),
        "longitude": st.sampled_from([-2.13, 53.5]),
        "addresses": st.lists(_ADDRESS, max_size=2),
        "accessibility": st.lists(st.fixed_dictionaries({"description": _TEXT}), max_size=2),
    },
)
_OWN = {
    **{name: st.none() | st.booleans() for name in ("accepting", "self_referral", "professional_referral", "national")},
    **{name: _SAID for name in ("summary", "not_for", "area_served", "referral_form_url", "cost_kind")},
    "access": st.lists(_TEXT, max_size=2),
    "cqc": st.fixed_dictionaries({"regulated": st.booleans()}, optional={"rating": _TEXT, "location_id": st.just("1-1234567890")}),
}
_PLAIN = (
    "description", "url", "email", "fees", "fees_description", "accreditations", "alert", "eligibility_description", "application_process",
    "wait_time",
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        **{name: _SAID for name in _PLAIN},
        "status": st.sampled_from(["active", "inactive", "defunct", "temporarily closed"]),
        "minimum_age": st.sampled_from([0, 18, "65", 200]),
        "maximum_age": st.sampled_from([17.5, 99]),
        "assured_date": st.sampled_from(["2026-01-02", "02/03/2024", "2999-01-01"]),
        "last_modified": st.sampled_from(["2026-01-02T23:30:00-05:00", "2025-01-01"]),
        "schedules": st.lists(_SCHEDULE, max_size=3),
        "service_areas": st.lists(
            st.fixed_dictionaries({}, optional={"name": _TEXT, "extent": st.sampled_from([OLDHAM, "E07000001", "E09000099", "E92000001"])}),
            max_size=3,
        ),
        "service_at_locations": st.lists(st.fixed_dictionaries({"location": _LOCATION}), max_size=3),
        "languages": st.lists(st.fixed_dictionaries({"name": _TEXT}), max_size=2),
        "attributes": st.lists(st.fixed_dictionaries({"taxonomy_term": _TERM}), max_size=3),
        "phones": st.lists(st.fixed_dictionaries({"number": _SAID}), max_size=2),
        "contacts": st.lists(st.fixed_dictionaries({}, optional={"name": _TEXT, "email": _SAID}), max_size=2),
        "cost_options": st.lists(
            st.fixed_dictionaries({}, optional={"option": _TEXT, "amount": st.sampled_from([0, 2.5, "7"])}), max_size=2
        ),
        "fingerpost": st.fixed_dictionaries({}, optional=_OWN),
    },
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(RECORDS)
@example({"application_process": "1. Ring us.\n2. 3. Come"})
@example({"service_at_locations": a_location(addresses=[{"address_1": "A, A", "postal_code": "OL9 9HH"}])})
@example(
    {
        "service_at_locations": a_location(
            addresses=[{"address_1": "A" * 290, "address_2": "C" * 290, "city": "B" * 290, "postal_code": "OL9 9HH"}]
        )
    }
)
@example({"service_areas": [{"name": "A" * 290}, {"name": "B" * 290}]})
def test_what_is_written_is_read_as_the_same_service(given: dict[str, Any]) -> None:
    first = reading_of(**given)
    again = read(written(first), a_setting())
    assert again.service == first.service
    assert (again.terms, again.hours) == (first.terms, first.hours)


def test_nothing_empty_is_written() -> None:
    def empty(value: Any) -> bool:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return value in (None, "", [], {}) or any(empty(part) for part in parts)

    assert not empty(written(reading_of(service_at_locations=a_location(), languages=[{"name": ""}], alert=" ")))


def test_the_feeds_own_schedules_go_out_where_they_can_be_used() -> None:
    weekly = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}
    first, second = written(reading_of(schedules=[weekly | {"notes": "x"}, {"byday": "sometimes", "description": "Bank holidays."}]))[
        "schedules"
    ]
    assert {name: first[name] for name in weekly} == weekly
    assert "notes" not in first
    assert {name for name in second} == {"id", "service_id", "description"}


def test_an_incomplete_address_stands_beside_the_standards_own() -> None:
    places = a_location(addresses=[{"address_1": "1 Lane End", "address_type": "physical"}])
    location = written(reading_of(service_at_locations=places))["service_at_locations"][0]["location"]
    assert "addresses" not in location
    assert location["fingerpost"] == {"address": "1 Lane End"}


def test_our_alternatives_are_a_vocabulary_of_their_own_and_are_not_read_as_a_feeds_terms() -> None:
    reading = reading_of(attributes=[{"taxonomy_term": {"name": "Sitting", "taxonomy": "Pilot"}}])
    assert reading.service
    reading.service = replace(reading.service, alternatives=("sitting_service",))
    out = written(reading, {"sitting_service": "Sitting service"})
    assert [term["taxonomy_term"]["taxonomy"] for term in out["attributes"]] == ["Pilot", OWN_TAXONOMY]
    assert read(out, a_setting()).terms == (("Pilot", "Sitting"),)


def test_ids_are_uuids_that_stay_and_differ() -> None:
    two = written(reading_of(service_at_locations=a_location() + a_location(latitude=53.55)))
    assert two == written(reading_of(service_at_locations=a_location() + a_location(latitude=53.55)))
    found = [at["id"] for at in two["service_at_locations"]] + [at["location_id"] for at in two["service_at_locations"]]
    assert len(set(found)) == 4
    assert all(ids.uuid_or_none(identity) for identity in found)


def test_a_refuges_address_and_peoples_names_stay_inside() -> None:
    out = json.dumps(
        written(
            reading_of(
                name="Lane End Refuge",
                description="A refuge from domestic abuse.",
                service_at_locations=a_location(),
                contacts=[
                    {"name": "Ada Planted", "title": "Manager", "email": "ada.planted@example.org", "phones": [{"number": "07700 900123"}]}
                ],
                organization=a_record()["organization"] | {"contacts": [{"name": "Bo Planted"}], "email": "bo.planted@example.org"},
                assurer_email="cy.planted@example.org",
                internal_notes="Planted",
            )
        )
    )
    assert "1 Lane End" not in out
    assert "OL9" not in out
    assert "lanted" not in out
    assert "900123" not in out


@pytest.mark.parametrize(
    ("email", "kept"),
    [
        ("jane.doe@example.org", False),
        ("j.doe@example.org", False),
        ("jane_doe2@example.org", False),
        ("lane.end@example.org", True),
        ("sitting.bookings@example.org", True),
        ("info@example.org", True),
    ],
)
def test_an_address_of_two_words_that_the_entry_does_not_know_is_a_persons(email: str, kept: bool) -> None:
    reading = reading_of(email=email)
    assert reading.service
    assert reading.service.email == (email if kept else "")
    assert ("personal_email" in faults(reading)) is not kept
    assert "email" in written(reading) or not kept


@pytest.mark.parametrize(
    ("contact", "kept"),
    [
        ({"name": "Jane Doe", "phones": [{"number": "07700 900123"}]}, False),
        ({"name": "Jane Doe", "phones": [{"number": "01632 960001"}]}, True),
        ({"phones": [{"number": "07700 900123"}]}, True),
    ],
)
def test_a_named_contacts_mobile_number_is_a_persons(contact: dict[str, Any], kept: bool) -> None:
    assert ("phones" in written(reading_of(contacts=[contact]))) is kept
