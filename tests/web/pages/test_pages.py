"""Home, pages of text, health, errors and headers."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

TEXT_PAGES = ("help", "privacy", "cookies", "accessibility", "intended-use", "care-home", "paying-for-care", "assessment")


def test_home_is_the_box(client: FlaskClient) -> None:
    html = client.get("/").text
    assert '<form method="post" action="/ask" target="_self">' in html, "what is typed stands in no address"
    assert 'name="text"' in html and "What does this person need?" in html
    assert "Please don't type names, NHS numbers or dates of birth" in html.replace("&#39;", "'")


@pytest.mark.parametrize("slug", TEXT_PAGES)
def test_a_page_of_text_says_who_wrote_it_and_that_nobody_has_checked_it(client: FlaskClient, slug: str) -> None:
    html = client.get(f"/{slug}").text
    assert "Fingerpost content" in html and "not yet checked by a clinician" in html
    assert re.search(r"Reviewed \d+ \w+ \d{4}, next review \d+ \w+ \d{4}\.", html)


def test_figures_name_their_source_and_how_far_they_were_checked(client: FlaskClient) -> None:
    html = client.get("/figures").text
    assert "£23,250" in html and "SI 2014/2672" in html and "read in an authoritative copy" in html


def test_abbreviations_can_be_looked_up(client: FlaskClient) -> None:
    assert "package of care" in client.get("/glossary").text.lower()


@pytest.mark.both
def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200 and ready.get_json() == {"database": "ok", "index": "ok"}
    status = client.get("/status", headers={"Accept": "application/json"}).get_json()
    assert {"directory", "sequence", "rules", "content", "content_waits", "events_lost", "letters"} == set(status)


@pytest.mark.parametrize("version", ["", "another"])
def test_not_ready_with_another_schema(app: Flask, client: FlaskClient, version: str) -> None:
    def stamp(value: str) -> None:
        with app.extensions["database"].begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
            if value:
                connection.execute(text("INSERT INTO alembic_version VALUES (:value)"), {"value": value})

    with app.extensions["database"].connect() as connection:
        right = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    stamp(version)
    try:
        response = client.get("/readyz")
        assert response.status_code == 503 and "schema" in response.get_json()["database"]
    finally:
        stamp(right)


@pytest.mark.parametrize("path", ["/nowhere", "/services/not-a-service", "/alternatives/none", "/training/none", "/council/X"])
def test_what_does_not_exist_says_what_to_do(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<h1" in response.text and "Traceback" not in response.text


def test_errors_of_the_api_are_json(client: FlaskClient) -> None:
    response = client.get("/api/nowhere")
    assert response.status_code == 404 and set(response.get_json()["error"]) == {"code", "message", "field"}
    assert client.get("/api/assistant").get_json()["error"]["code"] == "405"


@pytest.mark.parametrize(("path", "allowed"), [("/help", {"GET", "HEAD", "OPTIONS"}), ("/api/assistant", {"POST", "OPTIONS"})])
def test_a_wrong_method_is_told_which_are_right(client: FlaskClient, path: str, allowed: set[str]) -> None:
    assert set(client.delete(path).allow) == allowed


@pytest.mark.parametrize("path", ["/", "/help", "/nowhere", "/healthz", "/search", "/training", "/practice"])
def test_every_response_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_visitor_gets_no_cookie(client: FlaskClient) -> None:
    for path in ("/", "/search", "/training", "/help"):
        assert "Set-Cookie" not in client.get(path).headers
    assert "Set-Cookie" not in client.post("/ask", data={"text": "2 falls"}).headers


def test_a_broken_answer_shows_nothing_of_the_inside(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.extensions, "content", {**app.extensions.get("content", {}), "assistant": None})
    response = client.post("/ask", data={"text": "secret words 2 falls"})
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert response.status_code == 500 and "secret words" not in response.text and "call 999" in response.text
