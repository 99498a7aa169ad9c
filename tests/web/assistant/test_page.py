"""The answer's page: dangers first, chips that flip, a conversation that lives in the form."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

LINE = "82F lives alone, 2 falls this month, dtr exhausted, ?residential"


def fields(html: str, name: str) -> list[str]:
    return [unescape(value) for value in re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', html)]


def buttons(html: str, name: str) -> list[str]:
    return [unescape(value) for value in re.findall(rf'<button[^>]*name="{name}" value="([^"]*)"', html)]


def names(html: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'<h3 class="fp-alternative__name">([^<]*)', html)]


def ask(client: FlaskClient, **form: object) -> str:
    response = client.post("/ask", data=form)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return response.text


def test_the_danger_stands_before_everything_else(client: FlaskClient) -> None:
    html = ask(client, text=LINE + ", says she wants to end it all")
    assert "Reading this reports nothing" in html
    assert html.index('id="danger-heading">Check first') < html.index("Read as:") < html.index("Before a care home, consider")


def test_no_danger_no_panel(client: FlaskClient) -> None:
    assert "Check first" not in ask(client, text=LINE)


def test_nothing_hides_a_danger(client: FlaskClient) -> None:
    for extra in ({"answer": "q_wish=skip"}, {"flip": "falls:0:17=absent"}, {"council": ""}, {"add": "loneliness"}):
        assert 'id="danger-heading">Check first' in ask(client, text="suicidal, 2 falls", **extra)


def test_the_page_says_that_nothing_was_sent(client: FlaskClient) -> None:
    html = ask(client, text=LINE)
    assert '<p class="fp-answer__sent">Nothing has been sent: you still need to refer.</p>' in html
    assert '<p class="fp-take__sent">Nothing has been sent: you still need to refer.' in html


def test_the_next_message_carries_the_conversation(client: FlaskClient) -> None:
    html = ask(client, text="2 falls")
    assert fields(html, "earlier") == ["2 falls"]
    after = ask(client, text="also incontinent", earlier=fields(html, "earlier"))
    assert fields(after, "earlier") == ["2 falls", "also incontinent"]
    assert "Changed by your last message" in after


def test_a_chip_is_flipped_by_its_button_and_stays_flipped(client: FlaskClient) -> None:
    html = ask(client, text="2 falls, incontinent")
    flip = next(value for value in buttons(html, "flip") if value.startswith("falls:"))
    after = ask(client, text="", earlier="2 falls, incontinent", flip=flip)
    assert fields(after, "flip") == [flip]
    assert "Falls (absent)" in after
    assert names(after) != names(html)


def test_a_question_is_answered_by_its_button(client: FlaskClient) -> None:
    html = ask(client, text=LINE)
    choices = buttons(html, "answer")
    assert choices and choices[-1].endswith("=skip")
    after = ask(client, text="", earlier=LINE, answer=choices[0])
    assert fields(after, "answer") == [choices[0]]
    assert choices[0] not in buttons(after, "answer")


def test_a_need_can_be_added_by_hand(client: FlaskClient) -> None:
    html = ask(client, text="", earlier="2 falls", add="loneliness")
    assert "Befriending" in " ".join(names(html))


def test_what_was_typed_is_shown_safely_and_identifiers_are_blanked(client: FlaskClient) -> None:
    html = ask(client, text="<script>alert(1)</script> NHS 999 000 0018, 2 falls")
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    shown = html.split('class="fp-turn"')[1].split("</p>")[0]
    assert "999 000 0018" not in shown and "█" in shown
    assert "999 000 0018" not in html


def test_nothing_typed_is_said_and_kept_on_the_page(client: FlaskClient) -> None:
    empty = client.post("/ask", data={"text": "  "})
    assert empty.status_code == 422 and "Type a situation" in empty.text
    long = client.post("/ask", data={"text": "falls " * 4_000})
    assert long.status_code == 422 and "falls falls" in long.text


def test_fields_that_only_a_program_could_send_do_not_break_the_page(client: FlaskClient) -> None:
    response = client.post("/ask", data={"text": "2 falls", "flip": "falls:0:2=nonsense"})
    assert response.status_code == 422 and "2 falls" in response.text
    assert client.post("/ask", data={"text": "2 falls", "council": "nowhere"}).status_code == 422


def test_nonsense_is_said_not_to_be_understood(client: FlaskClient) -> None:
    assert "Nothing was read" in ask(client, text="qwrtp zxcvb")


def test_the_page_works_from_an_address_too(client: FlaskClient) -> None:
    response = client.get("/ask")
    assert response.status_code == 302 and response.headers["Location"] == "/"


def test_more_services_are_those_of_the_patients_council_and_not_the_practices(app: Flask, client: FlaskClient) -> None:
    app.test_cli_runner().invoke(args=["demo", "load"])
    html = ask(client, text=LINE, council="E99000001")
    assert re.search(r'href="/search\?category=[a-z_]+&amp;council=E99000001"', html)
    assert "Patient lives in: Marlshire Council (demonstration)" in html
