"""What the council says of an alternative goes before the general text, and is seen to be the council's."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

COUNCIL = """
code: E10999001
name: Farshire County
asc_name: Farshire Care
contacts: {asc_day: {number: 01632 960500}}
alternatives:
  reablement: {name: Farshire First Steps, professionals: 01632 960501, wait: about 2 weeks, wait_on: 2026-11-02}
  telecare: {offered: false}
"""
TEXT = "82F fell last week, home from hospital, cannot wash, weak since the chest infection, lives alone"


def load(app: Flask, folder: Path, text: str = COUNCIL) -> str:
    file = folder / "council.yaml"
    file.write_text(text)
    return app.test_cli_runner().invoke(args=["council", "load", str(file)]).output


@pytest.mark.both
def test_the_page_says_what_the_council_says_and_that_it_does(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    assert "loaded" in load(app, tmp_path)
    html = client.post("/ask", data={"text": TEXT, "council": "E10999001"}).text
    said = html[html.index("Farshire County says:") :]
    assert "Called Farshire First Steps here." in said and "01632 960501" in said and "not for patients" in said
    assert "about 2 weeks (on 2 November 2026)" in said


def test_another_council_says_nothing(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    load(app, tmp_path)
    load(app, tmp_path, "code: E06999002\nname: Nearton\ncontacts: {}\n")
    assert "First Steps" not in client.post("/ask", data={"text": TEXT, "council": "E06999002"}).text


def test_what_the_council_does_not_offer_is_said_with_the_next_best(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    before = client.post("/api/assistant", json={"text": TEXT}).get_json()
    assert "telecare" in [item["id"] for item in before["alternatives"]]
    load(app, tmp_path)
    after = client.post("/api/assistant", json={"text": TEXT, "council": "E10999001"}).get_json()
    assert "telecare" not in [item["id"] for item in (*after["alternatives"], *after["support"])]
    said = next(item["text"] for item in after["not_listed"] if item["id"] == "telecare")
    offered = [item["label"] for item in after["alternatives"]]
    assert any(said == f"Farshire County does not offer it. Next best: {label}." for label in offered), said


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("telecaer: {offered: false}", "names telecaer"),
        ("telecare: {wait: 3 weeks}", "give wait and wait_on together"),
        ("telecare: {number: ring us}", "number"),
        ("carers_assessment: {offered: false}", "the law requires it"),
    ],
)
def test_a_wrong_entry_is_refused_in_words(app: Flask, tmp_path: Path, entry: str, words: str) -> None:
    said = load(app, tmp_path, COUNCIL.split("alternatives:")[0] + "alternatives:\n  " + entry + "\n")
    assert words in said and "council.yaml" in said
