"""A rule or an alternative can be switched off at once, and the page says so."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

TEXT = "82F lives alone, 2 falls this month, cannot wash"


def flask(app: Flask, *arguments: str) -> str:
    return app.test_cli_runner().invoke(args=["assistant", *arguments]).output


def answer(client: FlaskClient, text: str = TEXT) -> dict[str, list[dict[str, str]]]:
    data: dict[str, list[dict[str, str]]] = client.post("/api/assistant", json={"text": text}).get_json()
    return data


def listed(client: FlaskClient) -> list[str]:
    return [item["id"] for item in answer(client)["alternatives"]]


@pytest.mark.both
def test_an_alternative_is_off_with_the_next_answer_and_on_again(app: Flask, client: FlaskClient) -> None:
    first, second = listed(client)[:2]
    best = answer(client)["alternatives"][1]["label"]
    assert "switched off" in flask(app, "off", first, "--reason", "the price is wrong")
    assert listed(client)[0] == second
    said = next(item["text"] for item in answer(client)["not_listed"] if item["id"] == first)
    assert "the price is wrong" in said and f"Next best: {best}" in said
    assert f"{first}: the price is wrong" in flask(app, "switches")
    assert "in use again" in flask(app, "on", first)
    assert listed(client)[0] == first


def test_nothing_is_switched_off_without_a_reason(app: Flask, client: FlaskClient) -> None:
    first = listed(client)[0]
    assert "Missing option '--reason'" in flask(app, "off", first)
    assert listed(client)[0] == first


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        ("complaint of 999 000 0018", "an NHS number"),
        ("Mrs Okafor was misled", "a person's name"),
        ("ring me on 07700 900123 or jo at example dot org", "a telephone number, an e-mail address"),
    ],
)
def test_a_reason_that_points_to_a_person_is_refused_and_kept_nowhere(app: Flask, client: FlaskClient, reason: str, named: str) -> None:
    first = listed(client)[0]
    assert f"This text seems to hold {named}. What points to a person may not be kept here" in flask(app, "off", first, "--reason", reason)
    assert listed(client)[0] == first and reason not in flask(app, "switches")


def test_a_reading_rule_that_is_off_reads_nothing(app: Flask, client: FlaskClient) -> None:
    rules = {cue["rule"] for cue in answer(client)["cues"] if cue["id"].startswith("falls:")}
    assert rules
    for rule in rules:
        flask(app, "off", rule, "--reason", "misreads")
    assert "falls" not in [need["id"] for need in answer(client)["needs"]]


def test_a_ranking_rule_that_is_off_does_not_apply(app: Flask, client: FlaskClient) -> None:
    dangerous = "His wife cares for him and he says she hits him. She is exhausted."
    cautioned = [item["id"] for item in answer(client, dangerous)["alternatives"] if item["cautions"]]
    assert cautioned
    flask(app, "off", "RA-38", "--reason", "being rewritten")
    assert not [item["id"] for item in answer(client, dangerous)["alternatives"] if item["cautions"]]


def test_switching_off_a_rule_that_reads_a_danger_is_warned_of(app: Flask, client: FlaskClient) -> None:
    rule = next(cue["rule"] for cue in answer(client, "says she wants to end it all")["cues"] if cue["id"].startswith("suicide_risk"))
    assert "reads a danger" in flask(app, "off", rule, "--reason", "misreads")


def test_an_unknown_id_is_said_to_be_unknown(app: Flask) -> None:
    assert "no rule or alternative" in flask(app, "off", "telecaer", "--reason", "x")
    assert "is not switched off" in flask(app, "on", "telecare")
