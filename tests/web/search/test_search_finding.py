"""What people find, however they put it."""

from collections.abc import Callable
from typing import Any

import pytest

from app.search import retrieval
from app.search.queries import search
from app.search.sync import keeper
from tests.web.search.conftest import Find
from tests.web.search.made import KELDERBY, MARLBURY, OTHERSHIRE, publish, service

Answer = Callable[..., Any]


@pytest.fixture(autouse=True)
def directory(fresh_index: None) -> None:
    publish(
        service("Marlbury Befriending", "Volunteers who visit older people at home.", terms=("Befriending and loneliness",), at=MARLBURY),
        service("Kelder Friends", "Volunteers who visit.", terms=("Befriending and loneliness",), at=KELDERBY, town="Kelderby"),
        service("Harbour Home Care", "Care workers who visit.", terms=("Home care",), at=MARLBURY),
        service("The Limes", "Residential care home for 20 people.", terms=("Care home", "Care home without nursing"), at=MARLBURY),
        service("Safe Haven", "Support after domestic abuse.", terms=("Domestic abuse and sexual violence",)),
        service("Marl Minds", "Mental health support for adults.", terms=("Mental health support",)),
        service("Beck Pantry", "Food bank, open on Tuesdays.", terms=("Food bank",), at=MARLBURY),
        service("Respite at Orchard House", "Short breaks for people with dementia.", terms=("Respite",), at=MARLBURY),
        service("Kelderby Library", "Books and a reading group.", terms=("Library",), at=KELDERBY, town="Kelderby"),
        service("Marlbury Library", "Books and a quiet room.", terms=("Library",), at=MARLBURY),
        service("Faraway Library", "Books.", terms=("Library",), at=(50.1, -5.2), town="Farport", council=OTHERSHIRE),
        service("Closed Book Club", "Books.", terms=("Library",), at=MARLBURY, status="inactive"),
    )


def test_a_slip_of_the_keyboard_is_put_right_and_said(answer: Answer) -> None:
    found = answer("beffrending")
    assert found["corrected"] == "befriending"
    assert "Marlbury Befriending" in [hit["name"] for hit in found["results"]]


def test_the_spelling_is_left_alone_when_asked_to(client: Any) -> None:
    page = client.get("/search", query_string={"q": "beffrending", "search_exactly": "1"}).text
    assert "Showing results for" not in page
    assert "No service in the directory fits closely" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("DV", "Safe Haven"),
        ("domestic violence", "Safe Haven"),
        ("MH support", "Marl Minds"),
        ("foodbank", "Beck Pantry"),
        ("food parcel", "Beck Pantry"),
        ("residential home", "The Limes"),
        ("rest home", "The Limes"),
        ("dom care", "Harbour Home Care"),
        ("short break", "Respite at Orchard House"),
        ("respite", "Respite at Orchard House"),
        ("scared of her husband", "Safe Haven"),
        ("cant afford food", "Beck Pantry"),
        ("carer needs a break", "Respite at Orchard House"),
        ("marlbury befriending", "Marlbury Befriending"),
    ],
)
def test_abbreviations_synonyms_and_everyday_words_find_what_is_meant(find: Find, typed: str, meant: str) -> None:
    assert find(typed)[0] == meant


def test_a_care_home_is_not_home_care(find: Find) -> None:
    assert find("care home")[0] == "The Limes"
    assert find("home care")[0] == "Harbour Home Care"
    assert "The Limes" not in find("home care")


def test_nearer_comes_first(find: Find) -> None:
    assert find("library", near="ZZ1 1AA")[:2] == ["Marlbury Library", "Kelderby Library"]
    assert find("library", near="Z99002")[:2] == ["Kelderby Library", "Marlbury Library"]
    assert find("library", near="Kelderby")[0] == "Kelderby Library"


@pytest.mark.parametrize("typed", ["library kelderby", "library near ZZ2 2BB", "ZZ2 library", "kelderby library"])
def test_a_place_in_the_search_counts_before_the_practice(find: Find, typed: str) -> None:
    assert find(typed, near="ZZ1 1AA")[0] == "Kelderby Library"


def test_a_vitamin_far_away_is_not_a_postcode(client: Any) -> None:
    publish(service("Far Club", "Chess.", at=(50.1, -5.2), town="Farport", council=OTHERSHIRE), feed="another")
    here, there = ({"q": "library ZZ9", "near": near} for near in ("ZZ1 1AA", "Farport"))
    assert client.get("/api/search", query_string=there).get_json()["results"][0]["name"] == "Faraway Library"
    assert client.get("/api/search", query_string=here).get_json()["results"][0]["name"] == "Marlbury Library"


def test_a_town_that_only_addresses_know_is_a_place_too(answer: Answer) -> None:
    found = answer("library farport")["results"][0]
    assert (found["name"], found["distance_km"]) == ("Faraway Library", 0.0)


def test_a_town_in_two_councils_lies_between_them_however_many_services_one_has(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, number in {"MOST": 9, "AROUND": 2, "ANYWHERE": 1}.items():
        monkeypatch.setattr(retrieval, name, number)
    north = [service(f"North Club {number}", "Chess.", at=(50.2, -5.2), town="Farport") for number in range(8)]
    south = [service(f"South Club {number}", "Chess.", at=(50.0, -5.2), town="Farport", council=OTHERSHIRE) for number in range(8)]
    publish(*north, *south, feed="another")
    keeper().rebuild()
    found = answer("chess farport")["results"]
    assert {round(hit["distance_km"]) for hit in found} == {11}, "half way between the two, and not at the first of them"


def test_distances_are_kilometres_to_the_nearest_site(answer: Answer) -> None:
    by_name = {hit["name"]: hit for hit in answer("library", near="ZZ1 1AA")["results"]}
    assert by_name["Kelderby Library"]["distance_km"] == pytest.approx(13.6, abs=0.1)


def test_a_council_keeps_to_its_own_services(find: Find) -> None:
    assert find("library", council=OTHERSHIRE) == ["Faraway Library"]
    assert find("food bank", council=OTHERSHIRE, near="ZZ1 1AA") == [], "though one is round the corner"


def test_far_away_services_are_not_padding(find: Find) -> None:
    assert "Faraway Library" not in find("library", near="ZZ1 1AA")


def test_inactive_services_are_hidden(find: Find) -> None:
    assert "Closed Book Club" not in [*find("closed book club"), *find("library")]


def test_a_category_alone_lists_it(find: Find) -> None:
    assert find("", category="befriending", near="ZZ2 2BB") == ["Kelder Friends", "Marlbury Befriending"]


def test_a_category_with_words_keeps_to_both(find: Find) -> None:
    assert find("marlbury", category="home_care") == ["Harbour Home Care"]


def test_what_nobody_offers_finds_nothing(answer: Answer) -> None:
    found = answer("continence pads delivery")
    assert (found["total"], found["results"]) == (0, [])


def test_each_hit_says_why(answer: Answer) -> None:
    hits = {hit["name"]: hit["why"] for hit in answer("befriending")["results"]}
    assert hits["Marlbury Befriending"] == ["“befriending” in its name"]
    assert hits["Kelder Friends"][0] in ("listed under befriending", "provides: Befriending")
    assert answer("dv")["results"][0]["why"] == ["listed under domestic abuse"]
    assert answer("library kelderby", near="ZZ1 1AA")["results"][0]["why"] == ["“library” in its name", "“kelderby” in its name"]
    assert answer("home care marlbury")["results"][0]["why"][-1] == "in or for Marlbury"


def test_a_total_counts_all_that_fit_and_the_limit_only_what_is_sent(answer: Answer) -> None:
    found = answer("library", limit=1)
    assert len(found["results"]) == 1
    assert found["total"] >= 2


def test_a_name_is_found_in_one_word_or_in_two(find: Find) -> None:
    publish(
        service("Kingfisher Support", "Help for adults.", terms=("Home care",)), service("Oak Tree Lodge", "A home.", terms=("Care home",))
    )
    assert find("king fisher carers")[0] == "Kingfisher Support"
    assert find("oaktree lodge")[0] == "Oak Tree Lodge"


def test_a_street_is_no_town() -> None:
    record = service("The Old Forge", "A home.", terms=("Care home",), at=MARLBURY)
    address = record["service_at_locations"][0]["location"]["addresses"][0]
    publish({**record, "service_at_locations": [_at(record, {**address, "address_2": "Tamarisk Terrace"})]})
    assert search("tamarisk terrace").place is None
    publish({**record, "service_at_locations": [_at(record, {**address, "address_2": "Tamarisk Green"})]})
    assert search("tamarisk green").place is not None


def _at(record: dict[str, Any], address: dict[str, Any]) -> dict[str, Any]:
    place = record["service_at_locations"][0]
    return {**place, "location": {**place["location"], "addresses": [address]}}


def test_access_to_the_building_does_not_answer_a_need(find: Find) -> None:
    publish(
        service("Marl Hall", "Bridge club on Fridays. Wheelchair access from the yard.", terms=("Community centre or group",), at=MARLBURY)
    )
    assert "Marl Hall" not in find("wheelchair")
    assert "Marl Hall" in find("bridge club")
