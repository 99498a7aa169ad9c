"""The API's contract: what it answers and how it refuses."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.typed import SIGNS
from tests.web.search.made import MARLBURY, id_of, publish, service

HIT = {"id", "name", "organisation", "summary", "distance_km", "score", "why", "source", "source_id", "url"}


@pytest.fixture(autouse=True)
def directory(fresh_index: None) -> None:
    publish(service("Marlbury Library", "Books for all.", terms=("Library",), at=MARLBURY, url="https://library.example.org"))


def test_the_answer_has_the_agreed_shape(client: FlaskClient) -> None:
    response = client.get("/api/search?q=library&near=ZZ1+1AA&limit=5")
    body = response.get_json()
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert set(body) == {"query", "corrected", "total", "results"}
    assert (body["query"], body["corrected"], body["total"]) == ("library", None, 1)
    hit = body["results"][0]
    assert set(hit) == HIT
    assert hit["id"] == id_of("Marlbury Library")
    assert (hit["organisation"], hit["source"], hit["url"]) == ("Marl Trust", "test", "https://library.example.org")
    assert hit["distance_km"] == 0.0
    assert hit["why"]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("", "q", "q_missing"),
        ("q=", "q", "q_missing"),
        ("q=%00", "q", "q_missing"),
        ("q=%3F%21%22", "q", "q_missing"),
        ("q=" + "a" * 10_000, "q", "q_too_long"),
        ("q=x&limit=0", "limit", "limit_wrong"),
        ("q=x&limit=51", "limit", "limit_wrong"),
        ("q=x&limit=ten", "limit", "limit_wrong"),
        ("q=x&limit=-1", "limit", "limit_wrong"),
        ("q=x&limit=" + "9" * 5000, "limit", "limit_wrong"),
        ("q=x&near=Nowhere", "near", "near_unknown"),
        ("q=x&near=%00", "near", "near_unknown"),
        ("q=x&council=E00000000", "council", "council_unknown"),
        ("q=x&category=nothing", "category", "category_unknown"),
        ("q=x&within=3", "within", "within_unknown"),
        ("q=x&within=00200", "within", "within_unknown"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(client: FlaskClient, query: str, field: str, code: str) -> None:
    response = client.get(f"/api/search?{query}")
    assert 400 <= response.status_code < 500
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    error: dict[str, Any] = response.get_json()["error"]
    assert (error["field"], error["code"]) == (field, code)
    assert error["message"].endswith((".", "assistant."))


@pytest.mark.parametrize(
    "text",
    [
        'name:"library" AND NOT -x',
        "library\x00",
        "li*brary~2 [a TO z] {x} ^9",
        "'; drop table event; --",
        "(((((",
        "\\",
        "../../etc/passwd library",
        "{{7*7}} <script>alert(1)</script>",
        "ﷺ 図書館 library 📚",
        "a " * 140,
        "le" * 145,
    ],
)
def test_hostile_text_is_only_words(client: FlaskClient, text: str) -> None:
    for path in ("/api/search", "/search"):
        response = client.get(path, query_string={"q": text})
        assert response.status_code in (200, 422)
        assert "<script>alert" not in response.text or path == "/api/search"
    assert client.post("/search/suggest", data={"q": text}).status_code == 200


def test_it_does_not_count_as_use_of_the_site(client: FlaskClient) -> None:
    from app.events.models import EventRow
    from app.extensions import db

    client.get("/api/search?q=library")
    assert db.session.query(EventRow).count() == 0


NAMES = st.sampled_from(["q", "near", "within", "limit", "council", "category", "language", "cost", "neighbours", "search_exactly", "ods"])
VALUES = SIGNS | st.sampled_from(["library", "M33", "ZZ1 1AA", "Marlbury", "E99000001", "2", "free", "home_care"])


@settings(max_examples=30)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
@example({"q": "a", "near": "m\x00"})
@example({"q": "library", "within": "2" * 5000})
def test_parameters_of_any_text_are_answered_or_refused_by_their_name(client: FlaskClient, asked: dict[str, str]) -> None:
    response = client.get("/api/search", query_string={name: text.encode(errors="replace") for name, text in asked.items()})
    assert response.status_code in (200, 422)
    if response.status_code == 422:
        assert response.get_json()["error"]["field"] in ("q", "near", "within", "limit", "council", "category", "language", "cost")
