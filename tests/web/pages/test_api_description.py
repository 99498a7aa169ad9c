"""The API's description is true: every JSON route stands in it, and what they answer is what it says."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.accounts.access import Audience, open_to
from app.pages.api import description
from app.schema import upgrade
from app.search.queries import parameter_schemas
from config import Settings

LINE = "82F lives alone, 2 falls this month, dtr exhausted, ?residential. Is reablement free?"
JSON = "application/json"
NO_SUCH = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the demonstration in it, to be asked only."""
    environ = {"DATA_DIR": str(tmp_path_factory.mktemp("shown")), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}
    app = create_app(Settings.from_environ(environ))
    upgrade(app.extensions["database"])
    for command in (["demo", "load"], ["search", "rebuild"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
    yield app
    app.extensions["database"].dispose()


@pytest.fixture(scope="module")
def document(shown: Flask) -> dict[str, Any]:
    with shown.app_context():
        return description(shown.config["CONTENT_DIR"])


@pytest.fixture
def program(shown: Flask) -> FlaskClient:
    return shown.test_client()


def json_routes(app: Flask, endpoint: str | None = None) -> set[tuple[str, str]]:
    """Method and path of every route (of one endpoint) for programs: those under /api/, and those that answer a visitor in JSON."""
    client, found = app.test_client(), set()
    for rule in app.url_map.iter_rules(endpoint):
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            asked = method == "GET" and not rule.arguments
            if rule.rule.startswith("/api/") or (asked and client.get(rule.rule, headers={"Accept": JSON}).mimetype == JSON):
                found.add((method.lower(), re.sub(r"<(\w+)>", r"{\1}", rule.rule)))
    return found


def described(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(method, path) for path, operations in document["paths"].items() for method in operations}


def described_as(document: Mapping[str, Any], answer: TestResponse) -> str:
    """The path of an answer as the description writes it."""
    path = answer.request.path
    return path if path in document["paths"] else f"{path.rpartition('/')[0]}/{{{'service_id' if '/services/' in path else 'identity'}}}"


def misfits(document: Mapping[str, Any], answer: TestResponse) -> str:
    """Why an answer is not what the description says; nothing where it is."""
    operation = document["paths"][described_as(document, answer)][answer.request.method.lower()]
    said = operation["responses"].get(str(answer.status_code))
    if said is None:
        return f"{answer.status_code} is not described"
    if "$ref" in said:
        said = document["components"]["responses"][said["$ref"].rpartition("/")[2]]
    return faults(document, said["content"][answer.mimetype]["schema"], answer.get_json())


def faults(document: Mapping[str, Any], schema: Mapping[str, Any], value: object) -> str:
    found = jsonschema_rs.validator_for({**schema, "components": document["components"]}).iter_errors(value)
    return "; ".join(f"{error.instance_path}: {error.message}" for error in found)


def test_every_json_route_is_described_and_nothing_else_is(shown: Flask, document: dict[str, Any]) -> None:
    assert described(document) == json_routes(shown)


@pytest.mark.parametrize("path", ["/api/planted", "/planted"])
def test_a_route_that_is_not_described_is_noticed(path: str, tmp_path: Path) -> None:
    app = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}))
    app.add_url_rule(path, "planted", open_to(Audience.VISITOR)(lambda: jsonify({})))
    upgrade(app.extensions["database"])
    with app.app_context():
        known = described(description(app.config["CONTENT_DIR"]))
    assert json_routes(app, "planted") - known == {("get", path)}
    app.extensions["database"].dispose()


def test_the_parameters_are_those_that_the_search_reads(shown: Flask, document: dict[str, Any]) -> None:
    with shown.app_context():
        known = parameter_schemas().keys()
    assert {given["name"] for given in document["paths"]["/api/search"]["get"]["parameters"]} == known


def answers(program: FlaskClient) -> list[TestResponse]:
    """What the routes answer to programs that do well and to programs that do not."""
    asked: list[dict[str, Any]] = [
        {"text": LINE, "council": "E99000001"},
        {"text": "and also incontinent", "earlier": [LINE], "near": "ZZ1 1AA"},
        {"text": "says he is suicidal, wife has no money for a taxi"},
        {"text": "hello"},
        {"text": ""},
        {"text": LINE, "council": "E00000000"},
    ]
    said = [program.post("/api/assistant", json=body) for body in asked]
    report = said[0].get_json()["report"]
    said += [program.post("/api/assistant/wrong", json={**report, **fault}) for fault in ({"fault": "unsuitable"}, {})]
    for path in ("/api/assistant", "/api/assistant/wrong"):
        said.append(program.post(path, data="{", content_type=JSON))
        said.append(program.post(path, data="text=falls", content_type="application/x-www-form-urlencoded"))
        said.append(program.post(path, data=b'{"text": "' + b"x" * 1_000_001 + b'"}', content_type=JSON))
    for query in ("q=befriending", "q=befreinding&near=ZZ1+1AA", "category=telecare&limit=3", "q=", "q=x&limit=0"):
        said.append(program.get(f"/api/search?{query}"))
    for name in ("", "services", "service_at_locations", "taxonomies", "taxonomy_terms"):
        answer = program.get(f"/api/oruk/v3/{name}")
        said.append(answer)
        if name:
            said += [program.get(f"/api/oruk/v3/{name}/{one}") for one in (answer.get_json()["contents"][0]["id"], NO_SUCH)]
            said.append(program.get(f"/api/oruk/v3/{name}?page=x"))
    return said + [program.get(path, headers={"Accept": JSON}) for path in ("/healthz", "/readyz", "/status", "/api/openapi.json")]


def test_what_is_answered_is_what_is_described(program: FlaskClient, document: dict[str, Any]) -> None:
    said = answers(program)
    assert {(answer.request.method.lower(), described_as(document, answer)) for answer in said} == described(document)
    assert {answer.status_code for answer in said} == {200, 400, 404, 413, 415, 422}
    assert [problem for answer in said if (problem := misfits(document, answer))] == []


def test_an_index_that_is_not_there_answers_as_described(client: FlaskClient, document: dict[str, Any]) -> None:
    ready = client.get("/readyz")
    assert ready.status_code in (200, 503)
    assert misfits(document, ready) == ""


def test_an_answer_that_is_not_as_described_is_noticed(program: FlaskClient, document: dict[str, Any]) -> None:
    said = [answer for answer in answers(program) if answer.status_code == 200]
    for name in ("Found", "Hit", "Answer", "Alternative", "Because", "Cue", "Need", "RedFlag", "Status", "Readiness"):
        other = deepcopy(document)
        other["components"]["schemas"][name]["required"].append("planted")
        assert any(misfits(other, answer) for answer in said), name


def test_the_examples_are_what_is_described(document: dict[str, Any]) -> None:
    examples = [
        content
        for operations in document["paths"].values()
        for operation in operations.values()
        for part in (operation.get("requestBody", {}), *operation["responses"].values())
        for content in part.get("content", {}).values()
        if "example" in content
    ]
    assert len(examples) >= 6
    assert [problem for content in examples if (problem := faults(document, content["schema"], content["example"]))] == []


def test_people_can_read_the_same_as_a_page(program: FlaskClient, document: dict[str, Any]) -> None:
    page = program.get("/api").text
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert f"{method.upper()} {path}" in page
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in page
    assert all(f'id="shape-{name.lower()}"' in page for name in document["components"]["schemas"])
    assert "dtr exhausted, ?residential" in page
