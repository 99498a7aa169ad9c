"""What a typed place may mean."""

import pytest

from app.places.writing import Kind, postcode_or_none, readings


@pytest.mark.parametrize("typed", ["OL9 9HH", "ol99hh", " Ol9  9hH ", "OL99HH"])
def test_a_postcode_is_known_however_it_is_typed(typed: str) -> None:
    reading = postcode_or_none(typed)
    assert reading is not None
    assert (reading.key, reading.shown) == ("OL99HH", "OL9 9HH")


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("OL9", [Kind.OUTCODE]),
        ("OL9 9", [Kind.SECTOR]),
        ("OL99", [Kind.OUTCODE, Kind.SECTOR]),
        ("EC1A 1", [Kind.SECTOR]),
        ("W1A", [Kind.OUTCODE]),
        ("A81001", [Kind.PRACTICE]),
        ("Marlbury", []),
        ("", []),
        ("OL9 9HH; drop", []),
        ("٣", []),
    ],
)
def test_readings_of_a_text(typed: str, kinds: list[Kind]) -> None:
    assert [reading.kind for reading in readings(typed)] == kinds


def test_a_sector_without_its_space_is_shown_with_it() -> None:
    assert readings("ol99")[1].shown == "OL9 9"
