"""Pages that people trust us by: cookies, accessibility statement, terms, privacy, and where to report a weakness."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.content.markup import read_page
from app.pages.catalogue import known_issues
from app.pages.schema import IssueFile
from app.schema import upgrade
from config import Settings

ROOT = Path(__file__).resolve().parents[3]
ISSUE = {
    "criterion": "1.4.3", "name": "contrast (minimum)", "level": "AA", "what": "A label is pale.", "since": "2026-11-22",
    "why": "non-compliance", "planned": "A darker one.",
}  # fmt: skip


def made(folder: Path, content: Path, **settings: str) -> FlaskClient:
    app = create_app(Settings.from_environ({"DATA_DIR": str(folder), "SECRET_KEY": "for tests only", **settings}))
    app.config["CONTENT_DIR"] = content
    upgrade(app.extensions["database"])
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/help", "/search", "/training", "/sign-in", "/nowhere", "/practice", "/accessibility"])
def test_every_page_leads_to_the_pages_of_trust(client: FlaskClient, path: str) -> None:
    foot = client.get(path).text.split("<footer")[1]
    linked = set(re.findall(r'href="(/[a-z-]+)"', foot))
    assert linked >= {"/privacy", "/cookies", "/accessibility", "/terms", "/security", "/status"}
    for address in linked:
        assert client.get(address).status_code == 200, address


def issues(*levels: str) -> IssueFile:
    head = {"author": "Fingerpost content", "sources": ["psbar"], "reviewed": "2026-11-22", "next_review": "2027-05-22"}
    rows = [ISSUE | {"level": level} for level in levels]
    return IssueFile.model_validate(head | {"prepared": "2026-11-22", "tested": "2026-11-22", "issues": rows})


@pytest.mark.parametrize(("levels", "word"), [([], "fully"), (["AAA"], "fully"), (["A"], "partially"), (["AA", "AAA"], "partially")])
def test_one_known_failure_of_a_or_aa_makes_it_partially_compliant(levels: list[str], word: str) -> None:
    assert issues(*levels).compliance() == word


def test_the_statement_has_the_words_of_the_regulations_and_every_known_failure(app: Flask, client: FlaskClient) -> None:
    html = " ".join(client.get("/accessibility").text.split())
    known = known_issues(app.config["CONTENT_DIR"])
    assert f"<strong>{known.compliance()} compliant</strong> with the Web Content Accessibility Guidelines (WCAG) version 2.2 AA" in html
    for issue in known.issues:
        assert issue.what in html and f"success criterion {issue.criterion}" in html and issue.planned in html
    for words in ("Non-compliance with the accessibility regulations", "Equality and Human Rights Commission (EHRC)", "(EASS)"):
        assert words in html
    assert re.search(r"This statement was prepared on \d+ \w+ \d{4}\. It was last reviewed on \d+ \w+ \d{4}\.", html)
    assert re.search(r"last tested on \d+ \w+ \d{4}, by the project's own tests", html)


def test_a_failure_that_is_put_on_the_list_stands_in_the_statement(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    path = content / "known-issues.yaml"
    path.write_text(re.sub(r"issues:.*", "issues: []", path.read_text(), flags=re.S))
    client = made(tmp_path / "none", content)
    assert "fully compliant" in client.get("/accessibility").text and "We know of nothing that fails" in client.get("/accessibility").text
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / "content"
    shutil.copytree(content, again)
    row = "\n".join(f"{'  - ' if place == 0 else '    '}{key}: {value}" for place, (key, value) in enumerate(ISSUE.items()))
    (again / "known-issues.yaml").write_text(path.read_text().replace("issues: []", f"issues:\n{row}"))
    html = made(tmp_path / "one", again).get("/accessibility").text
    assert "partially compliant" in html and "A label is pale." in html


@pytest.mark.parametrize(("public", "prefix"), [("http://localhost", ""), ("https://fingerpost.example.org", "__Host-")])
def test_the_list_of_cookies_gives_the_names_that_this_site_sets(tmp_path: Path, public: str, prefix: str) -> None:
    client = made(tmp_path, ROOT / "content", PUBLIC_URL=public)
    html = client.get("/cookies").text
    assert set(re.findall(r"<code>([^<]*fp_[^<]*)</code>", html)) == {
        f"{prefix}fp_people",
        f"{prefix}fp_practice",
        f"{prefix}fp_session",
        f"{prefix}fp_shortlist",
    }


def test_security_txt_holds_what_the_standard_asks_for(client: FlaskClient, app: Flask) -> None:
    response = client.get("/.well-known/security.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.strip().splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    assert fields["Contact"] == fields["Policy"] == "http://localhost/security"
    reviewed = read_page(ROOT / "content" / "pages" / "security.md").head.reviewed
    expires = datetime.fromisoformat(fields["Expires"])
    assert expires.tzinfo is not None and expires < datetime.combine(reviewed, datetime.min.time(), UTC) + timedelta(days=365)
    assert expires.date() > max(reviewed, date(2026, 11, 22))


def test_security_txt_names_the_contact_of_the_installation(tmp_path: Path) -> None:
    client = made(tmp_path, ROOT / "content", SECURITY_CONTACT="mailto:security@example.org")
    assert client.get("/.well-known/security.txt").text.startswith("Contact: mailto:security@example.org\n")
