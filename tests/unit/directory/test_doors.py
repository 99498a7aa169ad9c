"""Every format that services come in, read into one shape."""

import gzip
import io
import zipfile
from datetime import date
from typing import Any, BinaryIO

import pytest

from app.directory import unpacking
from app.directory.doors import READERS, sheet
from app.directory.record import Reading, read
from app.directory.refusal import Unreadable, Why
from app.directory.service import Cqc
from tests.unit.directory.records import OLDHAM, a_setting, faults
from tests.unit.directory.tables import CQC_NEW, TEMPLATE, a_sheet, checked, csv_of, xlsx_of, zip_of


def readings(stream: BinaryIO, form: str) -> list[Reading]:
    return [read(entry.raw, a_setting(source="the-source"), entry.notes) for entry in READERS[form](stream, "the-source", TEMPLATE)]


def only(stream: BinaryIO, form: str) -> Any:
    (reading,) = readings(stream, form)
    assert reading.service, reading.notes
    return reading.service


def test_a_sheet_says_all_that_a_feed_can_say() -> None:
    service = only(
        a_sheet(
            summary="Lunch.", description="Lunch and a chat.", kinds="Day services and lunch clubs; Transport and mobility",
            address="1 Lane End", town="Oldham", postcode="OL9 9HH", council_codes=OLDHAM, area_served="Chadderton", phone="01632 960123",
            email="lunch@example.org", website="https://lunch.example.org",
            how_to_refer="Ring.\nSay when.", self_referral="Yes",
            professional_referral="no", referral_form="https://lunch.example.org/form", accepting="y", wait="A week", cost="£6",
            cost_kind="charge",
            eligibility="60 and over", not_for="Nursing", minimum_age="60",
            opening="Tuesday, 12pm to 2pm; Friday", languages="English; Urdu",
            access="Step-free", cqc_location="1-123456789", checked_on="01/11/2026",
        ),
        "csv",
    )  # fmt: skip
    assert (service.source, service.source_id, service.organisation) == ("the-source", "17", "Lane End Trust")
    assert service.types == ("Day services and lunch clubs", "Transport and mobility") and service.council_code == OLDHAM
    assert (service.sites[0].address, service.sites[0].postcode, service.lat) == ("1 Lane End, Oldham", "OL9 9HH", 53.54)
    assert (service.self_referral, service.professional_referral, service.accepting) == (True, False, True)
    assert (service.minimum_age, service.opening, service.languages) == (60, ("Tuesday, 12pm to 2pm", "Friday"), ("English", "Urdu"))
    assert service.how_to_refer == ("Ring.", "Say when.") and service.assured_on == date(2026, 11, 1)
    assert service.cqc == Cqc(True, "", None, "https://www.cqc.org.uk/location/1-123456789")


def test_the_example_row_of_the_template_is_accepted_without_a_repair() -> None:
    row = tuple("17" if column.field == "reference" else column.example for column in TEMPLATE.columns)
    found = checked(csv_of(TEMPLATE.headings, row), "csv", a_setting(council_of={"E99000001": "E99000001"}.get))
    assert (found.read, found.repaired, found.refused, found.findings) == (1, 0, [], [])


def test_the_example_row_itself_is_passed_over() -> None:
    example, other = tuple(column.example for column in TEMPLATE.columns), ("17", "Lunch Club")
    assert only(csv_of(TEMPLATE.headings, ("example", "Mine"), example, other), "csv").name == "Lunch Club"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_sheets_of_any_spreadsheet_are_read(separator: str) -> None:
    rows = (("Notes of ours", ""), ("NAME *", "Reference"), ("", ""), ("Lunch Club", "17"))
    assert only(csv_of(*rows, separator=separator), "csv").name == "Lunch Club"
    assert only(xlsx_of(*rows), "xlsx").name == "Lunch Club"
    assert only(xlsx_of(*rows), "csv").name == "Lunch Club"
    assert only(io.BytesIO(b"\xef\xbb\xbfReference,Name\n17,Caf\xe9 Club\n"), "csv").name == "Café Club"


def test_findings_name_the_column_and_the_row() -> None:
    rows = (
        TEMPLATE.headings,
        tuple({"name": "A", "reference": "1", "postcode": "nowhere"}.get(column.field, "") for column in TEMPLATE.columns),
    )
    faulty = tuple({"name": "B", "accepting": "perhaps"}.get(column.field, "") for column in TEMPLATE.columns)
    came = checked(csv_of(*rows, faulty), "csv", a_setting())
    assert [refused.line for refused in came.refused] == [3]
    said = {(found.line, found.column, found.finding.fault.value) for found in came.findings}
    assert {(3, "Reference", "id_missing"), (3, "Taking referrals", "yes_or_no"), (2, "Postcode", "postcode_not_usable")} <= said


def test_a_check_tells_of_a_reference_that_stands_twice() -> None:
    came = checked(csv_of(("Reference", "Name"), ("1", "A"), ("1", "B")), "csv", a_setting())
    assert ("repeated", 3) in {(found.finding.fault.value, found.line) for found in came.findings}


def test_what_a_spreadsheet_spoils_is_put_right() -> None:
    (reading,) = readings(a_sheet(phone="1632960123", checked_on="46327"), "csv")
    assert reading.service and (reading.service.phone, reading.service.assured_on) == ("01632960123", date(2026, 11, 1))
    assert "phone_without_zero" in faults(reading)


def test_a_row_can_be_written_back_as_it_was() -> None:
    (entry,) = READERS["csv"](a_sheet(self_referral="no", languages="English; Urdu", minimum_age="60", town="Oldham"), "s", TEMPLATE)
    row = dict(zip((column.field for column in TEMPLATE.columns), sheet.row_of(entry.raw, TEMPLATE), strict=True))
    assert {name: row[name] for name in ("reference", "name", "self_referral", "languages", "minimum_age", "town")} == {
        "reference": "17", "name": "Lane End Lunch Club", "self_referral": "no", "languages": "English; Urdu",
        "minimum_age": "60", "town": "Oldham",
    }  # fmt: skip


def test_a_formula_is_not_run_and_what_it_last_showed_is_read() -> None:
    cell = '<c t="str"><f>HYPERLINK("https://example.org","x")</f><v>Lunch Club</v></c>'
    assert only(xlsx_of(("Reference", "Name"), ("17",), cell=cell), "xlsx").name == "Lunch Club"


@pytest.mark.parametrize(
    ("stream", "form", "why"),
    [
        (csv_of(("Name",), ("A",)), "csv", Why.COLUMNS_MISSING),
        (io.BytesIO(b""), "csv", Why.COLUMNS_MISSING),
        (io.BytesIO(b"PK\x03\x04 no workbook"), "xlsx", Why.NOT_XLSX),
        (xlsx_of(("Reference", "Name"), before='<!DOCTYPE a [<!ENTITY b "b">]>'), "xlsx", Why.NOT_XLSX),
        (io.BytesIO(b'Reference,Name\n1,"' + b"a" * 1_100_000), "csv", Why.NOT_A_TABLE),
        (io.BytesIO(gzip.compress(b"Reference,Name\n" * 1000)[:-20]), "csv", Why.BROKEN_OFF),
        (io.BytesIO(b"not a zip"), "hsds-csv", Why.NOT_A_ZIP),
        (zip_of(locations="id\n1\n"), "hsds-csv", Why.TABLES_MISSING),
        (csv_of(("id", "title"), ("1", "A")), "cqc", Why.COLUMNS_MISSING),
    ],
)
def test_a_file_that_cannot_be_used_says_why(stream: BinaryIO, form: str, why: Why) -> None:
    stream.seek(0)
    with pytest.raises(Unreadable) as refused:
        readings(stream, form)
    assert refused.value.why is why


@pytest.mark.parametrize("form", ["csv", "oruk", "oruk1", "cqc"])
def test_a_small_file_that_unpacks_into_a_huge_one_is_refused(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 100_000)
    with pytest.raises(Unreadable) as refused:
        readings(io.BytesIO(gzip.compress(b"Reference,Name,Location ID,Location Name\n" + b"\n" * 1_000_000)), form)
    assert refused.value.why is Why.TOO_LARGE


@pytest.mark.parametrize("form", ["xlsx", "hsds-csv", "cqc"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(form: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("services.csv", "w") as part:
        for _ in range(310):
            part.write(b"\0" * 1024**2)
    file.seek(0)
    with pytest.raises(Unreadable) as refused:
        readings(file, form)
    assert refused.value.why is Why.TOO_LARGE


def a_location(**cells: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    values = {
        "Location ID": "1-123456789", "Location Name": "Lane End Care", "Location Inspection Directorate": "Adult social care",
        "Location Latest Overall Rating": "Good", "Publication Date": "13/05/2024", "Brand Name": "-", "Provider Name": "Lane End Ltd",
        "Service type - Domiciliary care service": "Y", "Service user band - Older People": "Y", "Location Telephone Number": "1632960123",
        "Location Postal Code": "OL9 9HH",
    }  # fmt: skip
    values |= cells
    return CQC_NEW, tuple(values.get(heading, "") for heading in CQC_NEW)


@pytest.mark.parametrize(
    ("cells", "status", "regulated", "rating", "state"),
    [
        ({}, "active", True, "Good", ""),
        ({"Inherited Rating (Y/N)": "Y"}, "active", True, "Good", "inherited"),
        ({"Location Latest Overall Rating": "Not Rated", "Publication Date": ""}, "active", True, "", "not_yet_rated"),
        ({"Dormant (Y/N)": "Y"}, "inactive", True, "Good", "dormant"),
        ({"Location HSCA End Date": "01/02/2026"}, "defunct", False, "Good", "deregistered"),
    ],
)
def test_the_directory_with_filters_tells_the_states_of_a_registration_apart(
    cells: dict[str, str], status: str, regulated: bool, rating: str, state: str
) -> None:
    for stream in (csv_of(*a_location(**cells)), xlsx_of(("About this file",), *a_location(**cells))):
        service = only(stream, "cqc")
        assert service.status == status and service.organisation == "Lane End Ltd" and service.phone == "01632960123"
        assert service.types == ("Domiciliary care service",) and service.eligibility == "Older People"
        assert (service.cqc.regulated, service.cqc.rating, service.cqc.state) == (regulated, rating, state)
        assert service.cqc.rated_on == (date(2024, 5, 13) if rating else None)


def test_what_is_no_social_care_is_passed_over() -> None:
    assert readings(csv_of(*a_location(**{"Location Inspection Directorate": "Primary medical services"})), "cqc") == []


def test_a_service_of_version_1_becomes_one_of_version_3() -> None:
    service = only(
        io.BytesIO(
            b'{"content": [{"id": "12", "name": "Lunch Club", "status": "active", "organization": {"id": "o", "name": "Trust"},'
            b'"eligibilitys": [{"eligibility": "Older people", "minimum_age": 60}], "service_areas": [{"service_area": "Chadderton"}],'
            b'"service_at_locations": [{"location": {"name": "Hall", "latitude": 53.541, "longitude": -2.131,'
            b'"physical_addresses": [{"address_1": "1 Lane End", "postal_code": "OL9 9HH"}]}}],'
            b'"service_taxonomys": [{"taxonomy": {"name": "Home care", "vocabulary": "pilot-service-type"}}],'
            b'"contacts": [{"phones": [{"number": "01632 960123"}]}], "languages": [{"language": "Urdu"}],'
            b'"regular_schedules": [{"weekday": "Tuesday", "opens_at": "12:00", "closes_at": "14:00"}]}], "totalPages": 1}'
        ),
        "oruk1",
    )
    assert (service.source_id, service.organisation, service.eligibility, service.minimum_age) == ("12", "Trust", "Older people", 60)
    assert (service.sites[0].name, service.sites[0].postcode, service.area_served) == ("Hall", "OL9 9HH", "Chadderton")
    assert (service.types, service.phone, service.languages) == (("Home care",), "01632 960123", ("Urdu",))
    assert service.opening == ("Tuesday, midday to 2pm",)


def test_an_address_that_is_not_to_be_shown_exactly_is_not_taken_over() -> None:
    service = only(
        io.BytesIO(
            b'[{"id": 1, "name": "Hostel", "locations": [{"address_1": "1 Lane End", "city": "Oldham", "postal_code": "OL9 9HH",'
            b'"geometry": {"type": "Point", "coordinates": [-2.131, 53.541]}, "mask_exact_address": true}]}]'
        ),
        "oruk1",
    )
    assert (service.sites[0].address, service.sites[0].postcode, service.lat) == ("Oldham", "", None)
