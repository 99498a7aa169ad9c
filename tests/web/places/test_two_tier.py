"""A county and its districts: a district's services show in its county, and whoever looks from a district sees the county's and
its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.directory import queries as directory
from app.directory.desk import queries as desk
from app.extensions import db
from app.places import models
from app.places import queries as places
from app.search import sync
from tests.web.directory.feed import a_service, id_of, imported, reported

pytestmark = pytest.mark.both
COUNTY, UNITARY, NORTH, SOUTH = "E10999001", "E06999001", "E07999001", "E07999002"
OF_COUNTY, OF_NORTH, OF_SOUTH, OF_BOTH, BESIDE = 1, 2, 3, 4, 5
AREAS = {OF_COUNTY: [COUNTY], OF_NORTH: [NORTH], OF_SOUTH: [SOUTH], OF_BOTH: [SOUTH, COUNTY], BESIDE: [NORTH, UNITARY]}
IN_NORTH, IN_UNITARY = "ZZ1 1BD", "ZZ3 1AA"


@pytest.fixture(autouse=True)
def two_tier(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A county with two districts and a unitary council beside it; a service of each and of some together."""
    monkeypatch.setattr(sync, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(sync, "PATIENCE", 30.0)
    shutil.rmtree(app.config["DATA_DIR"] / "index", ignore_errors=True)
    monkeypatch.setitem(app.extensions, "search_index", sync.Keeper(app))
    with db.writing() as session:
        session.add_all([models.Council(code=COUNTY, name="Farshire County"), models.Council(code=UNITARY, name="Nearton")])
        session.flush()
        for code, council in ((NORTH, COUNTY), (SOUTH, COUNTY), (UNITARY, UNITARY)):
            session.add(models.District(code=code, name=f"District {code}", council_code=council))
        for postcode, code in (("ZZ11BD", NORTH), ("ZZ21AA", SOUTH), ("ZZ31AA", UNITARY)):
            session.add(models.Postcode(postcode=postcode, lat=54.0, lon=0.6, lad_code=code))
    records = [a_service(number, service_areas=[{"extent": code} for code in areas]) for number, areas in AREAS.items()]
    imported(records, tmp_path / "report.csv")
    assert reported(tmp_path / "report.csv") == [], "a district is no unknown council"
    yield
    shutil.rmtree(app.config["DATA_DIR"] / "index", ignore_errors=True)


def found(client: FlaskClient, **where: str) -> set[str]:
    reply = client.get("/api/search", query_string={"q": "home care", **where})
    assert reply.status_code == 200, reply.text
    return {hit["id"] for hit in reply.get_json()["results"]}


def ids(*numbers: int) -> set[str]:
    return {id_of(number) for number in numbers}


def test_a_search_of_the_county_finds_what_its_districts_have(client: FlaskClient) -> None:
    assert found(client, council=COUNTY) == ids(*AREAS)
    assert found(client, council=COUNTY, near=IN_NORTH) == ids(*AREAS)


def test_the_countys_desk_and_page_count_its_districts_services(app: Flask) -> None:
    assert {row.id for row in desk.services(COUNTY, "", desk.State.LIVE, 1)[0]} == ids(OF_COUNTY, OF_NORTH, OF_SOUTH, OF_BOTH, BESIDE)
    assert directory.counts(COUNTY)["services"] == len(AREAS)


def test_an_answer_from_a_district_names_the_countys_services_and_its_own(app: Flask) -> None:
    def named(postcode: str) -> set[str]:
        near = places.locate(postcode)
        assert near
        given = directory.providing(["home_care"], near.council_code, near, each=9)["home_care"]
        return {service.id for service, _ in given}

    assert named(IN_NORTH) == ids(OF_COUNTY, OF_NORTH, OF_BOTH, BESIDE)
    assert named(IN_UNITARY) == ids(BESIDE)
    of_county = directory.providing(["home_care"], COUNTY, None, each=9)["home_care"]
    assert {service.id for service, _ in of_county} == ids(*AREAS)


def test_a_search_from_a_district_puts_another_districts_services_last_or_leaves_them_out(client: FlaskClient) -> None:
    reply = client.get("/api/search", query_string={"q": "home care", "near": IN_NORTH}).get_json()["results"]
    assert {hit["id"] for hit in reply[:4]} == ids(OF_COUNTY, OF_NORTH, OF_BOTH, BESIDE)
    typed = client.get("/api/search", query_string={"q": f"home care {IN_NORTH}"}).get_json()["results"]
    assert {hit["id"] for hit in typed[:4]} == ids(OF_COUNTY, OF_NORTH, OF_BOTH, BESIDE)
