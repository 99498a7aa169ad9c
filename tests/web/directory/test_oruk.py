"""The directory by Open Referral UK 3.0, asked as anybody may ask it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator

from app.cli.demo import group as demo
from app.cli.directory import group
from app.content.messages import say
from app.directory.desk import actions as desk
from app.directory.oruk import asking, ids
from app.directory.service import to_record
from app.extensions import Base, db
from app.pages.catalogue import api
from app.places.actions import CouncilFile, load_council, upsert_postcodes
from tests.append_only import opened
from tests.web.directory.feed import COUNCIL, a_service, all_live, at, id_of, imported
from tests.web.directory.test_dirty_feed import load_postcodes

HERE = "/api/oruk/v3"
LISTS = ("services", "service_at_locations", "taxonomies", "taxonomy_terms")


def said(client: FlaskClient, path: str, status: int = 200, **asked: Any) -> Any:
    answer = client.get(f"{HERE}/{path}", query_string=asked)
    assert answer.status_code == status, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.get_json()


def names(client: FlaskClient, path: str = "services", **asked: Any) -> set[str]:
    found = said(client, path, **asked)["contents"]
    return {(item.get("service") or item)["name"].removeprefix("Service ") for item in found}


def pages(client: FlaskClient, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
    number, last = 0, False
    while not last:
        number += 1
        page = said(client, path, page=number, **asked)
        last = page["last_page"]
        yield from page["contents"]


def validators(shared: Path) -> dict[str, Draft202012Validator]:
    standard = shared / "standards" / "open-referral"
    files = {
        "services": "oruk-3.0/compiled/service_list.json",
        "service": "oruk-3.0/compiled/service.json",
        "service_at_locations": "oruk-3.0/compiled/service_at_location_list.json",
        "service_at_location": "oruk-3.0/compiled/service_at_location.json",
        "taxonomies": "oruk-validator/schemas-v3.0-uk/taxonomy.json",
        "taxonomy_terms": "oruk-validator/schemas-v3.0-uk/taxonomy_term.json",
        "about": "oruk-validator/schemas-v3.0-uk/api_details.json",
    }
    return {name: Draft202012Validator(json.loads((standard / file).read_text()), validate_formats=True) for name, file in files.items()}


def load_pilot(app: Flask, shared: Path, folder: Path) -> None:
    load_postcodes(shared)
    feed = shared / "data" / "pilot" / "services.ndjson.gz"
    result = app.test_cli_runner().invoke(group, ["import", str(feed), "--format", "oruk", "--report", str(folder / "pilot.csv")])
    assert result.exit_code == 0, result.output


def faults_of(client: FlaskClient, shared: Path) -> tuple[int, list[str]]:
    """How many answers were held against the schemas, and what is wrong with them."""
    schemas = validators(shared)
    found = [("about", said(client, ""))]
    found += [(path, item) for path in LISTS for item in pages(client, path, per_page=200)]
    found += [("service", item) for item in pages(client, "services", per_page=200, full="true")]
    found += [("service_at_location", item) for item in pages(client, "service_at_locations", per_page=200, full="true")]
    for path, schema in (*((path, path) for path in LISTS[2:]), ("services", "service"), ("service_at_locations", "service_at_location")):
        one = said(client, path, per_page=1)["contents"][0]["id"]
        found.append((schema, said(client, f"{path}/{one}")))
    wrong = [f"{name} {error.instance_path}: {error.message}" for name, item in found for error in schemas[name].iter_errors(item)]
    return len(found), wrong


def test_all_of_the_demonstration_is_as_the_schemas_say(app: Flask, client: FlaskClient, shared: Path) -> None:
    assert app.test_cli_runner().invoke(demo, ["load"]).exit_code == 0
    checked, wrong = faults_of(client, shared)
    assert wrong == []
    assert checked > 4 * len(all_live())


@pytest.mark.both
def test_what_goes_out_comes_back_as_the_same_directory(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    assert app.test_cli_runner().invoke(demo, ["load"]).exit_code == 0
    assert comes_back(app, client, tmp_path) > 100


def test_the_whole_pilot_feed_goes_out_by_the_schemas_and_comes_back(app: Flask, client: FlaskClient, shared: Path, tmp_path: Path) -> None:
    load_pilot(app, shared, tmp_path)
    checked, wrong = faults_of(client, shared)
    assert wrong == []
    assert checked > 4 * 1193
    assert comes_back(app, client, tmp_path) == 1193


def comes_back(app: Flask, client: FlaskClient, folder: Path) -> int:
    """How many services there are, after our own pages changed nothing here and gave the same services to an empty directory."""
    before = all_records()
    ours = list(pages(client, "services", per_page=200, full="true"))
    assert {one["id"] for one in ours} == before.keys()
    again = imported(ours, folder / "again.csv")
    assert (again.tally.new, again.tally.changed, again.tally.vanished, again.tally.rejected) == (0, 0, 0, 0)
    with app.extensions["owner"].begin() as connection, opened(connection):
        for table in reversed(Base.metadata.sorted_tables):
            if table.name.startswith(("service", "publication")):
                connection.execute(table.delete())
    db.session.expire_all()
    imported(ours, folder / "afresh.csv")
    assert all_records() == before
    assert list(pages(client, "services", per_page=200, full="true")) == ours
    return len(before)


def all_records() -> dict[str, dict[str, Any]]:
    return {service.id: to_record(service) for service in all_live().values()}


def three(path: Path) -> None:
    weekly = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}
    both = [*a_service(0)["attributes"], {"taxonomy_term": {"name": "Evening", "taxonomy": "when"}}]
    imported(
        [
            a_service(1, schedules=[weekly], minimum_age=18, maximum_age=64, last_modified="2026-05-01", attributes=both),
            a_service(2, schedules=[weekly | {"byday": "SU"}], minimum_age=65, last_modified="2026-03-01", description="Yoga for backs."),
            a_service(
                3, service_at_locations=at(51.5, -0.1) + at(51.6, -0.1), status="defunct", fingerpost={"summary": "100% gentle_yoga"}
            ),
        ],
        path,
    )


@pytest.mark.both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "1234"),
        ({"search": "yoga"}, "23"),
        ({"search": "YOGA backs"}, "2"),
        ({"search": "100% gentle_"}, "3"),
        ({"search": "_entl"}, ""),
        ({"search": "trust 2"}, "2"),
        ({"day": "MO"}, "1"),
        ({"day": "sunday"}, "2"),
        ({"start_time": "09:00"}, "12"),
        ({"start_time": "09:01"}, ""),
        ({"end_time": "17:00:00"}, "12"),
        ({"end_time": "16:59"}, ""),
        ({"day": "MO", "start_time": "08:00", "end_time": "18:00"}, "1"),
        ({"minimum_age": "18"}, "12"),
        ({"minimum_age": "18.5"}, "2"),
        ({"maximum_age": "64"}, "1"),
        ({"minimum_age": "18", "day": "SU"}, "2"),
        ({"modified_after": "2026-04-01T00:00:00Z"}, "134"),
        ({"modified_after": "2026-05-02"}, "34"),
        ({"taxonomy_term_id": ids.of_term("when", "Evening")}, "1"),
        ({"taxonomy_term_id": [ids.of_term("when", "Evening"), ids.of_term("pilot-service-type", "Home care")]}, "1"),
        ({"taxonomy_id": ids.of_vocabulary("when")}, "1"),
        ({"taxonomy_id": [ids.of_vocabulary("when"), id_of(1)]}, ""),
        ({"taxonomy_term_id": id_of(1)}, ""),
        ({"postcode": "OL9 9HH"}, "123"),
        ({"postcode": "OL9 9HH", "proximity": "11000"}, "3"),
        ({"postcode": "OL9 9HH", "proximity": "10"}, ""),
        ({"something_else": "x", "search": " "}, "1234"),
    ],
)
def test_everything_asked_for_has_to_be_met(app: Flask, client: FlaskClient, tmp_path: Path, asked: dict[str, Any], found: str) -> None:
    council = {"code": COUNCIL, "name": "Marlshire Council", "contacts": {}, "is_demonstration": True, "towns": []}
    load_council(council=CouncilFile.model_validate(council), by="command line")
    upsert_postcodes(rows=[{"postcode": "OL9 9HH", "lat": 51.51, "lon": -0.1, "lad_code": COUNCIL}], by="command line")
    three(tmp_path / "r.csv")
    imported([a_service(4, service_areas=[{"extent": "E08000004"}], source="far")], tmp_path / "far.csv", feed="far")
    assert names(client, **asked) == set(found)
    if "proximity" not in asked:
        assert names(client, "service_at_locations", **asked) == set(found) & {"3"}


def test_places_within_a_distance_are_those_near_and_no_others_of_the_service(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    upsert_postcodes(rows=[{"postcode": "OL9 9HH", "lat": 51.5, "lon": -0.1, "lad_code": COUNCIL}], by="command line")
    three(tmp_path / "r.csv")
    found = said(client, "service_at_locations", postcode="ol99hh", proximity=2000)["contents"]
    assert [place["location"]["latitude"] for place in found] == [51.5]
    assert said(client, f"service_at_locations/{found[0]['id']}")["service"]["organization"]["name"] == "Trust 3"


def test_our_alternatives_are_a_taxonomy_and_can_be_asked_for(app: Flask, client: FlaskClient) -> None:
    assert app.test_cli_runner().invoke(demo, ["load"]).exit_code == 0
    ours = said(client, "taxonomies")["contents"][0]
    assert (ours["name"], ours["description"]) == ("Fingerpost alternatives", say("oruk.alternatives"))
    term = next(term for term in pages(client, "taxonomy_terms") if term["name"].startswith("Admiral"))
    assert term["taxonomy_id"] == ours["id"]
    expected = {service.name for service in all_live().values() if "admiral_nurse" in service.alternatives}
    assert {item["name"] for item in pages(client, "services", taxonomy_term_id=term["id"])} == expected != set()
    assert len(list(pages(client, "services", taxonomy_id=ours["id"]))) == sum(bool(one.alternatives) for one in all_live().values())


def test_pages_first_middle_last_and_beyond(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    imported([a_service(number) for number in range(5)], tmp_path / "r.csv")
    ends = [
        {key: said(client, "services", page=page, per_page=2)[key] for key in ("size", "first_page", "last_page", "empty", "page_number")}
        for page in (1, 2, 3, 4)
    ]
    assert ends == [
        {"size": 2, "first_page": True, "last_page": False, "empty": False, "page_number": 1},
        {"size": 2, "first_page": False, "last_page": False, "empty": False, "page_number": 2},
        {"size": 1, "first_page": False, "last_page": True, "empty": False, "page_number": 3},
        {"size": 0, "first_page": False, "last_page": True, "empty": True, "page_number": 4},
    ]
    whole = said(client, "services", per_page=2)
    assert (whole["total_items"], whole["total_pages"]) == (5, 3)
    assert len({item["id"] for item in pages(client, "services", per_page=2)}) == 5
    assert said(client, "taxonomy_terms", per_page=1, page=2)["size"] == 1


def test_an_empty_directory_is_an_empty_page(app: Flask, client: FlaskClient) -> None:
    page = said(client, "services")
    assert (page["total_items"], page["total_pages"], page["empty"], page["contents"]) == (0, 0, True, [])


@pytest.mark.both
@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"}, {"page": "-1"}, {"page": "9" * 30}, {"page": "1.5"}, {"page": "٣"}, {"per_page": "201"}, {"per_page": "all"},
        {"minimum_age": "old"}, {"minimum_age": "nan"}, {"maximum_age": "1e9"}, {"start_time": "25:00"}, {"end_time": "noon"},
        {"day": "someday"}, {"modified_after": "yesterday"}, {"modified_after": "0001-01-01T00:00:00+23:59"},
        {"taxonomy_term_id": "1' OR '1'='1"}, {"taxonomy_id": "x" * 5000}, {"search": "a\x00b"}, {"search": "x" * 201},
        {"postcode": "ZZ99 9ZZ"}, {"postcode": "\x00"}, {"proximity": "100"}, {"postcode": "OL9 9HH", "proximity": "-1"},
        {"full": "perhaps"}, {"day": ["MO", "TU"]},
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_its_name(app: Flask, client: FlaskClient, asked: dict[str, Any]) -> None:
    for path in ("services", "service_at_locations"):
        error = said(client, path, 400, **asked)["error"]
        assert error["field"] in asked
        assert error["message"]


@pytest.mark.parametrize(
    "path", ["services/1", "services/{}", "service_at_locations/{}", "taxonomies/{}", "taxonomy_terms/x'--", "services/%00"]
)
def test_what_does_not_exist_is_not_found(app: Flask, client: FlaskClient, path: str) -> None:
    assert said(client, path.format(id_of(9)), 404)["error"]["code"] == "404"


def test_the_beginning_says_what_this_is(app: Flask, client: FlaskClient) -> None:
    assert said(client, "") == {
        "version": "HSDS-UK-3.0",
        "profile": "https://openreferraluk.org/",
        "openapi_url": "http://localhost/api/openapi.json",
    }


def test_only_what_is_published_now_goes_out(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    imported([a_service(1), a_service(2, name="Ended Once"), a_service(3, name="Old Name"), a_service(4), a_service(5)], tmp_path / "1.csv")
    desk.withdraw(service_id=id_of(2), by="command line")
    imported([a_service(1), a_service(3, name="New Name"), a_service(4), a_service(5)], tmp_path / "2.csv")
    planted = a_service(9, name="Staged Only", attributes=[{"taxonomy_term": {"name": "Hidden Term", "taxonomy": "Hidden"}}])
    imported([planted], tmp_path / "3.csv", feed="other", stage_only=True)
    imported([a_service(8, name="Test")], tmp_path / "4.csv", feed="third")
    everything = json.dumps([list(pages(client, path)) for path in LISTS])
    assert "New Name" in everything
    assert not [hidden for hidden in ("Ended Once", "Old Name", "Staged Only", "Hidden", id_of(8)) if hidden in everything]
    said(client, f"services/{id_of(2)}", 410)
    said(client, f"services/{id_of(9)}", 404)


def test_a_closed_service_says_so(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    three(tmp_path / "r.csv")
    assert said(client, f"services/{id_of(3)}")["status"] == "defunct"


def test_a_copy_is_sent_again_only_where_it_has_changed(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    three(tmp_path / "1.csv")
    first = client.get(f"{HERE}/services")
    same = client.get(f"{HERE}/services", headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data, same.headers["Access-Control-Allow-Origin"]) == (304, b"", "*")
    desk.withdraw(service_id=id_of(1), by="command line")
    assert client.get(f"{HERE}/services", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert "Set-Cookie" not in first.headers


def test_the_description_names_every_address_and_everything_that_can_be_asked_for(app: Flask) -> None:
    paths = {path: said for path, said in api(app.config["CONTENT_DIR"])["paths"].items() if path.startswith(f"{HERE}/")}
    rules = {re.sub(r"<(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("oruk.")}
    assert set(paths) == rules
    assert len(rules) == 9
    listed = paths[f"{HERE}/services"]["get"]["parameters"]
    parameters = {entry["$ref"].rpartition("/")[2].removeprefix("oruk_") for entry in listed}
    read = set(re.findall(r'(?:_one|_every)\(given, "(\w+)"', Path(asking.__file__).read_text()))
    assert parameters == read
