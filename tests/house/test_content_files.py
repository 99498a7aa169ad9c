"""Every content file is known to the check, valid, and carries author, sources and review dates."""

from datetime import date
from pathlib import Path

from flask import Flask

from app.content.kinds import check

ROOT = Path(__file__).resolve().parents[2]


def all_content() -> set[Path]:
    folders = (ROOT / "content", ROOT / "training_modules")
    return {path for folder in folders for path in folder.rglob("*") if path.suffix in (".yaml", ".md", ".csv", ".json")}


def test_content_has_no_problems(app: Flask) -> None:
    report = check(app, date.today())
    assert [str(problem) for problem in report.problems] == []


def test_no_content_file_escapes_the_check(app: Flask) -> None:
    seen: set[Path] = set()
    for kind in app.extensions["content_kinds"]:
        seen |= set(kind.read(app.config["CONTENT_DIR"]))
    assert sorted(str(path.relative_to(ROOT)) for path in all_content() - seen) == []


def test_every_file_names_its_author_sources_and_review_dates(app: Flask) -> None:
    for kind in app.extensions["content_kinds"]:
        for path, head in kind.read(app.config["CONTENT_DIR"]).items():
            assert head.author == "Fingerpost content", path
            assert head.sources, path
            assert head.reviewed < head.next_review, path


def test_nobody_is_said_to_have_checked_what_nobody_checked(app: Flask) -> None:
    for kind in app.extensions["content_kinds"]:
        for path, head in kind.read(app.config["CONTENT_DIR"]).items():
            assert head.clinical_check == "not yet checked by a clinician", path
