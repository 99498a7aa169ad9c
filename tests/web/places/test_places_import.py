"""Open data files into the tables: counted, repeatable, and the good rows kept whatever the bad ones are."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.places import actions, queries, upserting
from app.places.actions import Outcome
from tests.web.places.samples import COUNCILS, DISTRICTS, HEADING, POSTCODES, PRACTICES

Action = Callable[..., Outcome]
pytestmark = pytest.mark.both


def brought(action: Action, path: Path) -> Outcome:
    return action(path=path, by="command line", progress=lambda _share: None)


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.tally.new, outcome.tally.changed, outcome.tally.unchanged, outcome.kept_out


@pytest.mark.parametrize(
    ("action", "text", "number"),
    [
        (actions.import_councils, COUNCILS, 2),
        (actions.import_councils, DISTRICTS, 3),
        (actions.import_postcodes, POSTCODES, 5),
        (actions.import_practices, PRACTICES, 3),
    ],
)
def test_running_again_changes_nothing(app: Flask, tmp_path: Path, action: Action, text: str, number: int) -> None:
    file = tmp_path / "file.csv"
    file.write_text(text)
    assert counts(brought(action, file)) == (number, 0, 0, 0)
    assert counts(brought(action, file)) == (0, 0, number, 0)


def test_a_changed_row_is_counted_and_takes_effect(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(POSTCODES)
    brought(actions.import_postcodes, file)
    file.write_text(POSTCODES.replace("ZZ1 1BD,54.4,0.60", "ZZ1 1BD,54.5,0.60"))
    assert counts(brought(actions.import_postcodes, file)) == (0, 1, 4, 0)
    found = queries.locate("ZZ1 1BD")
    assert found is not None
    assert found.lat == 54.5


def test_bad_rows_are_kept_out_and_reported_and_never_cost_the_others(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file.csv.gz"
    bad = 'not a postcode,54.4,0.6,E99000001\nZZ9 9ZZ,"=cmd()",0.6,E99000001\nZZ9 9ZY,54.4\n'
    file.write_bytes(gzip.compress((POSTCODES + bad).encode()))
    outcome = brought(actions.import_postcodes, file)
    assert counts(outcome) == (5, 0, 0, 3)
    assert outcome.report is not None
    assert outcome.report.parent == app.config["DATA_DIR"] / "reports"
    with outcome.report.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["line"], row["id"], row["field"], row["value"], row["verdict"]) for row in rows] == [
        ("7", "not a postcode", "postcode", "not a postcode", "reject"),
        ("8", "ZZ9 9ZZ", "lat", "'=cmd()", "reject"),
        ("9", "", "", "ZZ9 9ZY,54.4", "reject"),
    ]
    assert all(row["reason"] and row["fix"] for row in rows)


def test_no_report_is_made_where_nothing_is_wrong(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(POSTCODES)
    assert brought(actions.import_postcodes, file).report is None


def test_a_file_that_breaks_off_keeps_the_rows_before(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file.csv.gz"
    rows = "".join(
        f"ZZ{outer}{inner} {sector}AA,54.4,0.6,E99000001\n" for outer in range(1, 10) for inner in range(10) for sector in range(10)
    )
    packed = gzip.compress(("postcode,lat,lon,lad_code\n" + rows).encode(), 0)
    file.write_bytes(packed[: len(packed) // 2])
    outcome = brought(actions.import_postcodes, file)
    assert "Fetch the file again" in outcome.broken
    assert outcome.tally.new > 100
    assert queries.locate("ZZ10 0AA") is not None


def test_a_practice_brings_its_council_with_it(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(PRACTICES)
    brought(actions.import_practices, file)
    assert [(council.code, council.name) for council in queries.councils()] == [("E99000001", "Marlshire"), ("E99000002", "Southern")]


def test_a_council_file_keeps_the_councils_own_name_and_numbers(app: Flask, tmp_path: Path) -> None:
    contacts = {"asc_day": {"number": "01632 960100"}}
    own = actions.CouncilFile.model_validate({"code": "E99000001", "name": "Marlshire Council", "contacts": contacts})
    actions.load_council(council=own, by="command line")
    file = tmp_path / "file.csv"
    file.write_text(COUNCILS)
    brought(actions.import_councils, file)
    council = queries.council_or_none("E99000001")
    assert council is not None
    assert council.name == "Marlshire Council"
    assert council.contacts["asc_day"]["number"] == "01632 960100"
    assert council.lat == 54.4


def test_rows_are_written_in_several_short_transactions(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upserting, "AT_ONCE", 2)
    commits: list[Any] = []

    def committed(connection: Any) -> None:
        commits.append(connection)

    file = tmp_path / "file.csv"
    file.write_text(POSTCODES)
    engine = app.extensions["database"]
    event.listen(engine, "commit", committed)
    try:
        brought(actions.import_postcodes, file)
    finally:
        event.remove(engine, "commit", committed)
    assert len(commits) == 3


def test_too_long_for_the_table_is_a_bad_row_not_a_failure(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    long = "X" * 400
    file.write_text(f"{PRACTICES}Z99004,{long},,ZZ1 1BD,,,,,,,,,,\n")
    assert HEADING.count(",") == 13
    assert counts(brought(actions.import_practices, file)) == (3, 0, 0, 1)
