"""Every state of the answer's page: nothing read, only a danger, only a question, no data of a council, something switched off."""

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from app.directory.models import ServiceVersion
from app.extensions import db
from config import Settings

NEED = "82F lives alone, 2 falls this month"
DANGER = "says she wants to end it all"
COUNCIL = "code: E10999001\nname: Farshire County\ncontacts: {asc_day: {number: 01632 960500, hours: 9 to 5}}\n"


def page(client: FlaskClient, text: str, **form: str) -> str:
    return unescape(client.post("/ask", data={"text": text, **form}).text)


@pytest.fixture
def farshire(app: Flask, tmp_path: Path) -> str:
    (tmp_path / "council.yaml").write_text(COUNCIL)
    assert app.test_cli_runner().invoke(args=["council", "load", str(tmp_path / "council.yaml")]).exit_code == 0
    return "E10999001"


def test_nothing_read_says_so_and_whom_to_ring_and_the_place_can_still_be_changed(client: FlaskClient, farshire: str) -> None:
    html = page(client, "sore ear", council=farshire)
    assert "Nothing was read that Fingerpost knows" in html and "01632 960500" in html
    assert "Say what the person cannot do, who helps now, and what has changed." in html
    assert "Patient lives in: Farshire County" in html and 'name="council" form="conversation"' in html
    assert "Check first" not in html and ">What could help</h2>" not in html


def test_a_danger_alone_stands_first_with_the_councils_name_beside_its_number(client: FlaskClient, farshire: str) -> None:
    html = page(client, "left with nothing to eat and no heating", council=farshire)
    assert html.index('id="danger-heading">Check first') < html.index("Read as:")
    assert "Farshire County: Adult social care" in html and "01632 960500</a> (9 to 5)" in html


def test_without_a_council_the_danger_says_how_to_see_its_numbers_once(client: FlaskClient) -> None:
    html = page(client, "left with nothing to eat and no heating")
    assert html.count("Say where the patient lives, above, to see the local numbers.") == 1 and "999" in html


def test_a_council_that_gives_no_number_is_said_to_give_none(client: FlaskClient, farshire: str) -> None:
    html = page(client, "son hits her", council=farshire)
    assert "no number given" in html.lower() or "has not given" in html.lower()


def test_a_question_alone_is_answered_and_reads_nobody(client: FlaskClient) -> None:
    html = page(client, "what is reablement?")
    assert "You asked" in html and "Read as:" in html and "Check first" not in html
    assert "One question:" not in html


def test_an_empty_directory_is_said_and_the_body_responsible_named_in_its_place(client: FlaskClient) -> None:
    html = page(client, NEED)
    assert "directory empty" in html and "The council where the person lives" in html and "/services/" not in html


def test_what_is_switched_off_is_said_with_the_reason(app: Flask, client: FlaskClient) -> None:
    assert "Telecare" in page(client, NEED).split("<h2", 2)[1]
    app.test_cli_runner().invoke(args=["assistant", "off", "telecare", "--reason", "the price is wrong"])
    html = page(client, NEED)
    assert "the price is wrong" in html and 'value="1">\n  <h3 class="fp-alternative__name">Telecare' not in html


def test_the_service_says_when_it_was_checked(app: Flask, client: FlaskClient) -> None:
    app.test_cli_runner().invoke(args=["demo", "load"])
    data = client.post("/api/assistant", json={"text": NEED, "council": "E99000001"}).get_json()
    services = [service for item in data["alternatives"] for service in item["services"]]
    assert services and all(service["checked_on"] for service in services)
    html = page(client, NEED, council="E99000001")
    assert ", checked " in html and "ring first" not in html
    with db.writing() as session:
        for version in session.scalars(select(ServiceVersion)):
            version.record = version.record | {"assured_on": "2024-01-01"}
    assert "not checked for more than a year: ring first" in page(client, NEED, council="E99000001")


def test_a_danger_taken_out_by_hand_leaves_a_trace_in_the_api(client: FlaskClient) -> None:
    said = client.post("/api/assistant", json={"text": DANGER}).get_json()
    cues = {cue["id"]: "absent" for cue in said["cues"] if cue["id"].startswith("suicide_risk")}
    after = client.post("/api/assistant", json={"text": DANGER, "flipped": cues}).get_json()
    assert not after["red_flags"]
    assert [(item["id"], item["by_hand"]) for item in after["absent"]] == [("suicide_risk", True)]


def test_browsers_are_told_to_stay_with_https_where_there_is_https(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only, and long enough", "PUBLIC_URL": "http://localhost"}
    plain = Settings.from_environ(environ)
    for settings, sent in ((plain, False), (replace(plain, public_url="https://fingerpost.example.org"), True)):
        headers = create_app(settings).test_client().get("/healthz").headers
        assert ("Strict-Transport-Security" in headers) == sent
