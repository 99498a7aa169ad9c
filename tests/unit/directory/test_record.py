"""What an import makes of one record."""

import json
from datetime import date
from typing import Any

import pytest

from app.directory.findings import Verdict
from app.directory.record import read
from app.directory.service import Cqc, from_record, to_record
from tests.unit.directory.records import ID, OLDHAM, a_location, a_record, a_setting, faults, reading_of

ACCEPTED, REPAIRED, REFUSED = Verdict.ACCEPT, Verdict.REPAIR, Verdict.REJECT


@pytest.mark.parametrize(
    ("changes", "verdict", "fault"),
    [
        ({}, ACCEPTED, None),
        ({"local_offer": {"bands": [None, ""]}}, ACCEPTED, None),
        ({"id": ...}, REFUSED, "id_missing"),
        ({"id": {"a": 1}}, REFUSED, "id_missing"),
        ({"id": "x" * 301}, REFUSED, "id_too_long"),
        ({"id": 4711}, REPAIRED, "id_not_uuid"),
        ({"id": "{" + ID.upper() + "}"}, REPAIRED, "id_written_otherwise"),
        ({"name": ...}, REFUSED, "name_missing"),
        ({"name": " \u00a0 "}, REFUSED, "name_missing"),
        ({"name": "<script>x</script>"}, REFUSED, "name_missing"),
        ({"name": "TEST please ignore"}, REFUSED, "test_record"),
        ({"name": "Test Valley Befriending"}, ACCEPTED, None),
        ({"status": "pending approval"}, REFUSED, "status_unknown"),
        ({"status": "Temporarily_Closed"}, REPAIRED, "status_written_otherwise"),
        ({"status": ...}, REPAIRED, "status_missing"),
        ({"email": None}, REPAIRED, "empty_value"),
        ({"email": "info (at) example dot org"}, REPAIRED, "email_not_usable"),
        ({"url": "javascript:alert(1)"}, REPAIRED, "url_not_usable"),
        ({"url": "www.example.org"}, REPAIRED, "url_without_scheme"),
        ({"assured_date": "3000-01-01"}, REPAIRED, "date_in_future"),
        ({"assured_date": "0001-01-01"}, REPAIRED, "date_not_usable"),
        ({"assured_date": "23/11/2025"}, REPAIRED, "date_written_otherwise"),
        ({"assured_date": "31/02/2025"}, REPAIRED, "date_not_usable"),
        ({"minimum_age": "18"}, REPAIRED, "age_as_text"),
        ({"minimum_age": "Adults 18+", "maximum_age": 90}, REPAIRED, "age_not_usable"),
        ({"minimum_age": 65, "maximum_age": 18}, REPAIRED, "age_not_usable"),
        ({"minimum_age": 0}, ACCEPTED, None),
        ({"service_areas": {"name": "Oldham", "extent": OLDHAM}}, REPAIRED, "not_a_list"),
        ({"phones": ["0161 000"]}, REPAIRED, "wrong_type"),
        ({"phones": [{"number": "please ring us"}]}, REPAIRED, "phone_not_usable"),
        ({"organization": ...}, REPAIRED, "organisation_missing"),
        ({"organization": {"id": "1", "name": "Trust"}}, ACCEPTED, "organisation_without_description"),
        ({"description": "x" * 20_000}, REPAIRED, "too_long"),
        ({"description": {"en": "x"}}, REPAIRED, "wrong_type"),
    ],
)
def test_each_fault_has_its_verdict(changes: dict[str, Any], verdict: Verdict, fault: str | None) -> None:
    reading = reading_of(**changes)
    beside = {"empty_value", "markup"} if fault == "name_missing" else set()
    assert reading.notes.verdict is verdict
    assert faults(reading) - beside == ({fault} if fault else set())
    assert (reading.service is None) == (verdict is REFUSED)


@pytest.mark.parametrize("raw", [[1, 2], "text", 7, None])
def test_what_is_no_object_is_refused(raw: object) -> None:
    assert faults(read(raw, a_setting())) == {"not_a_service"}


def test_an_id_that_is_no_uuid_leads_to_the_same_uuid_each_time_and_another_for_another_feed() -> None:
    first = read(a_record(id="17"), a_setting())
    assert first.service_id == read(a_record(id=17), a_setting()).service_id
    assert first.service_id != read(a_record(id="17"), a_setting(source="other")).service_id
    assert (first.identity, first.source_id) == ("17", "17")


def test_a_record_s_own_source_and_council_go_before_the_import_s() -> None:
    record = a_record(source="own", source_id="A1", service_areas=[{"extent": OLDHAM}])
    reading = read(record, a_setting(source="fallback", council="E08000009"))
    assert reading.service
    assert (reading.source, reading.source_id, reading.service.council_code) == ("own", "A1", OLDHAM)
    without = read(a_record(), a_setting(source="fallback", council="E08000009"))
    assert without.service
    assert (without.source, without.service.council_codes) == ("fallback", ("E08000009",))


def test_a_district_counts_for_its_council_and_an_unknown_code_is_kept_and_named() -> None:
    areas = [{"extent": "E07999999"}, {"extent": "E07000001"}]
    reading = reading_of(service_areas=areas)
    assert reading.service
    assert reading.service.council_codes == ("E10000001", "E07999999")
    assert reading.service.council_code == "E10000001"
    assert reading.unknown_areas == ("E07999999",)


def test_without_any_area_the_address_gives_the_council() -> None:
    service = reading_of(service_at_locations=a_location(), service_areas=[{"name": "Greater Manchester"}]).service
    assert service
    assert (service.council_code, service.area_served) == (OLDHAM, "Greater Manchester")


def test_national_services_are_those_that_say_so() -> None:
    marked = reading_of(fingerpost={"national": True}, service_at_locations=a_location()).service
    england = reading_of(service_areas=[{"name": "England", "extent": "E92000001"}]).service
    neither = reading_of().service
    assert marked and england and neither
    assert (marked.national, marked.council_codes, england.national, neither.national) == (True, (), True, False)


def test_a_refuge_keeps_neither_address_nor_position_nor_postcode_anywhere() -> None:
    reading = reading_of(name="Women's refuge", description="For women fleeing abuse.", service_at_locations=a_location())
    assert faults(reading) == {"refuge_address"}
    assert reading.service and reading.service.sites == () and reading.service.lat is None
    assert "OL9" not in reading.original + json.dumps(to_record(reading.service))


@pytest.mark.parametrize("name", ["Refugee Support Oldham", "Dogs' refuge"])
def test_what_is_not_a_refuge_from_abuse_keeps_its_address(name: str) -> None:
    service = reading_of(name=name, service_at_locations=a_location()).service
    assert service and service.sites[0].postcode == "OL9 9HH"


def test_hsds_fields_and_our_own_are_read() -> None:
    service = reading_of(
        eligibility_description="Unpaid carers",
        application_process="1. Ring.\n2) Say who you are.\n- Wait.",
        wait_time="About a week",
        fees_description="Free",
        phones=[{"number": "0161 496 0001"}],
        contacts=[{"email": "sit@example.org"}],
        languages=[{"name": "Urdu"}, {"name": "Urdu"}],
        alert="Closed over Christmas",
        fingerpost={
            "summary": "Sits with people.", "accepting": False, "self_referral": True, "professional_referral": False,
            "referral_form_url": "https://example.org/form", "not_for": "Nursing", "cost_kind": "free", "access": ["Step-free"],
            "cqc": {"regulated": True, "rating": "Good", "rated_on": "2024-05-13", "location_id": "1-123456789"},
        },
    ).service  # fmt: skip
    assert service
    assert service.how_to_refer == ("Ring.", "Say who you are.", "Wait.")
    assert (service.wait, service.cost, service.cost_kind, service.phone) == ("About a week", "Free", "free", "0161 496 0001")
    assert (service.accepting, service.self_referral, service.professional_referral) == (False, True, False)
    assert (service.email, service.languages, service.access, service.alert) == (
        "sit@example.org", ("Urdu",), ("Step-free",), "Closed over Christmas",
    )  # fmt: skip
    assert service.cqc == Cqc(True, "Good", date(2024, 5, 13), "https://www.cqc.org.uk/location/1-123456789")


@pytest.mark.parametrize(("available", "accepting"), [([0], False), ([0, 2], True), (["many"], None), ([], None)])
def test_room_is_read_from_service_capacity(available: list[Any], accepting: bool | None) -> None:
    service = reading_of(service_capacity=[{"available": number} for number in available] or ...).service
    assert service and service.accepting is accepting


@pytest.mark.parametrize(
    ("options", "cost", "kind"),
    [
        ([{"option": "Visit", "amount": 12.5, "amount_description": "an hour"}], "Visit: £12.50 an hour", "charge"),
        ([{"option": "Advice", "amount": 0}], "Advice: £0", "free"),
        ([{"option": "A", "amount": 0}, {"option": "B", "amount": 5}], "A: £0; B: £5", "mixed"),
        ([{"option": "By agreement"}], "By agreement", ""),
    ],
)
def test_cost_options_become_words_and_a_kind(options: list[dict[str, Any]], cost: str, kind: str) -> None:
    service = reading_of(cost_options=options).service
    assert service and (service.cost, service.cost_kind) == (cost, kind)


def test_a_registration_is_found_among_the_accreditations() -> None:
    service = reading_of(accreditations="CQC registered location 1-119647811").service
    assert service and service.cqc == Cqc(True, "", None, "https://www.cqc.org.uk/location/1-119647811")


@pytest.mark.parametrize(
    ("said", "rating", "rated_on"),
    [
        ("CQC overall rating: Requires improvement (14 June 2022).", "Requires improvement", date(2022, 6, 14)),
        ("CQC overall rating: Good (published 3 July 2019).", "Good", date(2019, 7, 3)),
        ("CQC overall rating: Outstanding (31 Smarch 2019).", "Outstanding", None),
        ("Last CQC inspection: 20 February 2019.", "", None),
    ],
)
def test_a_rating_that_the_description_gives_is_read(said: str, rating: str, rated_on: date | None) -> None:
    service = reading_of(accreditations="CQC registered location 1-119647811", description=said).service
    assert service and service.cqc and (service.cqc.rating, service.cqc.rated_on) == (rating, rated_on)


def test_a_summary_is_the_first_sentence_or_cut_at_a_word() -> None:
    service, long = reading_of().service, reading_of(description="word " * 60).service
    assert service and service.summary == "Somebody sits with the person."
    assert long and len(long.summary) <= 140 and long.summary.endswith("word…")


def test_what_is_stored_comes_back_the_same() -> None:
    service = reading_of(
        service_at_locations=a_location(), minimum_age=0, assured_date="2026-10-01", fingerpost={"accepting": False},
        accreditations="CQC 1-119647811", languages=[{"name": "Urdu"}],
    ).service  # fmt: skip
    assert service
    assert from_record(json.loads(json.dumps(to_record(service)))) == service


def test_a_record_nested_very_deeply_or_hostile_everywhere_is_read_without_an_error() -> None:
    deep: Any = "x"
    for _ in range(600):
        deep = {"a": [deep]}
    hostile: list[Any] = [deep, [[]], {"": {}}, -1, 1e308, True, "\ud800\x00<b>", "=1+1"]
    for name in (
        "description",
        "status",
        "organization",
        "service_at_locations",
        "attributes",
        "phones",
        "fingerpost",
        "url",
        "minimum_age",
    ):
        for value in hostile:
            reading_of(**{name: value})
            reading_of(service_at_locations=[{"location": {name: value, "addresses": [{"postal_code": value}], "latitude": value}}])


@pytest.mark.parametrize("state", ["inherited", "not_yet_rated", "dormant", "deregistered"])
def test_states_of_a_registration_are_told_apart(state: str) -> None:
    service = reading_of(fingerpost={"cqc": {"regulated": True, "state": state}}).service
    assert service and service.cqc == Cqc(True, "", None, "", state)  # type: ignore[arg-type]
    assert from_record(to_record(service)) == service


def test_an_unknown_state_of_a_registration_is_not_taken_over() -> None:
    service = reading_of(fingerpost={"cqc": {"regulated": True, "state": "splendid"}}).service
    assert service and service.cqc and service.cqc.state == ""


@pytest.mark.parametrize(("said", "state"), [("Not yet rated by CQC.", "not_yet_rated"), ("Recorded by CQC as dormant.", "dormant")])
def test_a_state_is_read_where_the_description_says_it(said: str, state: str) -> None:
    service = reading_of(description=said, accreditations="CQC registered location 1-119647811").service
    assert service and service.cqc and service.cqc.state == state


def test_of_a_county_that_is_not_named_itself_only_the_districts_named_are_served() -> None:
    def parts(*codes: str) -> tuple[str, ...]:
        service = reading_of(service_areas=[{"extent": code} for code in codes]).service
        assert service
        return service.district_codes

    assert parts("E07000001", OLDHAM) == ("E07000001", OLDHAM)
    assert parts("E07000001", "E10000001") == parts(OLDHAM) == parts("E07999999") == ()
