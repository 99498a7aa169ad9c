"""Every table and column is in the register, and the papers say what it says."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table

from app.content.kinds import load_all
from app.content.papers import FOLDER, PAPERS, paper
from app.content.problems import ContentError
from app.content.reading import parse_yaml, read_yaml
from app.content.register import Register
from app.extensions import Base
from app.jobs.retention import rules

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "content" / "register.yaml"
REGISTER = read_yaml(FILE, Register)


def differences(metadata: MetaData) -> set[tuple[str, str]]:
    """Columns that only the database has, or only the register."""
    there = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}
    return there ^ {(name, column) for name, table in REGISTER.tables.items() for column in table.columns}


def test_every_column_is_in_the_register_and_no_other(app: Flask) -> None:
    assert differences(Base.metadata) == set()


def test_a_column_that_is_new_or_gone_is_noticed(app: Flask) -> None:
    planted = MetaData()
    for table in Base.metadata.sorted_tables:
        columns = [Column(column.name, column.type) for column in table.columns if (table.name, column.name) != ("timer", "finished_at")]
        Table(table.name, planted, *columns, *([Column("notes", String)] if table.name == "person" else []))
    Table("patient", planted, Column("nhs_number", Integer))
    assert differences(planted) == {("person", "notes"), ("timer", "finished_at"), ("patient", "nhs_number")}


def test_each_rule_has_its_days_and_each_day_its_rule(app: Flask) -> None:
    assert sorted(rule.name for rule in rules()) == sorted(kept.rule for table in REGISTER.tables.values() for kept in table.kept)


def changed(data: dict[str, Any], *path: str, to: object) -> dict[str, Any]:
    for step in path[:-1]:
        data = data[step]
    if to is None:
        del data[path[-1]]
    else:
        data[path[-1]] = to
    return data


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("tables", "timer", "no_end"), None),
        (("tables", "timer", "purpose"), "nothing that is said above"),
        (("tables", "timer", "columns", "name"), "somehow"),
        (("tables", "timer", "columns", "name"), "personal"),
        (("tables", "timer", "whose"), "everybody's"),
        (("tables", "letter", "seen_by"), ["a stranger"]),
        (("tables", "letter", "kept"), [{"rule": "letter", "what": "letters", "days": -1, "after": "it was written"}]),
        (("tables", "letter", "kept"), [{"rule": "event", "what": "letters", "days": 30, "after": "it was written"}]),
        (("purposes", "curiosity"), {"words": "To look", "article_6": "None", "article_9": "None"}),
        (("purposes", "counting", "article_6"), None),
    ],
)
def test_a_register_that_does_not_hold_together_is_refused(path: tuple[str, ...], to: object) -> None:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    changed(data, *path, to=to)
    with pytest.raises(ContentError):
        parse_yaml(FILE, yaml.safe_dump(data), Register)


def test_a_wrong_register_is_noticed_at_the_start(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "messages").symlink_to(ROOT / "content" / "messages")
    (tmp_path / "register.yaml").write_text(FILE.read_text(encoding="utf-8").replace("days: 396", "days: soon"), encoding="utf-8")
    monkeypatch.setitem(app.config, "CONTENT_DIR", tmp_path)
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    monkeypatch.setitem(app.extensions, "content", {})
    monkeypatch.setitem(app.extensions, "content_kinds", [kind for kind in app.extensions["content_kinds"] if kind.name == "register"])
    with pytest.raises(ContentError, match="days"):
        load_all(app)


@pytest.mark.parametrize("name", PAPERS)
def test_the_papers_are_what_the_register_gives(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text == paper(name), "Run: make register"
    assert text.count("<!-- register: ") == text.count("<!-- end of register -->") > 0
