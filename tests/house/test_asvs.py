"""The table of OWASP ASVS 5.0: whole, in date, and naming only what exists."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from supply.asvs import FOLDER, ROOT, Row, read
from tests.house.named import Suite

SUITE = Suite(ROOT)
TABLE = read()
OF_EACH_CHAPTER = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7}
"""Requirements of levels 1 and 2 in the standard: 70 and 183."""


def test_every_requirement_stands_there_once() -> None:
    ids = [row.id for row in TABLE.rows]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert ids == sorted(ids, key=lambda name: [int(part) for part in name[1:].split(".")])
    assert Counter(row.chapter for row in TABLE.rows) == OF_EACH_CHAPTER
    assert Counter(row.level for row in TABLE.rows) == {1: 70, 2: 183}


def test_the_ids_are_those_of_the_standard(shared: Path) -> None:
    with (shared / "standards" / "asvs-5.0" / "asvs-5.0.0_en.csv").open(encoding="utf-8") as file:
        wanted = {row["req_id"]: row["L"] for row in csv.DictReader(file) if row["L"] in ("1", "2")}
    assert {row.id: str(row.level) for row in TABLE.rows} == wanted


def test_code_tests_and_papers_that_are_named_exist() -> None:
    named = {name for row in TABLE.rows for name in (*row.by, *row.shown, *([row.paper] if row.paper else []))}
    gone = sorted(name for name in named if "::" not in name and not (ROOT / name).exists())
    wrong = {name: SUITE.wrong_with(name) for name in named if "::" in name and SUITE.wrong_with(name)}
    assert (gone, wrong) == ([], {})


def test_the_table_is_what_the_file_gives() -> None:
    assert (FOLDER / "asvs.md").read_text(encoding="utf-8") == TABLE.markdown(), "Run: make asvs"


@pytest.mark.parametrize(
    "verdict",
    [
        {},
        {"by": ["app"]},
        {"shown": ["README.md"]},
        {"open": "why", "not_applicable": "why"},
        {"argued": "why"},
        {"paper": "README.md", "open": "why"},
        {"argued": "why", "paper": "README.md", "open": "why"},
        {"by": ["app"], "shown": ["README.md"], "open": "why"},
    ],
)
def test_a_row_has_one_verdict(verdict: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Row.model_validate({"id": "V1.1.1", "level": 1, "asks": "Something"} | verdict)
