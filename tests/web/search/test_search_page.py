"""The search page, as people meet it without JavaScript."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.events.models import EventRow, WordCount
from app.extensions import db
from tests.web.search.made import KELDERBY, MARLBURY, MARLSHIRE, id_of, publish, service


@pytest.fixture(autouse=True)
def directory(fresh_index: None) -> None:
    publish(
        service("Marlbury Library", "Books for all.", terms=("Library",), at=MARLBURY),
        service("Kelderby Library", "Books.", terms=("Library",), at=KELDERBY, town="Kelderby"),
        service("Marl Visitors", "Somebody to talk to.", terms=("Befriending and loneliness",), fingerpost={"accepting": False}),
        service("<b>Bold & Co</b>", "Wood <i>carving</i>.", at=MARLBURY),
    )


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_empty_page_is_a_form_that_works_without_scripts(client: FlaskClient) -> None:
    page = client.get("/search").text
    assert re.search(r'<form action="/search"[^>]*role="search"', page)
    assert 'name="q"' in page
    assert "<script" not in page.replace('<script src="', "")


def test_results_link_to_the_service_and_say_what_matters(client: FlaskClient) -> None:
    page = client.get("/search?q=library&near=ZZ1+1AA").text
    assert f'href="/services/{id_of("Marlbury Library")}"' in page
    said = text_of(page)
    assert "2 services around ZZ1 1AA" in said
    assert "13.6 km" in said
    assert "Why: “library” in its name" in said


def test_the_chosen_practice_is_where_distance_is_measured_from(client: FlaskClient) -> None:
    page = text_of(client.get("/search?q=library&ods=Z99002").text)
    assert page.index("Kelderby Library") < page.index("Marlbury Library")


def test_a_correction_is_said_and_can_be_undone(client: FlaskClient) -> None:
    page = client.get("/search?q=libarry").text
    assert "Showing results for library" in text_of(page)
    undo = re.search(r'href="(/search\?[^"]*search_exactly=1)"', page)
    assert undo
    again = client.get(undo.group(1).replace("&amp;", "&")).text
    assert "Showing results for" not in again


def test_a_service_that_takes_nobody_says_so(client: FlaskClient) -> None:
    assert "Not accepting referrals" in client.get("/search?q=befriending").text


def test_filters_narrow_the_results_and_stay_as_they_were_set(client: FlaskClient) -> None:
    page = client.get("/search?q=library&near=ZZ1+1AA&within=5").text
    assert "Marlbury Library" in page
    assert "Kelderby Library" not in page
    assert re.search(r'<option value="5"\s+selected', page)
    assert 'value="ZZ1 1AA"' in page
    assert "Filters: within 5 km, near ZZ1 1AA" in text_of(page)


def test_each_choice_says_how_many_it_leaves_and_counts_go_with_the_results(client: FlaskClient) -> None:
    publish(
        service("Free Choir", "Singing.", terms=("Library",), fingerpost={"cost_kind": "free", "accepting": True}),
        service("Dear Choir", "Singing.", terms=("Library",), fingerpost={"cost_kind": "charge", "accepting": True}),
        service("Other Choir", "Singing.", terms=("Library",), fingerpost={"cost_kind": "free", "accepting": False}),
    )
    page = client.get("/search?q=choir").text
    assert "Free (2)" in page
    assert "Charged (1)" in page
    narrowed = client.get("/search?q=choir&taking=yes").text
    assert "Free (1)" in narrowed
    assert "Other Choir" not in narrowed
    assert "Not now (1)" in narrowed, "what was chosen can be changed for the other"
    assert re.search(r'<option value="yes"\s+selected', narrowed)


@pytest.mark.parametrize(
    "wrong", ["cost=cheap", "taking=perhaps", "refer=fax", "day=mo", "mode=astral", "rating=5", "language=" + "x" * 61, "category=zoo"]
)
def test_a_choice_that_does_not_exist_is_refused_and_the_rest_kept(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/search?q=library&near=ZZ1+1AA&neighbours=1&{wrong}")
    assert answer.status_code == 422
    assert 'value="library"' in answer.text
    assert 'value="ZZ1 1AA"' in answer.text
    assert re.search(r'name="neighbours"[^>]*checked', answer.text)


def test_a_refused_place_keeps_what_was_chosen(client: FlaskClient) -> None:
    page = client.get("/search?q=library&near=Atlantis&cost=free&day=WE").text
    assert re.search(r'<option value="free"\s+selected', page)
    assert re.search(r'<option value="WE"\s+selected', page)


def test_services_are_those_of_the_council_until_somebody_looks_beyond(client: FlaskClient) -> None:
    publish(
        *(service(f"Marl Choir {number}", "Singing.", at=MARLBURY) for number in range(3)),
        service("Other Choir", "Singing.", at=MARLBURY, council="E99000002"),
        service("England Choir", "Singing.", fingerpost={"national": True}, service_areas=[]),
    )
    page = client.get("/search?q=choir&ods=Z99001").text
    assert "Other Choir" not in page
    assert "4 services for Marlshire" in text_of(page), text_of(page)[300:1500]
    assert "England Choir" in page
    assert "All of England" in text_of(page)
    wider = re.search(r'href="(/search[^"]*neighbours=1[^"]*)"', page)
    assert wider
    assert "Other Choir" in client.get(wider.group(1).replace("&amp;", "&") + "&ods=Z99001").text


def test_a_council_with_next_to_nothing_shows_what_is_elsewhere_and_says_so(client: FlaskClient) -> None:
    publish(service("Other Choir", "Singing.", at=MARLBURY, council="E99000002"))
    page = client.get("/search?q=choir&ods=Z99001").text
    assert "Other Choir" in page
    assert "Few of your council’s services fit" in text_of(page)


def test_a_category_alone_lists_it_under_its_name(client: FlaskClient) -> None:
    said = text_of(client.get("/search?category=befriending").text)
    assert "1 service: Befriending" in said
    assert "Marl Visitors" in said


def test_nothing_close_says_so_and_what_to_do(client: FlaskClient) -> None:
    page = client.get("/search?q=continence+pads&ods=Z99001").text
    said = text_of(page)
    assert "No service in the directory fits closely" in said
    assert 'href="tel:01632960100"' in page
    assert "Marlshire Adult Social Care" in said
    assert 'href="/alternatives/community_nursing"' in page
    assert "Describe the situation to the assistant" in said


def test_nothing_close_without_a_practice_offers_to_choose_one(client: FlaskClient) -> None:
    page = client.get("/search?q=zzzzqq").text
    assert '<a href="/practice">Choose your practice</a> to see the number of adult social care' in page


def test_an_unknown_place_is_refused_and_everything_typed_is_kept(client: FlaskClient) -> None:
    response = client.get("/search?q=library&near=Nowhere&category=befriending")
    assert response.status_code == 422
    assert "No postcode, practice or town is known by this name" in response.text
    assert 'value="Nowhere"' in response.text
    assert 'value="library"' in response.text
    assert 'href="#near"' in response.text


def test_entries_and_searches_are_shown_as_text_only(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "wood carving <img src=x>"}).text
    assert "<img src=x>" not in page
    assert "<b>Bold" not in page


def test_a_search_counts_by_ids_and_never_by_words(app: Flask, client: FlaskClient) -> None:
    client.get("/search?q=befriending+for+somebody&ods=Z99001")
    client.get("/search?q=zzzzqq")
    client.get("/search")
    rows = db.session.scalars(select(EventRow).order_by(EventRow.id)).all()
    assert [row.kind for row in rows] == ["search_made", "search_made"]
    assert rows[0].facts == {"found": True, "alternatives": ["befriending"]}
    assert (rows[0].council_code, rows[0].practice_code) == (MARLSHIRE, "Z99001")
    assert rows[1].facts == {"found": False, "alternatives": []}


def test_words_of_our_own_vocabulary_are_counted_by_month_and_no_others(client: FlaskClient) -> None:
    for words in ("befriending", "befriending+Mrs+Zzyzx", "befriending+in+Kelderby", "zzzzqq"):
        client.get(f"/search?q={words}&ods=Z99001&search_exactly=1")
    rows = db.session.scalars(select(WordCount)).all()
    assert [(row.word, row.found, row.count, row.council_code) for row in rows] == [("befriending", True, 3, MARLSHIRE)]
    assert {row.month.day for row in rows} == {1}


@pytest.mark.parametrize("field", ["q", "text"])
def test_suggestions_come_from_the_second_letter(client: FlaskClient, field: str) -> None:
    assert "href" not in client.post("/search/suggest", data={field: "l"}).text
    page = client.post("/search/suggest", data={field: "li"}).text
    assert f'href="/services/{id_of("Marlbury Library")}"' in page


def test_suggestions_name_kinds_of_help_before_services(client: FlaskClient) -> None:
    page = client.post("/search/suggest", data={"q": "befr"}).text
    assert 'href="/alternatives/befriending"' in page


def test_suggestions_take_several_words_of_which_the_last_may_be_unfinished(client: FlaskClient) -> None:
    page = client.post("/search/suggest", data={"q": "marlbury lib"}).text
    assert "Marlbury Library" in page
    assert "Kelderby Library" not in page


def test_a_result_says_what_the_age_of_its_check_means(client: FlaskClient) -> None:
    old = (date.today() - timedelta(days=400)).isoformat()
    publish(service("Marlbury Library", "Books for all.", terms=("Library",), at=MARLBURY, assured_date=old))
    assert "not checked for more than a year: ring first" in text_of(client.get("/search?q=library&near=ZZ1+1AA").text)
