"""Real files of every format, in and in again."""

import csv
import re
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cli.directory import group
from tests.unit.directory.tables import TEMPLATE, csv_of
from tests.web.directory.feed import all_live, reported


def run(app: Flask, source: Path, form: str, *more: str) -> Result:
    return app.test_cli_runner().invoke(group, ["import", str(source), "--format", form, *more])


@pytest.mark.parametrize(
    ("file", "form", "count"),
    [
        ("data/cqc/cqc_oldham_2025-03.csv", "cqc", 106),
        ("data/cqc/cqc_shropshire_telford_2025-10.csv", "cqc", 249),
        ("data/cqc/cqc_care_homes_devon_somerset_2021-02.csv.gz", "cqc", 728),
        ("data/open-referral/buckinghamshire-2021-fixture/services_page1.json", "oruk1", 20),
        ("data/open-referral/us-ohana-sample-hsds", "hsds-csv", 23),
        ("standards/open-referral/hsds-3.0/examples/csv", "hsds-csv", 1),
        ("standards/open-referral/hsds-3.1-dev/examples/csv", "hsds-csv", 1),
    ],
)
def test_a_real_file_is_accepted_whole_and_again_changes_nothing(app: Flask, shared: Path, file: str, form: str, count: int) -> None:
    first = run(app, shared / file, form)
    assert first.exit_code == 0 and f"{count} new, 0 changed, 0 unchanged, 0 vanished, 0 rejected" in first.output, first.output
    assert len(all_live()) == count
    again = run(app, shared / file, form)
    assert again.exit_code == 0 and f"0 new, 0 changed, {count} unchanged, 0 vanished" in again.output


def test_the_states_of_oldhams_registrations_are_told_apart(app: Flask, shared: Path) -> None:
    run(app, shared / "data/cqc/cqc_oldham_2025-03.csv", "cqc")
    states = [service.cqc.state for service in all_live().values() if service.cqc]
    assert (len(states), states.count("dormant"), states.count("not_yet_rated"), states.count("")) == (106, 9, 26, 71)


@pytest.mark.both
def test_refused_rows_come_back_as_a_sheet_that_can_be_mended_and_imported(app: Flask, tmp_path: Path) -> None:
    path, report = tmp_path / "sheet.csv", tmp_path / "report.csv"
    path.write_bytes(csv_of(("Reference", "Name", "Summary"), ("1", "A", ""), ("2", "", "=cmd|' /C calc'!A0"), ("3", "B", "")).getvalue())
    result = run(app, path, "csv", "--report", str(report), "--source", "council")
    assert result.exit_code == 0 and "2 new" in result.output and "1 rejected" in result.output
    mend = report.with_name("report-rejected.csv")
    assert str(mend) in re.sub(r"\n", "", result.output)
    with mend.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Reference"], row["Summary"]) == ("2", "'=cmd|' /C calc'!A0")
    assert "Line 3" in row[TEMPLATE.mend] and "Name: There is no name." in row[TEMPLATE.mend]
    assert ("3", "Name") in {(found["line"], found["field"]) for found in reported(report)}
    mend.write_text(mend.read_text(encoding="utf-8").replace("\n2,,", "\n2,Mended,"), encoding="utf-8")
    assert "1 new" in run(app, mend, "csv", "--source", "council", "--allow-vanished").output


def test_a_sheet_without_faults_leaves_nothing_to_mend(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(csv_of(("Reference", "Name"), ("1", "A")).getvalue())
    result = run(app, path, "csv", "--report", str(tmp_path / "report.csv"))
    assert result.exit_code == 0 and not (tmp_path / "report-rejected.csv").exists()


def test_a_file_that_is_no_such_table_is_refused_in_words(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("Title\nA\n")
    result = run(app, path, "csv")
    assert result.exit_code == 1 and "needs: Name, Reference" in result.output and all_live() == {}


def test_next_months_file_of_the_commission_is_the_same_feed(app: Flask, tmp_path: Path) -> None:
    for month, name in (("2026-10", "Lane End Care"), ("2026-11", "Lane End Home Care")):
        path = tmp_path / f"{month}.csv"
        path.write_bytes(csv_of(("Location ID", "Location Name"), ("1-123456789", name)).getvalue())
        result = run(app, path, "cqc")
    assert "0 new, 1 changed, 0 unchanged, 0 vanished" in result.output
