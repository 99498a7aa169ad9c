"""The module's files stand in the content check."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.content.kinds import Report

HERE = Path(__file__).resolve().parents[3] / "training_modules" / "before-the-care-home"


Checked = Callable[[str, date], Report]


def test_every_file_of_the_module_is_checked_and_reported_when_its_review_is_due(checked: Checked) -> None:
    modules, pages = ([*HERE.parent.glob(f"*/{name}")] for name in ("module.yaml", "pages/*.md"))
    assert checked("training modules", date(2026, 11, 22)).files == {"training modules": 2 * len(modules) + len(pages)}
    overdue = checked("training modules", date(2027, 4, 2)).overdue
    assert {HERE / "module.yaml", HERE / "questions.yaml", HERE / "pages" / "before-it-is-settled.md"} <= set(overdue)


def test_a_figure_without_a_source_is_found(app: Flask, checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(HERE, tmp_path / HERE.name)
    page = tmp_path / HERE.name / "pages" / "what-could-be-arranged.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("By day they manage", "It takes 12 weeks. By day they manage"), encoding="utf-8"
    )
    monkeypatch.setitem(app.config, "MODULES_DIR", tmp_path)
    monkeypatch.setitem(app.extensions, "content", {})
    (problem,) = checked("training modules", date(2026, 11, 22)).problems
    assert problem.path == page and "no source for '12'" in problem.what
