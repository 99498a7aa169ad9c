"""The nearest of a service's sites, in words."""

import pytest

from app.directory.queries import Site
from app.search.whereabouts import whereabouts

HERE = (54.4, 0.6)


def site(lat: float | None = None, lon: float | None = None, *, address: str = "1 High Street, Marlbury", postal: bool = False) -> Site:
    return Site("", address, "ZZ1 1AA", lat, lon, postal)


def test_the_nearest_site_is_the_one_shown() -> None:
    found = whereabouts((site(54.6, 0.6), site(54.41, 0.6, address="Hall, Kelderby"), site(54.4, 0.9)), HERE)
    assert found and (found.town, found.direction, found.sites) == ("Kelderby", "north", 3)
    assert found.km == pytest.approx(1.11, abs=0.01)


def test_an_address_for_letters_is_no_place_to_go_to() -> None:
    assert whereabouts((site(54.4, 0.6, postal=True),), HERE) is None
    found = whereabouts((site(54.4, 0.6, postal=True), site(54.5, 0.6)), HERE)
    assert found and found.sites == 1 and found.km and found.km > 11


def test_without_a_place_to_measure_from_the_first_site_is_shown_without_a_distance() -> None:
    for found in (whereabouts((site(54.5, 0.6), site(54.4, 0.6)), None), whereabouts((site(),), HERE)):
        assert found and (found.km, found.direction, found.town) == (None, "", "Marlbury")


def test_round_the_corner_has_no_direction() -> None:
    found = whereabouts((site(54.4005, 0.6),), HERE)
    assert found and found.is_here and found.direction == ""


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("1 High Street, Marlbury", "Marlbury"),
        ("Hall, 1 High Street", "ZZ1"),
        ("Marlbury", "ZZ1"),
        ("", "ZZ1"),
        ("Hall, Moor, Kelderby", "Kelderby"),
    ],
)
def test_the_town_is_the_end_of_the_address_or_else_the_outcode(address: str, town: str) -> None:
    found = whereabouts((site(54.5, 0.6, address=address),), HERE)
    assert found and found.town == town
