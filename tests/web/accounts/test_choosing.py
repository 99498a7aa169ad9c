"""Choosing a practice or a council, and forgetting it."""

import dataclasses
import html
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.queries import current_place

PAGE = "/practice"
CHOOSE = "/practice/choose"
ASK_HTMX = {"HX-Request": "true"}


def said(response: Any) -> str:
    return html.unescape(response.get_data(as_text=True))


def cookies(response: Any) -> list[str]:
    return list(response.headers.getlist("Set-Cookie"))


def test_a_visitor_gets_no_cookie_before_choosing(client: FlaskClient) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    assert cookies(response) == []


@pytest.mark.parametrize("typed", ["beck lane", "bekc lane", "ZZ1 1BD", "zz11bd", "Z99001"])
def test_typing_and_sending_lists_the_practice_as_a_button(client: FlaskClient, typed: str) -> None:
    response = client.post(PAGE, data={"text": typed})
    assert response.status_code == 200
    assert 'name="choice" value="Z99001"' in said(response)


def test_choosing_is_remembered_for_a_year_and_shown_on_every_page(client: FlaskClient) -> None:
    response = client.post(CHOOSE, data={"choice": "Z99001", "next": "/practice"})
    assert (response.status_code, response.headers["Location"]) == (303, "/practice")
    (cookie,) = cookies(response)
    parts = cookie.split("; ")
    assert parts[0] == "fp_practice=Z99001"
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=31536000"} <= set(parts)
    assert "Secure" not in parts
    assert "Marlshire Council" in said(client.get(PAGE))
    for address in ("/", "/help", "/search", "/training", "/nowhere"):
        assert "Beck Lane Surgery" in said(client.get(address)), address


def test_on_https_the_cookie_is_bound_to_the_host(app: Flask, client: FlaskClient) -> None:
    app.config["HTTPS"] = True
    try:
        (cookie,) = cookies(client.post(CHOOSE, data={"choice": "Z99001"}))
    finally:
        app.config["HTTPS"] = False
    assert cookie.startswith("__Host-fp_practice=Z99001; ")
    assert {"Secure", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example.org",
        "///evil.example.org",
        "https://evil.example.org",
        "/\\evil.example.org",
        "/\t/evil.example.org",
        "javascript:alert(1)",
        "evil",
        "",
        "/a\r\nX: y",
    ],
)
def test_after_choosing_nobody_is_sent_to_another_site(client: FlaskClient, address: str) -> None:
    response = client.post(CHOOSE, data={"choice": "Z99001", "next": address})
    assert response.headers["Location"] == "/"


def test_the_way_back_is_carried_through_the_search(client: FlaskClient) -> None:
    for response in (client.get(PAGE + "?next=/services/1"), client.post(PAGE, data={"text": "beck", "next": "/services/1"})):
        assert 'name="next" value="/services/1"' in said(response)


def test_a_council_alone_can_be_chosen(client: FlaskClient) -> None:
    page = said(client.get(PAGE))
    assert page.index("Marlshire Council") < page.index("Other councils") < page.index("Southern Council")
    response = client.post(CHOOSE, data={"choice": "council:E99000002"})
    assert response.status_code == 303
    page = said(client.get(PAGE))
    assert "working from <strong>Southern Council</strong>" in page
    assert "Forget my council" in page


def test_forgetting_takes_the_cookie_away(client: FlaskClient) -> None:
    client.post(CHOOSE, data={"choice": "Z99001"})
    assert "Forget my practice" in said(client.get(PAGE))
    assert "Max-Age=0" in cookies(client.post("/practice/forget"))[0]
    assert "Forget my" not in said(client.get(PAGE))


@pytest.mark.parametrize(("typed", "status"), [("", 422), ("b", 422), ("x" * 101, 422), ("quixotic zebra", 404), ("\x00\x00", 404)])
def test_what_does_not_fit_is_said_and_what_was_typed_is_kept(client: FlaskClient, typed: str, status: int) -> None:
    response = client.post(PAGE, data={"text": typed})
    assert response.status_code == status
    assert "There is something to mend" in said(response)
    assert f'value="{typed}"' in said(response) or not typed.strip("\x00")


@pytest.mark.parametrize("choice", ["", "Z99999", "council:E99999999", "council:", "\x00", "' OR 1=1", "x" * 5000])
def test_an_unknown_choice_is_refused_and_nothing_is_remembered(client: FlaskClient, choice: str) -> None:
    response = client.post(CHOOSE, data={"choice": choice})
    assert response.status_code == 422
    assert "is not known here" in said(response)
    assert cookies(response) == []


@pytest.mark.parametrize("cookie", ["Z99999", "council:nothing", "\x00", "<script>", "x" * 3000])
def test_a_spoilt_cookie_counts_as_no_choice(client: FlaskClient, cookie: str) -> None:
    client.set_cookie("fp_practice", cookie)
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "Forget my" not in said(response)


def test_suggestions_begin_with_the_second_letter(client: FlaskClient) -> None:
    assert "<button" not in said(client.post("/practice/suggest", data={"text": "b"}, headers=ASK_HTMX))
    fragment = said(client.post("/practice/suggest", data={"text": "be"}, headers=ASK_HTMX))
    assert 'value="Z99001"' in fragment
    assert "1 practice fits" in fragment
    assert "<html" not in fragment
    assert "No practice fits yet" in said(client.post("/practice/suggest", data={"text": "quixotic"}, headers=ASK_HTMX))


def test_names_are_escaped(client: FlaskClient) -> None:
    response = client.post("/practice/suggest", data={"text": "bold"})
    assert "&lt;b&gt;Bold" in response.get_data(as_text=True)


def test_the_place_is_looked_up_for_each_request_anew(app: Flask) -> None:
    for code, name in (("Z99001", "Beck Lane Surgery"), ("Z99002", "Tanner Row Medical Centre")):
        with app.test_request_context("/", headers={"Cookie": f"fp_practice={code}"}):
            place = current_place()
            assert place.practice is not None
            assert place.council is not None
            assert (place.practice.name, place.council.code) == (name, "E99000001")
            assert dataclasses.is_dataclass(place)


FRAMED = {"Sec-Fetch-Dest": "iframe"}


def test_without_a_cookie_the_forms_of_a_page_carry_the_choice(client: FlaskClient) -> None:
    home = client.post("/", data={"choice": "Z99001"}, headers=FRAMED)
    assert "Beck Lane Surgery" in said(home) and cookies(home) == []
    assert said(home).count('<input type="hidden" name="choice" value="Z99001">') == 2
    refused = client.post("/ask", data={"choice": "Z99001", "text": ""}, headers=FRAMED)
    assert "Beck Lane Surgery" in said(refused) and 'name="choice" value="Z99001"' in said(refused)
    assert 'name="choice"' not in said(client.post("/", data={"choice": "Z99999"}))


def test_what_the_cookie_says_counts_before_what_an_older_page_carries(client: FlaskClient) -> None:
    client.set_cookie("fp_practice", "Z99002")
    assert "Tanner Row" in said(client.post("/", data={"choice": "Z99001"}))


def test_in_a_frame_the_choice_goes_to_the_home_page_and_links_open_beside(client: FlaskClient) -> None:
    assert 'action="/practice/choose"' in said(client.get(PAGE)) and "<base" not in said(client.get(PAGE))
    framed = said(client.get(PAGE, headers=FRAMED))
    assert 'action="/practice/choose"' not in framed and '<form method="post" action="/" target="_self">' in framed
    assert '<base target="_blank">' in framed


@pytest.mark.parametrize(("typed", "kept"), [(" z99001\n", "Z99001"), ("council: e99000001\r\n", "council:E99000001")])
def test_the_cookie_holds_the_code_and_not_how_it_was_sent(client: FlaskClient, typed: str, kept: str) -> None:
    client.post("/practice/choose", data={"choice": typed})
    cookie = client.get_cookie("fp_practice")
    assert cookie and cookie.value == kept
