"""What is past its review date says so wherever its text is shown; what is withdrawn is not offered."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.schema import upgrade
from config import ROOT, Settings
from tests.web.training.done import go_through

PAST = "Past its review date (1 February 2021): check before you rely on it."
MODULE = "before-the-care-home"
WITHDRAWN = "withdrawn:\n  on: 2021-03-01\n  why: The law behind it was repealed.\n"
TEXT = "82F lives alone, 2 falls this month, cannot wash, memory worse, says she wants to end it all, ?residential"
DATED = (
    "red_flags",
    "questions",
    *(f"alternatives/{name}.yaml" for name in ("telecare", "home_care", "planning_ahead")),
    "pages/help.md",
    "facts.yaml",
    "glossary.yaml",
)


def overdue(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = ["next_review: 2021-02-01" if line.startswith("next_review:") else line for line in text.splitlines()]
    lines = ["reviewed: 2020-02-01" if line.startswith("reviewed:") else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def withdraw(path: Path, instead: str = "") -> None:
    text = path.read_text(encoding="utf-8")
    more = WITHDRAWN + (f"  instead: {instead}\n" if instead else "")
    path.write_text(text.replace("\nreviewed:", f"\n{more}reviewed:"), encoding="utf-8")


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on content whose files carry other dates. The clock is left alone."""
    folder = tmp_path_factory.mktemp("dated")
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    for name in DATED:
        for path in sorted((content / name).glob("*.yaml")) if (content / name).is_dir() else [content / name]:
            overdue(path)
    modules = folder / "modules"
    shutil.copytree(ROOT / "training_modules", modules)
    overdue(modules / MODULE / "module.yaml")
    overdue(modules / MODULE / "pages" / "before-it-is-settled.md")
    withdraw(modules / MODULE / "pages" / "before-it-is-settled.md")
    withdraw(content / "alternatives" / "falls_prevention.yaml", "equipment_adaptations")
    withdraw(content / "alternatives" / "reablement.yaml")
    withdraw(content / "alternatives" / "veterans_support.yaml")
    withdraw(content / "pages" / "assessment.md", "care-home")
    environ = {"DATA_DIR": str(folder / "data"), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}
    app = create_app(replace(Settings.from_environ(environ), content_dir=content, modules_dir=modules))
    app.testing = True
    upgrade(app.extensions["database"])
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def past(dated: Flask) -> FlaskClient:
    return dated.test_client()


def answer(client: FlaskClient, text: str = TEXT) -> dict[str, Any]:
    data: dict[str, Any] = client.post("/api/assistant", json={"text": text}).get_json()
    return data


def test_whatever_is_past_its_review_date_says_so_where_it_is_shown(past: FlaskClient) -> None:
    data = answer(past)
    assert {flag["past_review"] for flag in data["red_flags"]} == {"2021-02-01"}
    said = {item["id"]: item["past_review"] for item in (*data["alternatives"], *data["support"])}
    assert said["telecare"] == said["home_care"] == "2021-02-01" and said["care_needs_assessment"] == ""
    assert data["question"]["past_review"] == "2021-02-01"
    for path in ("/alternatives/telecare", "/help", "/figures", "/glossary", "/leaflet?a=telecare"):
        assert PAST in past.get(path).text, path
    for path in ("/alternatives/care_needs_assessment", "/care-home", "/leaflet?a=meals_service"):
        assert "Past its review date" not in past.get(path).text, path


def test_a_danger_past_its_review_date_stands_first_and_whole(past: FlaskClient, client: FlaskClient) -> None:
    html, now = past.post("/ask", data={"text": TEXT}).text, client.post("/ask", data={"text": TEXT}).text

    def panel(page: str) -> list[str]:
        inside = page[page.index("fp-danger__heading") : page.index("fp-danger__reports")]
        return [line.strip() for line in inside.splitlines() if line.strip()]

    assert PAST in "\n".join(panel(html)) and PAST not in now
    assert [line for line in panel(html) if PAST not in line] == panel(now)
    assert html.index("fp-danger__heading") < html.index(PAST) < html.index("fp-alternatives")


def test_an_entry_of_the_answer_a_passage_and_the_question_say_it(past: FlaskClient) -> None:
    html = past.post("/ask", data={"text": TEXT + " How much is telecare?"}).text
    asked = html[html.index("fp-information") : html.index("help-heading")]
    assert PAST in asked
    entry = html[html.index("Telecare and personal alarms</h3>") :]
    assert PAST in entry[: entry.index("</li>")]
    assert "</a> (past its review date)" in html[html.index('class="fp-support"') :]
    question = html[html.index("fp-question") :]
    assert PAST in question[: question.index("</fieldset>")]


def test_a_withdrawn_alternative_is_not_offered_and_the_answer_says_why(past: FlaskClient, client: FlaskClient) -> None:
    assert "falls_prevention" in [item["id"] for item in answer(client)["alternatives"]]
    data = answer(past)
    assert "falls_prevention" not in [item["id"] for item in (*data["alternatives"], *data["support"])]
    gone = {item["id"]: item["text"] for item in data["not_listed"]}
    assert gone["falls_prevention"].startswith("withdrawn on 1 March 2021: The law behind it was repealed. Nearest to it: Equipment")


def test_an_answer_made_of_other_content_has_another_stamp(past: FlaskClient, client: FlaskClient) -> None:
    ours, theirs = answer(client)["versions"], answer(past)["versions"]
    assert ours["content"] != theirs["content"] and ours["rules"] == theirs["rules"]


def test_a_withdrawn_alternative_is_not_suggested_while_somebody_types(past: FlaskClient, client: FlaskClient) -> None:
    assert "/alternatives/reablement" in client.post("/search/suggest", data={"text": "reabl"}).text
    assert "/alternatives/reablement" not in past.post("/search/suggest", data={"text": "reabl"}).text


def test_asked_about_a_withdrawn_alternative_nothing_of_its_text_is_said(past: FlaskClient) -> None:
    passage = next(item for item in answer(past, "How much is reablement?")["information"] if item["id"] == "reablement.cost")
    assert passage["passage"].startswith("withdrawn on 1 March 2021") and "six weeks" not in passage["passage"]
    html = past.post("/ask", data={"text": "veterans support"}).text
    assert "The law behind it was repealed." in html and "Nothing was read that Fingerpost knows" not in html


def test_the_page_of_a_withdrawn_alternative_says_when_why_and_what_is_nearest(past: FlaskClient) -> None:
    html = past.get("/alternatives/falls_prevention").text
    assert "Withdrawn on 1 March 2021. The law behind it was repealed." in html
    assert 'Nearest to it: <a href="/alternatives/equipment_adaptations">' in html and "How to refer" not in html
    assert "Nearest to it" not in past.get("/alternatives/reablement").text


def test_a_withdrawn_alternative_stands_in_no_leaflet(past: FlaskClient) -> None:
    html = past.get("/leaflet?a=reablement&a=telecare").text
    assert "Help to do things for yourself again" not in html and "<h2>" in html
    assert past.get("/leaflet?a=reablement").status_code == 404


def test_a_withdrawn_page_of_text_says_so_on_top(past: FlaskClient) -> None:
    html = past.get("/assessment").text
    notice = html.index("Withdrawn on 1 March 2021. The law behind it was repealed.")
    assert html.index("<h1") < notice < html.index("Who is owed one") and 'Nearest to it: <a href="/care-home">' in html


def test_the_check_lists_what_is_past_its_review_date_and_what_is_withdrawn_and_ends_well(
    dated: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = [kind for kind in dated.extensions["content_kinds"] if kind.name != "reading"]
    monkeypatch.setitem(dated.extensions, "content_kinds", quick)
    made = dated.test_cli_runner().invoke(args=["content", "check"])
    assert "telecare.yaml: past its next review date" in made.output
    assert "falls_prevention.yaml: withdrawn from 1 March 2021. The law behind it was repealed." in made.output
    assert made.exit_code == 0, made.output


def test_the_command_line_says_it_too(dated: Flask) -> None:
    made = dated.test_cli_runner().invoke(args=["assistant", "ask", TEXT])
    assert "Past its review date, 2021-02-01: check before you rely on it" in made.output


def test_a_training_module_and_its_pages_say_it_too(dated: Flask) -> None:
    past = dated.test_client()
    assert PAST in past.get(f"/training/{MODULE}").text
    token = past.post(f"/training/{MODULE}").location.split("/")[-1].split("?")[0]
    with dated.app_context():
        go_through(token)
    page = past.get(f"/training/attempts/{token}/before-it-is-settled").text
    assert PAST in page and "Withdrawn on 1 March 2021. The law behind it was repealed." in page
