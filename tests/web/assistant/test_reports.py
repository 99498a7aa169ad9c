"""An answer can be said to be wrong: ids and versions go into a queue, never a word that was typed."""

import csv
import logging
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.disk import on_disk

CANARY = "zyxcanaryqwv"
LINE = f"82F {CANARY} lives alone, 2 falls this month, dtr exhausted, says she wants to end it all"
LISTS = ("needs", "red_flags", "rules", "alternatives")
SCALARS = ("question", "council", "rules_version", "content_version")


def flask(app: Flask, *arguments: str) -> str:
    return app.test_cli_runner().invoke(args=["assistant", *arguments]).output


def queue(app: Flask) -> list[dict[str, str]]:
    said = flask(app, "reports")
    return list(csv.DictReader(said.splitlines())) if said.startswith("number,") else []


def report(client: FlaskClient, **changed: object) -> dict[str, Any]:
    """What the API's answer gives to be sent back, with the fault."""
    answer = client.post("/api/assistant", json={"text": LINE, "council": "E99000001"}).get_json()
    return {"fault": "danger_missed", **answer["report"], **changed}


def form_of(html: str) -> tuple[str, dict[str, list[str]]]:
    """The report's form on an answer page, and the fields that it sends unseen."""
    form = re.findall(r'<form method="post" action="/answers/wrong".*?</form>', html, re.S)[0]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(unescape(value))
    return form, fields


def rows(app: Flask) -> list[dict[str, Any]]:
    with app.extensions["database"].connect() as connection:
        return [dict(row) for row in connection.execute(text("SELECT * FROM answer_report")).mappings()]


@pytest.fixture(autouse=True)
def marlshire(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "council.yaml"
    file.write_text("code: E99000001\nname: Marlshire Council\ncontacts: {}\n")
    app.test_cli_runner().invoke(args=["council", "load", str(file)])


@pytest.mark.both
def test_an_answer_reported_from_the_page_is_in_the_queue_and_a_settled_one_is_not(app: Flask, client: FlaskClient) -> None:
    form, fields = form_of(client.post("/ask", data={"text": LINE, "council": "E99000001"}).text)
    said = client.post("/answers/wrong", data={**fields, "fault": "read_wrongly"})
    assert said.status_code == 200 and "Thank you" in said.text and "never the words" in said.text
    (waiting,) = queue(app)
    assert waiting["fault"] == "read_wrongly" and waiting["council"] == "E99000001"
    assert {"falls", "lives_alone"} <= set(waiting["needs"].split()) and waiting["red_flags"] == "suicide_risk"
    assert len(waiting["alternatives"].split()) == 5
    assert any(rule.startswith("falls.") for rule in waiting["rules"].split())
    assert any(rule.startswith("RA-") for rule in waiting["rules"].split())
    assert [waiting[name] for name in SCALARS] == ["".join(fields.get(name, [])) for name in SCALARS]
    number = waiting["number"]
    assert f"Report {number} is settled" in flask(app, "settle", number, "rule_changed")
    assert "No report waits" in flask(app, "reports")
    assert f"No report with the number {number} waits" in flask(app, "settle", number, "data_changed")
    (kept,) = rows(app)
    assert (kept["outcome"], kept["settled_by"]) == ("rule_changed", "command line")


def test_the_form_is_a_choice_with_nothing_to_type_and_leaves_the_answer_where_it_is(client: FlaskClient) -> None:
    html = client.post("/ask", data={"text": LINE}).text
    form, fields = form_of(html)
    assert set(re.findall(r'<input[^>]*type="(\w+)"', form)) == {"hidden", "radio"} and "<textarea" not in form and "<select" not in form
    assert set(fields) <= {*LISTS, *SCALARS} and CANARY not in form
    assert 'target="_blank"' in form
    assert html.rindex("</form>", 0, html.index(form)) > html.rindex('action="/ask"'), "a form inside another is not sent"


def test_each_of_the_seven_faults_can_be_chosen_and_is_kept(app: Flask, client: FlaskClient) -> None:
    form, fields = form_of(client.post("/ask", data={"text": LINE}).text)
    faults = re.findall(r'type="radio" [^>]*value="(\w+)"', form)
    assert len(set(faults)) == 7
    for fault in faults:
        assert client.post("/answers/wrong", data={**fields, "fault": fault}).status_code == 200
    assert [waiting["fault"] for waiting in queue(app)] == faults


def test_it_can_be_said_where_nothing_was_read(app: Flask, client: FlaskClient) -> None:
    _, fields = form_of(client.post("/ask", data={"text": CANARY}).text)
    assert client.post("/answers/wrong", data={**fields, "fault": "danger_missed"}).status_code == 200
    assert queue(app)[0]["needs"] == ""


@pytest.mark.both
def test_nothing_that_was_typed_reaches_the_database_the_files_or_the_log(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _, fields = form_of(client.post("/ask", data={"text": LINE, "council": "E99000001"}).text)
    client.post("/answers/wrong", data={**fields, "fault": "text_wrong"})
    whole = report(client)
    assert len(rows(app)) == 1
    for name in ("fault", *LISTS, *SCALARS, "text", "earlier", CANARY):
        assert client.post("/answers/wrong", data={**fields, "fault": "text_wrong", name: CANARY}).status_code == 400
        assert client.post("/api/assistant/wrong", json={**whole, name: [CANARY] if name in LISTS else CANARY}).status_code == 400
    assert client.post("/api/assistant/wrong", data=CANARY, content_type="application/json").status_code == 400
    assert len(rows(app)) == 1
    assert CANARY not in repr(rows(app)) and CANARY.encode() not in on_disk(app.config["DATA_DIR"])
    assert CANARY not in caplog.text


def test_a_report_holds_the_day_and_nothing_finer_and_nothing_of_who_sent_it(app: Flask, client: FlaskClient) -> None:
    client.post("/api/assistant/wrong", json=report(client))
    (kept,) = rows(app)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(kept["day"]))
    assert set(kept) == {"id", "day", "fault", *LISTS, *SCALARS, "outcome", "settled_by", "settled_on"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"needs": ["falls", "fallls"]}, "needs"),
        ({"needs": ["falls", "falls"]}, "needs"),
        ({"needs": "falls"}, "needs"),
        ({"red_flags": ["falls"]}, "red_flags"),
        ({"rules": ["by_hand"]}, "rules"),
        ({"alternatives": ["telecaer"]}, "alternatives"),
        ({"alternatives": ["telecare", "reablement", "night_service", "advocacy", "day_care", "extra_care_housing"]}, "alternatives"),
        ({"question": "q_none"}, "question"),
        ({"council": "E99999999"}, "council"),
        ({"note": "she was not asked"}, "note"),
        ({"fault": "other"}, "not said what is wrong"),
        ({"rules_version": "0123456789"}, "made with other rules or content"),
        ({"content_version": ""}, "made with other rules or content"),
    ],
)
def test_what_is_on_no_list_is_refused_with_what_to_do(app: Flask, client: FlaskClient, changed: dict[str, Any], said: str) -> None:
    response = client.post("/api/assistant/wrong", json=report(client, **changed))
    error = response.get_json()["error"]
    assert response.status_code == 400 and error["field"] in changed
    assert said in error["message"] and re.search("again", error["message"])
    assert rows(app) == []


def test_the_page_says_why_nothing_was_kept(app: Flask, client: FlaskClient) -> None:
    _, fields = form_of(client.post("/ask", data={"text": LINE}).text)
    unsaid = client.post("/answers/wrong", data=fields)
    assert unsaid.status_code == 400 and "Choose one kind of fault" in unsaid.text
    wrong = client.post("/answers/wrong", data={**fields, "fault": "unsuitable", "rules": ["by_hand"]})
    assert wrong.status_code == 400 and "Ask again and report the new answer" in wrong.text and "Thank you" not in wrong.text
    assert rows(app) == []


def test_a_program_sends_back_what_the_answer_gave_it(app: Flask, client: FlaskClient) -> None:
    given = report(client)
    response = client.post("/api/assistant/wrong", json=given)
    assert response.status_code == 200
    (waiting,) = queue(app)
    assert waiting["number"] == str(response.get_json()["number"])
    assert {name: waiting[name].split() for name in LISTS} == {name: given[name] for name in LISTS}


def test_an_answer_made_without_what_is_switched_off_and_with_a_need_put_in_can_be_reported(app: Flask, client: FlaskClient) -> None:
    flask(app, "off", "RA-04", "--reason", "being rewritten")
    _, fields = form_of(client.post("/ask", data={"text": "", "earlier": LINE, "add": "loneliness"}).text)
    assert client.post("/answers/wrong", data={**fields, "fault": "help_too_low"}).status_code == 200
    assert "loneliness" in queue(app)[0]["needs"].split()


def test_another_sites_page_reports_nothing(app: Flask, client: FlaskClient) -> None:
    given, elsewhere = report(client), {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/answers/wrong", data=given, headers=elsewhere).status_code == 403
    plain = client.post("/api/assistant/wrong", data=str(given), content_type="text/plain", headers=elsewhere)
    assert plain.status_code == 415
    assert rows(app) == []


def test_somebody_who_comes_by_the_address_starts_at_the_box(client: FlaskClient) -> None:
    assert client.get("/answers/wrong").headers["Location"] == "/"
