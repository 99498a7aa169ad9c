"""Rows of the open data files: what is read and what is kept out."""

from datetime import date

import pytest

from app.places.rows import Refused, district_row, postcode_row, practice_row

POSTCODE = {"postcode": "OL9 9HH", "lat": "53.5447", "lon": "-2.14541", "lad_code": "E08000004"}
PRACTICE = {
    "practice_code": "z99001", "name": "BECK LANE SURGERY", "address": "BECK LANE, MARLBURY", "postcode": "ZZ11BD", "phone": "",
    "open_date": "19740401", "pcn_code_2023": "", "pcn_name_2023": "", "council_code": "E99000001", "council_name": "Marlshire",
    "lat": "54.4", "lon": "0.6", "list_size": "11240", "patients_65plus": "",
}  # fmt: skip


def test_a_postcode_is_kept_without_its_space() -> None:
    assert postcode_row(POSTCODE) == {"postcode": "OL99HH", "lat": 53.5447, "lon": -2.14541, "lad_code": "E08000004"}


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"postcode": "OL9"}, "postcode", "postcode"),
        ({"postcode": ""}, "postcode", "postcode"),
        ({"lat": "north"}, "lat", "not_a_number"),
        ({"lat": "nan"}, "lat", "outside_britain"),
        ({"lat": "-2.1", "lon": "53.5"}, "lat", "outside_britain"),
        ({"lon": "12"}, "lon", "outside_britain"),
        ({"lad_code": "Oldham"}, "lad_code", "gss_code"),
    ],
)
def test_a_bad_postcode_row_says_what_is_wrong(change: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        postcode_row(POSTCODE | change)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_a_practice_row() -> None:
    row = practice_row(PRACTICE)
    assert (row["ods_code"], row["name"], row["postcode"]) == ("Z99001", "Beck Lane Surgery", "ZZ1 1BD")
    assert (row["opened"], row["list_size"], row["patients_65plus"]) == (date(1974, 4, 1), 11240, None)


def test_a_practice_without_a_position_is_kept() -> None:
    row = practice_row(PRACTICE | {"lat": "", "lon": ""})
    assert row["lat"] is None
    assert row["lon"] is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"practice_code": "12345"}, "ods_code"),
        ({"name": "  "}, "empty"),
        ({"name": "X" * 161}, "too_long"),
        ({"name": "BECK\x00LANE"}, "unreadable"),
        ({"name": "BECK � LANE"}, "unreadable"),
        ({"list_size": "11,240"}, "not_a_count"),
        ({"list_size": "-3"}, "not_a_count"),
        ({"open_date": "1974-04-01"}, "not_a_day"),
        ({"council_code": "Marlshire"}, "gss_code"),
    ],
)
def test_a_bad_practice_row_says_what_is_wrong(change: dict[str, str], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        practice_row(PRACTICE | change)
    assert refused.value.reason == reason


def test_a_district_outside_england_has_no_council() -> None:
    cells = {"lad_code": "S12000033", "lad_name": "Aberdeen City", "country": "Scotland", "social_care_council_code": "S12000033"}
    assert district_row(cells)["council_code"] is None
    assert district_row(cells | {"country": "England", "social_care_council_code": "E10000001"})["council_code"] == "E10000001"
