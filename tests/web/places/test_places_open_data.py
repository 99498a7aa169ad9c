"""The real files, whole."""

import time
from pathlib import Path

import pytest
from flask import Flask

from app.places import actions, queries


@pytest.fixture
def data(shared: Path) -> Path:
    return shared / "data"


def brought(name: str, path: Path) -> tuple[int, int, int]:
    outcome = getattr(actions, f"import_{name}")(path=path, by="command line", progress=lambda _share: None)
    assert (outcome.broken, outcome.tally.changed, outcome.tally.repeated) == ("", outcome.tally.changed, 0)
    return outcome.tally.new, outcome.tally.unchanged, outcome.kept_out


@pytest.mark.both
def test_the_open_data_of_the_pilot_area(app: Flask, data: Path) -> None:
    assert brought("councils", data / "councils" / "social_care_councils_england.csv") == (153, 0, 0)
    assert brought("councils", data / "councils" / "local_authority_districts_gb.csv") == (350, 0, 0)
    assert brought("postcodes", data / "postcodes" / "postcodes_pilot_areas.csv.gz") == (30785, 0, 0)
    assert brought("practices", data / "gp_practices" / "gp_practices_active_2026-02.csv.gz") == (6203, 0, 0)
    assert brought("postcodes", data / "postcodes" / "postcodes_pilot_areas.csv.gz") == (0, 30785, 0)
    assert brought("practices", data / "gp_practices" / "gp_practices_active_2026-02.csv.gz") == (0, 6203, 0)
    oldham = queries.locate("ol9 9hh")
    assert oldham is not None
    assert oldham.council_code == "E08000004"
    assert [practice.postcode[:4] for practice in queries.find_practices("OL9", limit=3)] == ["OL9 "] * 3
    assert queries.find_practices("hill top surgrey oldham")[0].ods_code == queries.find_practices("Hill Top Surgery, Oldham")[0].ods_code
    queries.find_practices("queens park")
    started = time.perf_counter()
    for _ in range(5):
        queries.find_practices("qeens park medcal")
    assert (time.perf_counter() - started) / 5 < 0.1, "finding a practice has become slow for a type-ahead"
