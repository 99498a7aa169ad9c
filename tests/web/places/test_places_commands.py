"""The commands: what they say and how they end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.places import queries
from tests.web.places.samples import DISTRICTS, POSTCODES

Run = Callable[..., Any]
DEMO = Path(__file__).resolve().parents[3] / "content" / "demo"


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "file.csv"
    path.write_text(text)
    return str(path)


def test_an_import_says_what_it_did_and_what_to_do_next(run: Run, tmp_path: Path) -> None:
    first = run("places", "import-postcodes", written(tmp_path, POSTCODES))
    assert first.exit_code == 0
    assert "Postcodes: 5 new, 0 changed, 0 unchanged, 0 repeated, 0 kept out." in first.output
    assert "import-councils" in first.output
    assert run("places", "import-councils", written(tmp_path, DISTRICTS)).exit_code == 0
    again = run("places", "import-postcodes", written(tmp_path, POSTCODES))
    assert "0 new, 0 changed, 5 unchanged" in again.output
    assert "Nothing has changed" in again.output
    assert "import-councils" not in again.output


def test_bad_rows_are_said_with_the_reports_name(run: Run, app: Flask, tmp_path: Path) -> None:
    result = run("places", "import-postcodes", written(tmp_path, POSTCODES + "nonsense,1,2,3\n"))
    assert result.exit_code == 0
    assert "1 row(s) were kept out" in result.output
    assert str(app.config["DATA_DIR"] / "reports") in result.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,phone\nx,y\n", "does not have the columns"),
        ("", "does not have the columns"),
        ("postcode,lat,lon,lad_code\nnonsense,1,2,3\n", "No row of this file could be used"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_1(run: Run, tmp_path: Path, text: str, said: str) -> None:
    result = run("places", "import-postcodes", written(tmp_path, text))
    assert result.exit_code == 1
    assert said in result.output


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    for words in (("places", "import-practices"), ("council", "load")):
        result = run(*words, str(tmp_path / "absent"))
        assert result.exit_code == 1
        assert "cannot be opened" in result.output


def test_a_file_that_is_not_gzip(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_text(POSTCODES)
    result = run("places", "import-postcodes", str(path))
    assert result.exit_code == 1
    assert "cannot be read from line 1" in result.output


def test_loading_the_demonstration_council(run: Run, app: Flask) -> None:
    assert "loaded" in run("council", "load", str(DEMO / "council.yaml")).output
    assert "nothing has changed" in run("council", "load", str(DEMO / "council.yaml")).output
    council = queries.council_or_none("E99000001")
    assert council is not None
    assert council.is_demonstration
    assert council.contacts["safeguarding"]["number"] == "01632 960110"
    assert queries.locate("Wexholme-on-Sea", council="E99000001") is not None


def test_a_council_without_numbers_is_loaded_and_the_gaps_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "council.yaml"
    path.write_text("code: E99000002\nname: Southern\ncontacts: {}\n")
    result = run("council", "load", str(path))
    assert result.exit_code == 0
    assert "contacts.safeguarding.number" in result.output


def test_a_town_that_was_taken_out_is_gone(run: Run, app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "council.yaml"
    head = "code: E99000002\nname: Southern\ncontacts: {}\n"
    path.write_text(head + "towns:\n  - {name: Farley, lat: 50.9, lon: -1.4}\n")
    run("council", "load", str(path))
    assert queries.locate("Farley") is not None
    path.write_text(head)
    assert "changed" in run("council", "load", str(path)).output
    assert queries.locate("Farley") is None


def test_a_council_file_with_a_mistake_says_where(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "council.yaml"
    path.write_text("code: E99000002\nname: Southern\ncontacts:\n  asc_day: {number: ring us}\n")
    result = run("council", "load", str(path))
    assert result.exit_code == 1
    assert "council.yaml:4: contacts.asc_day.number" in result.output
