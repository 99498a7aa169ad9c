"""Results on a map, and the nearest site by each of them."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.search.made import KELDERBY, id_of, publish, service

NEAR_MARLBURY = (54.4, 0.63)
FAR_AWAY = (54.9, 0.6)


def with_sites(record: dict[str, object], *others: dict[str, object]) -> dict[str, object]:
    """The record with the sites of the others besides its own."""
    sites = [site for each in (record, *others) for site in each["service_at_locations"]]  # type: ignore[attr-defined]
    return {**record, "service_at_locations": sites}


@pytest.fixture(autouse=True)
def directory(fresh_index: None) -> None:
    library = service("Twin Library", terms=("Library",), at=KELDERBY, town="Kelderby")
    publish(
        with_sites(library, service("Second door", at=NEAR_MARLBURY)),
        service("Far Library", terms=("Library",), at=FAR_AWAY, town="Farport"),
        service("Library at Home", "A library that comes to people.", terms=("Library",)),
    )


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_service_with_several_sites_is_there_once_with_the_nearest(client: FlaskClient) -> None:
    page = client.get("/search?q=library&near=ZZ1+1AA").text
    assert page.count(f'href="/services/{id_of("Twin Library")}"') == 1
    assert "1.9 km east, Marlbury (the nearest of 2 sites)" in text_of(page)
    assert "under 0.1 km, Kelderby (the nearest of 2 sites)" in text_of(client.get("/search?q=library&near=ZZ2+2BB").text)


def test_without_a_place_to_measure_from_the_town_is_said(client: FlaskClient) -> None:
    assert "Kelderby (2 sites)" in text_of(client.get("/search?q=library").text)


def test_the_map_numbers_what_has_a_place_and_lists_what_has_none(client: FlaskClient) -> None:
    page = client.get("/search?q=library&near=ZZ1+1AA&view=map").text
    numbers = dict(re.findall(r'href="#place-(\d+)" aria-label="\d+: ([^"]+)"', page))
    assert list(numbers.values()) == ["Twin Library, 1.9 km east, Marlbury (the nearest of 2 sites)"]
    for number in numbers:
        assert f'id="place-{number}"' in page
    said = text_of(page)
    assert "More than 20 km away Far Library" in said
    assert "Comes to people, or gives no address Library at Home" in said
    assert "The rings are 1, 2 km away" in said


def test_the_map_holds_nothing_that_the_policy_refuses(client: FlaskClient) -> None:
    drawing = re.search("<svg.*?</svg>", client.get("/search?q=library&near=ZZ1+1AA&view=map").text, re.S)
    assert drawing
    assert not re.search(r"style=|<style|<script|xlink|https?:", drawing.group())


def test_list_and_map_keep_the_search(client: FlaskClient) -> None:
    address = "/search?q=library&near=ZZ1+1AA&neighbours=1&day="
    to_map = re.search(r'href="(/search\?[^"]*view=map[^"]*)"[^>]*>Map', client.get(address).text)
    assert to_map
    page = client.get(to_map.group(1).replace("&amp;", "&")).text
    assert 'name="view" value="map"' in page
    back = re.search(r'href="(/search\?[^"]*)"[^>]*>List', page)
    assert back
    assert "view" not in back.group(1)
    for part in ("q=library", "near=ZZ1+1AA", "neighbours=1"):
        assert part in to_map.group(1) and part in back.group(1)


def test_a_search_from_nowhere_says_what_the_map_needs(client: FlaskClient) -> None:
    said = text_of(client.get("/search?q=library&view=map").text)
    assert "A map needs a point in the middle" in said
    assert "Twin Library" in said


def test_a_council_is_no_point_to_draw_around(client: FlaskClient) -> None:
    said = text_of(client.get("/search?q=library+marlshire&view=map&near=ZZ1+1AA").text)
    assert "A map needs a point in the middle" in said


def test_an_unknown_view_is_the_list(client: FlaskClient) -> None:
    page = client.get("/search?q=library&near=ZZ1+1AA&view=%3Cb%3E").text
    assert "<svg" not in page
    assert "fp-hits" in page
