"""The record of completion as PDF."""

import io
import re
import subprocess
import sys

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.training.learner import RIGHT, Learner


@pytest.fixture
def finished(client: FlaskClient) -> str:
    learner = Learner(client)
    learner.begin()
    return next(link for link in learner.answer_all(RIGHT).links.values() if link.endswith("/record.pdf"))


def text_of(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_finished_module_leaves_a_record_that_accredits_nothing(client: FlaskClient, finished: str) -> None:
    response = client.get(finished)
    assert response.status_code == 200 and response.mimetype == "application/pdf"
    said = text_of(response.data)
    assert "Record of completion" in said and "What else is there before the care home" in said
    assert "5 of 5" in said and "no accreditation" in said


def test_its_file_is_named_by_the_module_whatever_the_address_says(client: FlaskClient, finished: str) -> None:
    said = client.get(f'{finished}?filename=evil.exe&name="x.html').headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="fingerpost-[a-z0-9-]+\.pdf"', said)
    assert client.get(f"{finished}%22;filename=evil.exe").status_code == 404


def test_an_unfinished_module_has_no_record(client: FlaskClient) -> None:
    learner = Learner(client)
    learner.begin()
    address = learner.responses[-1].request.path.rsplit("/", 1)[0]
    assert client.get(f"{address}/record.pdf").status_code == 302


def test_without_the_libraries_the_page_says_what_to_do(
    client: FlaskClient, finished: str, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins

    real = builtins.__import__

    def missing(name: str, *rest: object, **more: object) -> object:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library libpango")
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    response = client.get(finished)
    assert response.status_code == 503 and "Print" in response.text


def test_starting_does_not_load_what_only_pdf_needs() -> None:
    code = "import sys, app; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
