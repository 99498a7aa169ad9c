"""Real faults of live feeds: every line of the labelled dirty feed comes out as its key says; the clean feed whole."""

import csv
import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from app.cli.directory import group
from app.directory import queries
from app.places.actions import upsert_postcodes
from tests.web.directory.feed import all_live, reported

GRAVITY = ("accept", "accept-with-repair", "reject")


def load_postcodes(shared: Path) -> None:
    """Those of Great Britain's postcodes that the feed writes."""
    with gzip.open(shared / "data" / "pilot" / "services.ndjson.gz", "rt") as file:
        wanted = set(re.findall(r'"postal_code": "([^"]+)"', file.read()))
    with gzip.open(shared / "data" / "postcodes" / "postcodes_gb.csv.gz", "rt") as file:
        columns = next(file).strip().split(",")
        rows = [dict(zip(columns, line.strip().split(","), strict=True)) for line in file if line.partition(",")[0] in wanted]
    upsert_postcodes(rows=[row | {"lat": float(row["lat"]), "lon": float(row["lon"])} for row in rows], by="command line")


@pytest.mark.both
def test_every_line_comes_out_as_the_key_says(app: Flask, shared: Path, tmp_path: Path) -> None:
    load_postcodes(shared)
    feed, report = shared / "data" / "pilot" / "services_dirty.ndjson.gz", tmp_path / "report.csv"
    result = app.test_cli_runner().invoke(group, ["import", str(feed), "--format", "oruk", "--report", str(report)])
    assert result.exit_code == 0, result.output
    gravest: dict[int, int] = {}
    for row in reported(report):
        gravest[int(row["line"])] = max(gravest.get(int(row["line"]), 0), GRAVITY.index(row["verdict"]))
    with (shared / "data" / "pilot" / "dirty_key.csv").open() as file:
        key = list(csv.DictReader(file))
    assert len(key) == 301
    wrong = {
        (row["line"], row["fault"], GRAVITY[gravest.get(int(row["line"]), 0)])
        for row in key
        if row["fault"] != "blank_line" and GRAVITY[gravest.get(int(row["line"]), 0)] != row["verdict"]
    }
    assert wrong == set()
    assert not any(gravest.get(int(row["line"])) for row in key if row["fault"] == "blank_line")
    refused = {row["original_id"] for row in key if row["verdict"] == "reject" and row["original_id"]}
    accepted = {row["original_id"] for row in key if row["verdict"] != "reject"}
    assert len(all_live()) == len(accepted)
    assert not refused - accepted & {service.id for service in all_live().values()}


def test_what_is_live_of_the_dirty_feed_is_clean(app: Flask, shared: Path, tmp_path: Path) -> None:
    load_postcodes(shared)
    feed = shared / "data" / "pilot" / "services_dirty.ndjson.gz"
    app.test_cli_runner().invoke(group, ["import", str(feed), "--format", "oruk", "--report", str(tmp_path / "r.csv")])
    live = all_live()
    everything = repr(live).lower()
    assert not [bad for bad in ("<script", "onerror", "javascript:", "<p>", "<b>", "â€", "\\x00", "asdf") if bad in everything]
    refuges = [service for service in live.values() if service.name.startswith("Women's refuge")]
    assert len(refuges) == 2 and all(not service.sites and service.lat is None for service in refuges)
    dates = [day for service in live.values() for day in (service.assured_on, service.modified_on) if day]
    assert max(dates).year < 3000
    assert len([service for service in live.values() if service.name.endswith("(updated)")]) == 5
    assert not any(site.lat and not 49 < site.lat < 61 for service in live.values() for site in service.sites)
    far = next(service for service in live.values() if service.id.startswith("3163ea87"))
    assert far.lat == pytest.approx(53.38, abs=0.05)


def test_the_clean_feed_is_accepted_whole_and_again_changes_nothing(app: Flask, shared: Path, tmp_path: Path) -> None:
    load_postcodes(shared)
    feed, report = shared / "data" / "pilot" / "services.ndjson.gz", tmp_path / "report.csv"
    command = ["import", str(feed), "--format", "oruk", "--report", str(report)]
    assert "1193 new, 0 changed, 0 unchanged, 0 vanished, 0 rejected" in app.test_cli_runner().invoke(group, command).output
    assert {row["verdict"] for row in reported(report)} <= {"accept"}
    assert len(all_live()) == 1193
    again = app.test_cli_runner().invoke(group, command)
    assert again.exit_code == 0 and "0 new, 0 changed, 1193 unchanged" in again.output
    assert queries.current_sequence() == 1
