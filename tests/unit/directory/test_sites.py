"""Addresses, postcodes and positions."""

from typing import Any

import pytest

from app.directory.findings import Notebook
from app.directory.sites import postcode_of
from tests.unit.directory.records import a_location, faults, reading_of


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("OL9 9HH", "OL9 9HH"),
        (" ol9  9hh ", "OL9 9HH"),
        ("OL99HH", "OL9 9HH"),
        ("M2O 1AA", "M20 1AA"),
        ("OL9 OHH", "OL9 0HH"),
        ("W1A 1AA", "W1A 1AA"),
        ("N/A", ""),
        ("12345", ""),
        ("OL9", ""),
    ],
)
def test_postcodes_are_put_into_their_usual_form_or_left_out(written: str, usual: str) -> None:
    notes = Notebook()
    assert postcode_of(written, "postal_code", notes) == usual
    assert bool(notes.findings) == (written != usual)


@pytest.mark.parametrize(
    ("changes", "position", "found"),
    [
        ({}, (53.541, -2.131), set()),
        ({"latitude": "53.541", "longitude": "-2.131"}, (53.541, -2.131), {"coordinates_as_text"}),
        ({"latitude": -2.131, "longitude": 53.541}, (53.541, -2.131), {"coordinates_swapped"}),
        ({"latitude": 0, "longitude": 0}, (53.54, -2.13), {"coordinates_not_usable"}),
        ({"latitude": 5354.0}, (53.54, -2.13), {"coordinates_not_usable"}),
        ({"latitude": float("nan")}, (53.54, -2.13), {"coordinates_not_usable"}),
        ({"latitude": 50.3755, "longitude": -4.1427}, (53.54, -2.13), {"coordinates_far_from_postcode"}),
        ({"latitude": 0, "longitude": 0, "postcode": "ZZ9 9ZZ"}, (None, None), {"coordinates_not_usable"}),
        ({"postcode": "N/A"}, (53.541, -2.131), {"postcode_not_usable"}),
    ],
)
def test_a_position_is_checked_against_the_country_and_the_postcode(changes: Any, position: Any, found: set[str]) -> None:
    reading = reading_of(service_at_locations=a_location(**changes))
    assert faults(reading) == found
    assert reading.service and (reading.service.lat, reading.service.lon) == position


def test_a_position_that_is_not_given_comes_from_the_postcode_without_a_finding() -> None:
    locations = a_location()
    del locations[0]["location"]["latitude"], locations[0]["location"]["longitude"]
    reading = reading_of(service_at_locations=locations)
    assert reading.service and reading.service.lat == 53.54
    assert faults(reading) == set()


def test_online_and_repeated_sites_are_left_out_and_letters_only_is_marked() -> None:
    virtual, postal = a_location(location_type="virtual"), a_location(location_type="postal")
    service = reading_of(service_at_locations=virtual + postal + postal).service
    assert service and [site.postal for site in service.sites] == [True]
