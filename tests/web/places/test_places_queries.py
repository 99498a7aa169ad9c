"""Where things are and which practice is meant."""

from pathlib import Path

import pytest
from flask import Flask

from app.places import actions, queries
from tests.web.places.samples import COUNCILS, DISTRICTS, POSTCODES, PRACTICES

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def places(app: Flask, tmp_path: Path) -> None:
    files = (
        (actions.import_councils, COUNCILS),
        (actions.import_councils, DISTRICTS),
        (actions.import_postcodes, POSTCODES),
        (actions.import_practices, PRACTICES),
    )
    for action, text in files:
        (tmp_path / "file.csv").write_text(text)
        action(path=tmp_path / "file.csv", by="command line", progress=lambda _share: None)


@pytest.mark.parametrize(
    ("typed", "lat", "name", "council"),
    [
        ("zz11bd", 54.4, "ZZ1 1BD", "E99000001"),
        ("ZZ1 1", 54.3, "ZZ1 1", "E99000001"),
        ("ZZ11", 54.3, "ZZ1 1", "E99000001"),
        ("zz1", 54.3, "ZZ1", "E99000001"),
        ("Z99001", 54.4, "Beck Lane Surgery", "E99000001"),
    ],
)
def test_a_place_is_located(typed: str, lat: float, name: str, council: str) -> None:
    found = queries.locate(typed)
    assert found is not None
    assert found.lat == pytest.approx(lat)
    assert (found.name, found.council_code) == (name, council)


@pytest.mark.parametrize("typed", ["ZZ9 9ZZ", "ZZ9", "ZZ1 9", "Z99999", "Nowhere", "", "\x00", "\ud800", "%", "x" * 5000])
def test_what_is_not_known_is_nowhere(typed: str) -> None:
    assert queries.locate(typed) is None


def test_an_outcode_shared_by_councils_has_a_position_but_no_council() -> None:
    shared = queries.locate("ZZ2")
    assert shared is not None
    assert shared.council_code is None


def test_a_practice_without_a_position_is_where_its_postcode_is() -> None:
    found = queries.locate("Z99003")
    assert found is not None
    assert (found.lat, found.lon, found.council_code) == (50.9, -1.4, "E99000002")


def test_a_districts_council() -> None:
    assert queries.district_council("E07999001") == "E99000002"
    assert queries.district_council("E99000001") == "E99000001"
    assert queries.district_council("S12999001") is None
    assert queries.district_council("E07000000") is None


def test_a_town_belongs_to_its_council() -> None:
    for code, lat in (("E99000001", 54.4), ("E99000002", 50.9)):
        file = {"code": code, "name": code, "contacts": {}, "towns": [{"name": "Old Farley", "lat": lat, "lon": 0.5}]}
        actions.load_council(council=actions.CouncilFile.model_validate(file), by="command line")
    found = queries.locate("old  FARLEY", council="E99000002")
    assert found is not None
    assert (found.lat, found.name, found.council_code) == (50.9, "Old Farley", "E99000002")
    assert queries.locate("Old Farley") is None, "two councils have the name"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("z99002", ["Z99002"]),
        ("ZZ1 1HJ", ["Z99002", "Z99001"]),
        ("zz1", ["Z99002", "Z99001"]),
        ("ZZ1 2AB", ["Z99002", "Z99001"]),
        ("aldhelms", ["Z99003"]),
        ("becklane surgry", ["Z99001"]),
        ("tanner marlbury", ["Z99002"]),
        ("Z99999", []),
        ("\x00", []),
        ("' OR 1=1 --", []),
    ],
)
def test_practices_are_found(typed: str, codes: list[str]) -> None:
    found = [practice.ods_code for practice in queries.find_practices(typed)]
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


def test_a_new_practice_is_found_at_once() -> None:
    assert queries.find_practices("quayside") == []
    row = {"ods_code": "Z99009", "name": "Quayside Practice", "postcode": "ZZ1 1BD", "council_code": "E99000001"}
    actions.upsert_practices(rows=[row], by="command line")
    assert [practice.name for practice in queries.find_practices("quayside")] == ["Quayside Practice"]


@pytest.mark.parametrize("code", ["", "\x00", "E9900000", "no such", "A" * 300])
def test_a_code_that_is_none_finds_nothing(code: str) -> None:
    assert queries.council_or_none(code) is None
    assert queries.practice_or_none(code) is None


def test_a_county_has_district_councils_and_a_unitary_council_has_none() -> None:
    assert [one.name for one in queries.districts("E99000002")] == ["Farley, Borough of"]
    assert queries.districts("E99000001") == []
    found = queries.locate("ZZ2 1AA")
    assert found is not None and found.district == "Farley, Borough of"
