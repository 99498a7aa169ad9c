"""The running application keeps to its API's description, whatever is sent: tried by schemathesis, which is first shown to notice."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

from app import create_app
from app.accounts.access import Audience, open_to
from app.schema import upgrade
from config import Settings
from tests.journeys.server import Server

SCHEMATHESIS = Path(sys.prefix) / "bin" / "schemathesis"
UNDECIDABLE = "positive_data_acceptance"
"""No schema can say which ids, places and versions are in use, so what follows its schema may still be refused."""


def failures(location: str | Path, folder: Path, *more: str) -> set[tuple[str, str]]:
    """Operation and kind of everything that schemathesis finds wrong. The same requests each time."""
    report = folder / "report.json"
    settings = ["--exclude-checks", UNDECIDABLE, "--phases", "examples,coverage,fuzzing", "--max-examples", "40"]
    settings += ["--generation-deterministic", "--continue-on-failure", "--no-shrink", "--warnings", "off"]
    settings += ["--report", "json", "--report-json-path", str(report)]
    done = subprocess.run([SCHEMATHESIS, "run", location, *settings, *more], cwd=folder, capture_output=True, text=True, check=False)
    assert report.exists(), done.stdout + done.stderr
    said = json.loads(report.read_text())
    assert said["complete"] and said["errors"] == [] and said["operations"]["tested"] == said["operations"]["total"], done.stdout
    return {(operation, failure["type"]) for failure in said["failures"] for operation in failure["operations"]}


def planted(settings: Settings) -> Flask:
    """The application with two faults: a fall over some input, and an answer that is not as described."""
    app = create_app(settings)
    upgrade(app.extensions["database"])

    def falls() -> Response:
        return jsonify({"half": 10 // len(request.args.get("text", "x"))})

    def shape() -> Response:
        return jsonify({"number": "three"})

    for view in (falls, shape):
        app.add_url_rule(f"/api/{view.__name__}", view.__name__, open_to(Audience.VISITOR)(view))
    return app


def describing_planted() -> dict[str, Any]:
    def operation(name: str) -> dict[str, Any]:
        answer = {"type": "object", "properties": {name: {"type": "integer"}}, "required": [name]}
        text = {"name": "text", "in": "query", "schema": {"type": "string"}}
        responses = {"200": {"description": "Done", "content": {"application/json": {"schema": answer}}}}
        return {"get": {"parameters": [text], "responses": responses}}

    paths = {"/api/falls": operation("half"), "/api/shape": operation("number")}
    return {"openapi": "3.1.0", "info": {"title": "Planted", "version": "1"}, "paths": paths}


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[str]:
    app = planted(Settings.from_environ({"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}))
    server = make_server("127.0.0.1", 0, app)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    app.extensions["database"].dispose()


def test_what_is_planted_is_found(faulty: str, tmp_path: Path) -> None:
    description = tmp_path / "planted.json"
    description.write_text(json.dumps(describing_planted()))
    found = failures(description, tmp_path, "--url", faulty)
    assert {("GET /api/falls", "ServerError"), ("GET /api/shape", "JsonSchemaError")} <= found


def test_the_real_application_keeps_to_its_description(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """On a server of its own, for so many questions would be counted as its use."""
    with Server(tmp_path_factory.mktemp("described")) as server:
        assert failures(f"{server.url}/api/openapi.json", tmp_path) == set()
