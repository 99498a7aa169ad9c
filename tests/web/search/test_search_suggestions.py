"""What drops down below the box while somebody types."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.search.made import KELDERBY, MARLBURY, OTHERSHIRE, id_of, publish, service


def in_street(name: str, second_line: str, **more: Any) -> dict[str, Any]:
    record = service(name, at=MARLBURY, **more)
    record["service_at_locations"][0]["location"]["addresses"][0]["address_2"] = second_line
    return record


@pytest.fixture(autouse=True)
def directory(fresh_index: None) -> None:
    publish(
        service("Marlbury Library", terms=("Library",), at=MARLBURY),
        service("Kelderby Library", terms=("Library",), at=KELDERBY, town="Kelderby"),
        service("Librarians Abroad", at=KELDERBY, town="Farport", council=OTHERSHIRE),
        service("Marl Visitors", terms=("Befriending and loneliness",)),
        service("<b>Bold & Co</b>", at=MARLBURY),
        *(service(f"Sundial {name}", at=MARLBURY) for name in "abcdefghijkl"),
        service("The Sundial", at=MARLBURY),
        in_street("Drop-in", "Mill Street"),
        in_street("Walk-in", "Millthorpe"),
        *(in_street(f"Elsewhere {name}", "Upper Tarn", council=OTHERSHIRE) for name in "ab"),
        in_street("Here", "Upper Ings"),
    )


def suggested(client: FlaskClient, text: str, practice: str = "") -> list[str]:
    page = client.post("/search/suggest", query_string={"ods": practice}, data={"q": text}).text
    return [" ".join(re.sub("<[^>]+>", " ", link).split()) for link in re.findall("<a .*?</a>", page, re.S)]


def test_kinds_of_help_places_and_services_stand_in_one_list_under_their_headings(client: FlaskClient) -> None:
    page = client.post("/search/suggest", data={"q": "befr"}).text
    assert 'href="/search?category=befriending"' in page
    assert 'href="/alternatives/befriending"' in page
    page = client.post("/search/suggest", data={"q": "kel"}).text
    assert 'href="/search?near=Kelderby"' in page
    assert f'href="/services/{id_of("Kelderby Library")}"' in page
    assert page.index("Places") < page.index("Services and organisations")


def test_a_kind_of_help_that_nobody_gives_is_explained_but_not_listed(client: FlaskClient) -> None:
    page = client.post("/search/suggest", data={"q": "telecar"}).text
    assert 'href="/alternatives/telecare"' in page
    assert "category=telecare" not in page


@pytest.mark.parametrize("text", ["kelderb", "near kelderb", "zz2"])
def test_a_place_is_offered_by_its_name_or_outcode_and_leads_to_what_is_near(client: FlaskClient, text: str) -> None:
    page = client.post("/search/suggest", data={"q": text}).text
    link = re.search(r'href="(/search\?near=[^"]+)"', page)
    assert link
    near = client.get(link.group(1)).text
    assert "choose a kind of help" in near
    kind = re.search(r'href="(/search\?[^"]*category=befriending[^"]*)"', near)
    assert kind
    assert "Marl Visitors" in client.get(kind.group(1).replace("&amp;", "&")).text


def test_places_of_the_councils_services_come_first_then_the_most_used(client: FlaskClient) -> None:
    assert suggested(client, "upper") == ["near Upper Tarn", "near Upper Ings"]
    assert suggested(client, "upper", practice="Z99001") == ["near Upper Ings", "near Upper Tarn"]


def test_a_street_is_no_place(client: FlaskClient) -> None:
    assert suggested(client, "mill") == ["near Millthorpe"]


@pytest.mark.parametrize("text", ["libary", "libarary", "marlbury libr", "marlbry libr", "kleder"])
def test_one_slip_is_forgiven_where_nothing_begins_so(client: FlaskClient, text: str) -> None:
    assert any("Library" in label for label in suggested(client, text))


def test_a_slip_is_not_looked_for_where_something_begins_so(client: FlaskClient) -> None:
    assert suggested(client, "marl v") == ["Marl Visitors Marl Trust"]


def test_organisations_names_are_completed_too(client: FlaskClient) -> None:
    assert "Marl Visitors Marl Trust" in suggested(client, "marl trust")


def test_the_councils_own_come_first_and_others_say_that_they_are_elsewhere(client: FlaskClient) -> None:
    assert suggested(client, "libr")[0].startswith("Librarians Abroad")
    found = suggested(client, "libr", practice="Z99001")
    assert found == ["Kelderby Library Marl Trust", "Marlbury Library Marl Trust", "Librarians Abroad Marl Trust for another area"]


def test_names_that_begin_so_come_before_names_that_only_hold_it(client: FlaskClient) -> None:
    found = suggested(client, "sundial")
    assert len(found) == 8
    assert all(label.startswith("Sundial") for label in found)


def test_how_many_there_are_is_said(client: FlaskClient) -> None:
    page = client.post("/search/suggest", data={"q": "sundial"}).text
    assert re.search(r'role="status"[^>]*>8 suggestions below the box<', page)
    assert re.search(r'role="status"[^>]*><', client.post("/search/suggest", data={"q": "zzqq"}).text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "l",
        "%%%%",
        "\x00\x00\x00",
        "' OR 1=1 --",
        "near",
        "near x",
        "((((",
        "*" * 5000,
        "library " * 40,
        "é́́",
        "🙂🙂🙂",
        "AND OR NOT",
    ],
)
@pytest.mark.parametrize("field", ["q", "text"])
def test_whatever_is_typed_is_answered_and_what_names_nothing_gives_nothing(client: FlaskClient, text: str, field: str) -> None:
    response = client.post("/search/suggest", data={field: text})
    assert response.status_code == 200
    assert "<a " not in response.text


def test_names_are_shown_as_text_only_and_what_is_typed_is_not_sent_back(client: FlaskClient) -> None:
    page = client.post("/search/suggest", data={"q": "bold <img src=x>"}).text
    assert "<img" not in page
    assert "<b>" not in client.post("/search/suggest", data={"q": "bold"}).text
