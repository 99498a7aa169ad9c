"""Attempts as xAPI statements: valid, pseudonymous, the same each time, and taken by a real learning record store."""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.training import actions
from app.training.marking import right_answer
from app.training.models import Attempt
from app.training.queries import modules
from app.training.schema import Choice, Form, Matching, Ordering
from tests.tenants import add_person, id_of

ROOT = Path(__file__).resolve().parents[3]
RALPH = ROOT / ".venv-lrs" / "bin" / "python"
MODULE = "before-the-care-home"
pytestmark = pytest.mark.both

VALIDATE = """
const problems = require("@learninglocker/xapi-validation").default;
const lines = require("fs").readFileSync(0, "utf8").split("\\n").filter(Boolean);
console.log(JSON.stringify(lines.map((line) => problems(JSON.parse(line)).map((one) => JSON.stringify(one)))));
"""
SERVE = """
import sys
from ralph.backends.data.base import BaseOperationType
from ralph.backends.lrs.fs import FSLRSBackend
FSLRSBackend.default_operation_type = BaseOperationType.APPEND
import uvicorn
from ralph.api import app
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""


def attempt(*, person: str | None = None, wrong: int = 0, unfinished: bool = False, sure: int | None = None) -> str:
    """Somebody's way through the first module, the first answers wrong, or none of those after reading given."""
    module = modules()[MODULE]
    token = actions.start(module=module, council=None, practice=None, person=person)
    for step in module.way("module").steps[:-1]:
        question = module.question(step)
        if question is None:
            actions.read_on(token=token, module=module, page=step)
        elif not (unfinished and question.form is Form.AFTER):
            given = right_answer(question)
            is_wrong = wrong > 0 and isinstance(question, Choice)
            wrong -= is_wrong
            actions.answer(token=token, module=module, question=question, given=given[:0] if is_wrong else given, sure=sure)
    return token


def follow_up(token: str, part: Form) -> str:
    module = modules()[MODULE]
    begun = actions.follow_up(token=token, module=module, part=part)
    for question in module.form(part):
        actions.answer(token=begun, module=module, question=question, given=right_answer(question))
    return begun


@pytest.fixture
def attempts(app: Flask) -> dict[str, str]:
    """Attempts of somebody signed in and of two who were not, with follow-ups."""
    add_person("gp")
    db.session.commit()
    own = attempt(person=id_of("gp"), wrong=2, sure=3)
    nobodys = attempt(unfinished=False)
    found = {"own": own, "nobodys": nobodys, "unfinished": attempt(unfinished=True)}
    return found | {"weeks": follow_up(own, Form.WEEKS), "months": follow_up(nobodys, Form.MONTHS)}


def exported(app: Flask, folder: Path, *options: str) -> list[dict[str, Any]]:
    file = folder / "statements.jsonl"
    done = app.test_cli_runner().invoke(args=["training", "export-attempts", "--output", str(file), *options])
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert f"{len(found)} statement(s) written" in done.output
    return found


def problems(statements: list[dict[str, Any]]) -> list[list[str]]:
    """What the validator says of each statement."""
    lines = "\n".join(json.dumps(one) for one in statements)
    node = shutil.which("node")
    assert node
    done = subprocess.run([node, "-e", VALIDATE], cwd=ROOT, input=lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_every_statement_is_valid(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    statements = exported(app, tmp_path)
    assert problems(statements) == [[]] * len(statements)
    verbs = Counter(one["verb"]["id"].rsplit("/", 1)[1] for one in statements)
    module = modules()[MODULE]
    after, before = len(module.form(Form.AFTER)), len(module.form(Form.BEFORE))
    follow_ups = len(module.form(Form.WEEKS)) + len(module.form(Form.MONTHS))
    assert verbs == {"initialized": 5, "completed": 4, "answered": 3 * before + 2 * after + follow_ups}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"timestamp": "2026-11-02T09:00:00"},
        {"id": "1"},
        {"actor": {"account": {"name": "x"}}},
        {"extra": 1},
        {"result": {"score": {"scaled": 80}}},
    ],
    ids=["no zone", "no uuid", "no home page", "unknown key", "scaled above one"],
)
def test_the_validator_notices_what_is_planted(app: Flask, attempts: dict[str, str], tmp_path: Path, spoilt: dict[str, Any]) -> None:
    statement = exported(app, tmp_path)[0]
    assert problems([statement, statement | spoilt])[0] == []
    assert problems([statement, statement | spoilt])[1] != []


def test_a_second_export_says_the_same_and_a_third_adds_what_is_new(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    first = exported(app, tmp_path)
    assert exported(app, tmp_path) == first
    assert len({one["id"] for one in first}) == len(first)
    actions.answer(
        token=attempts["unfinished"], module=(module := modules()[MODULE]), question=(question := module.form(Form.AFTER)[0]),
        given=right_answer(question),
    )  # fmt: skip
    third = exported(app, tmp_path)
    assert {one["id"] for one in first} < {one["id"] for one in third}
    assert len(third) == len(first) + 1


def test_nobody_can_be_named_and_one_learner_has_one_name(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    statements = exported(app, tmp_path)
    text = json.dumps(statements)
    for known in (*attempts.values(), id_of("gp"), "gp@example.org", "mbox", "Z99001"):
        assert known not in text
    names = {one["actor"]["account"]["name"] for one in statements}
    assert len(names) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", name) for name in names)
    assert {one["actor"]["account"]["homePage"] for one in statements} == {"http://localhost"}


def test_under_another_key_everybody_has_another_name(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    first = exported(app, tmp_path)
    kept = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another for tests only"
    try:
        second = exported(app, tmp_path)
    finally:
        app.config["SECRET_KEY"] = kept
    assert {one["actor"]["account"]["name"] for one in first} & {one["actor"]["account"]["name"] for one in second} == set()
    assert {one["id"] for one in first} & {one["id"] for one in second} == set()


def test_answers_are_told_in_the_form_of_their_kind(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    module = modules()[MODULE]
    answers = [one for one in exported(app, tmp_path) if one["verb"]["id"].endswith("/answered")]
    told = {one["object"]["id"].rsplit("/", 1)[1]: one for one in answers}
    kinds = set()
    for question in module.bank:
        one = told[question.id]
        definition, result = one["object"]["definition"], one["result"]
        kinds.add(definition["interactionType"])
        if isinstance(question, Matching):
            assert [part["id"] for part in definition["source"]] == [pair.id for pair in question.pairs]
            assert [part["description"]["en-GB"] for part in definition["target"]] == list(question.answers)
            assert re.fullmatch(r"([a-z]\[\.\]\d+(\[,\])?)+", definition["correctResponsesPattern"][0])
        else:
            letters = sorted(part.id for part in (question.steps if isinstance(question, Ordering) else question.options))
            assert sorted(part["id"] for part in definition["choices"]) == letters
            assert re.fullmatch(r"([a-z](\[,\])?)+", definition["correctResponsesPattern"][0])
        assert result["success"] is (result["response"] == definition["correctResponsesPattern"][0])
    assert kinds == {"choice", "sequencing", "matching"}
    sure = [one["result"]["extensions"] for one in answers if "extensions" in one["result"]]
    assert sure == [{"http://localhost/xapi/sure": 3}] * len(module.way("module").questions)


def test_the_score_is_told_once_finished(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    completed = [one for one in exported(app, tmp_path) if one["verb"]["id"].endswith("/completed")]
    with_scores = {attempts[name]: db.session.get_one(Attempt, attempts[name]) for name in ("own", "nobodys", "weeks", "months")}
    assert sorted((one["result"]["score"]["raw"], one["result"]["score"]["max"]) for one in completed) == sorted(
        (found.right, found.asked) for found in with_scores.values()
    )
    assert {one["object"]["id"] for one in completed} == {f"http://localhost/training/{MODULE}{part}" for part in ("", "/weeks", "/months")}
    assert all(re.fullmatch(r"PT\d+S", one["result"]["duration"]) for one in completed)


def test_one_module_alone_can_be_told(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    assert exported(app, tmp_path, "--module", MODULE) == exported(app, tmp_path)
    done = app.test_cli_runner().invoke(args=["training", "export-attempts", "--output", str(tmp_path / "x"), "--module", "nope"])
    assert done.exit_code == 1
    assert "There is no module 'nope'" in done.output


def test_where_the_file_cannot_be_written_that_is_said(app: Flask, tmp_path: Path) -> None:
    done = app.test_cli_runner().invoke(args=["training", "export-attempts", "--output", str(tmp_path / "nowhere" / "x")])
    assert done.exit_code == 1
    assert "cannot be written" in done.output


# A real learning record store


@contextmanager
def record_store(folder: Path) -> Iterator[str]:
    """Ralph with its file backend, for somebody called "council" with the password "council"."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "statements").mkdir()
    hashed = subprocess.run(
        [RALPH, "-c", "import bcrypt; print(bcrypt.hashpw(b'council', bcrypt.gensalt(4)).decode())"],
        capture_output=True,
        text=True,
        check=True,
    )
    user = {"username": "council", "hash": hashed.stdout.strip(), "scopes": ["all"], "agent": {"mbox": "mailto:council@example.org"}}
    (folder / "auth.json").write_text(json.dumps([user]))
    environ = {
        "RALPH_APP_DIR": str(folder), "RALPH_AUTH_FILE": str(folder / "auth.json"), "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "statements"),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
    }  # fmt: skip
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen([RALPH, "-c", SERVE, str(port)], env=os.environ | environ, stdout=log, stderr=log, cwd=folder) as server,
    ):
        try:
            for _ in range(300):
                assert server.poll() is None, (folder / "log").read_text()
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/__lbheartbeat__", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/xAPI/statements"
        finally:
            server.terminate()


def sent(address: str, body: object = None) -> tuple[int, Any]:
    """What the store answers to a body, or to a question."""
    name = base64.b64encode(b"council:council").decode()
    headers = {"Authorization": f"Basic {name}", "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
    request = urllib.request.Request(address, data=None if body is None else json.dumps(body).encode(), headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.skipif(not RALPH.exists(), reason="the learning record store is not installed: make .venv-lrs/.installed")
def test_a_real_record_store_takes_every_statement_and_takes_them_once(app: Flask, attempts: dict[str, str], tmp_path: Path) -> None:
    statements = exported(app, tmp_path)
    with record_store(tmp_path) as address:
        status, ids = sent(address, statements)
        assert (status, sorted(ids)) == (200, sorted(one["id"] for one in statements))
        status, found = sent(f"{address}?statementId={statements[0]['id']}")
        assert (status, [one["actor"] for one in found["statements"]]) == (200, [statements[0]["actor"]])
        assert sent(address, exported(app, tmp_path))[0] in (200, 204)
        assert sent(address, [statements[0] | {"timestamp": "2020-01-01T00:00:00.000+00:00"}])[0] == 409
        kept = sum(len(file.read_text().splitlines()) for file in (tmp_path / "statements").iterdir())
    assert kept == len(statements)
