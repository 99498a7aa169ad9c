"""Every content file is known to the check, valid, and carries author, sources and review dates."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.content.problems import ContentError
from app.content.schema import Reviewed

ROOT = Path(__file__).resolve().parents[2]


def all_content() -> set[Path]:
    folders = (ROOT / "content", ROOT / "training_modules")
    return {path for folder in folders for path in folder.rglob("*") if path.suffix in (".yaml", ".md", ".csv", ".json")}


@pytest.fixture(scope="module")
def heads(sqlite_app: Flask) -> dict[Path, Reviewed]:
    """What the content check reads, read once: it takes its time. Content with a problem stops here, and the problem is shown."""
    kinds = sqlite_app.extensions["content_kinds"]
    return {path: head for kind in kinds for path, head in kind.read(sqlite_app.config["CONTENT_DIR"]).items()}


def test_no_content_file_escapes_the_check(heads: dict[Path, Reviewed]) -> None:
    assert sorted(str(path.relative_to(ROOT)) for path in all_content() - heads.keys()) == []


def test_every_file_names_its_author_sources_and_review_dates(heads: dict[Path, Reviewed]) -> None:
    for path, head in heads.items():
        assert head.author == "Fingerpost content", path
        assert head.sources, path
        assert head.reviewed < head.next_review, path


def test_nobody_is_said_to_have_checked_what_nobody_checked(heads: dict[Path, Reviewed]) -> None:
    for path, head in heads.items():
        assert head.clinical_check == "not yet checked by a clinician", path


def test_nothing_was_past_its_review_when_it_was_released(app: Flask) -> None:
    # The day is fixed. What is past its review today is listed by `flask content check` and turns no build red by itself.
    heads = {kind.name: kind.read(app.config["CONTENT_DIR"]) for kind in app.extensions["content_kinds"] if kind.name != "reading"}
    assert len(heads["alternatives"]) >= 39 and len(heads["red_flags"]) >= 16 and len(heads["pages"]) >= 3
    assert [path for found in heads.values() for path, head in found.items() if head.overdue(date(2026, 11, 22))] == []


PLANTED = {
    "alternatives/telecare.yaml": ("eligibility: >-\n  ", "eligibility: >-\n  It costs £17 a week. "),
    "red_flags/fire_risk.yaml": ("action: >-\n  ", "action: >-\n  A visit comes within 72 hours. "),
    "needs/falls.yaml": ("\nlabel: ", "\nlabel: One in three "),
    "questions/q_onset.yaml": ("text: Did this", "text: Aged 85 or over? Did this"),
    "glossary.yaml": ("note: Also written ED.", "note: Seen within four hours."),
    "checklist.yaml": ("label: What has been tried", "label: What has been tried in six weeks"),
    "surveys/voice.yaml": ("label: Heard early enough", "label: Nine in ten heard early enough"),
    "agreed.yaml": ("title: We meet, and do what we said", "title: Half of us meet within 72 hours"),
    "messages/assistant.yaml": ("contact.safeguarding: Safeguarding adults", "contact.safeguarding: Safeguarding adults, within 24 hours"),
    "ranking/rules.yaml": ("note: The person is in hospital.", "note: Nine in ten go home. The person is in hospital."),
    "pages/paying-for-care.md": ("## Means-tested\n", "## Means-tested\n\nIt helps 40% of people.\n"),
    "pages/care-home.md": ("## Capacity\n", "## Capacity\n\nThree weeks are enough.\n"),
}


def test_every_figure_that_people_read_has_a_source(app: Flask, tmp_path: Path) -> None:
    """That none is without one today is said by the first test; here a planted one is found in every kind of file."""
    root = tmp_path / "content"
    shutil.copytree(ROOT / "content", root)
    lines = {}
    for name, (old, new) in PLANTED.items():
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, name
        changed = text.replace(old, new)
        path.write_text(changed, encoding="utf-8")
        lines[path] = changed.count("\n", 0, changed.index(new) + len(new.rstrip())) + 1
    found: dict[Path, int] = {}
    for kind in (kind for kind in app.extensions["content_kinds"] if kind.name != "reading"):
        try:
            kind.read(root)
        except ContentError as error:
            found |= {problem.path: problem.line for problem in error.problems if "gives no source for" in problem.what}
    assert found == lines
