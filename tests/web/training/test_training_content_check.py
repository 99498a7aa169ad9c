"""The module's files stand in the content check."""

from datetime import date
from pathlib import Path

from flask import Flask

from app.content.kinds import check

HERE = Path(__file__).resolve().parents[3] / "training_modules" / "before-the-care-home"


def test_every_file_of_the_module_is_checked_and_reported_when_its_review_is_due(app: Flask) -> None:
    assert check(app, date(2026, 11, 22)).files["training modules"] == 4
    overdue = check(app, date(2027, 4, 2)).overdue
    assert {HERE / "module.yaml", HERE / "questions.yaml", HERE / "pages" / "before-it-is-settled.md"} <= set(overdue)
