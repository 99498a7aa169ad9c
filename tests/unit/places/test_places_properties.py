"""Files of places and what people type of them, whatever it is."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.places.actions import COUNCILS, DISTRICTS, POSTCODES, PRACTICES
from app.places.matching import Named, closest, key_of
from app.places.models import Council, District, Postcode, Practice
from app.places.names import presented
from app.places.rows import Refused, council_row, district_row, postcode_row, practice_row
from app.places.tables import TableError, open_table
from app.places.writing import Kind, gss_code_or_none, ods_code_or_none, postcode_or_none, readings
from tests.typed import SIGNS

WRITTEN = SIGNS | st.from_regex(r"\s*[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*([0-9]([A-Za-z]{2})?)?\s*", fullmatch=True) | st.from_regex(
    r"\s*[A-Za-z][0-9]{5}([0-9]{3})?\n?", fullmatch=True
)  # fmt: skip


@given(WRITTEN)
@example("ol99")
@example("ﬀ1 1aa")
@example("A81001\n")
@example("A８１００１")
def test_what_is_read_as_a_place_is_read_alike_from_how_it_is_shown(text: str) -> None:
    for reading in readings(text):
        assert reading in readings(reading.shown)
        assert reading.key.isascii() and reading.key.isalnum() and reading.key == reading.key.upper() and len(reading.key) <= 8
    assert postcode_or_none(text) in [None, *(reading for reading in readings(text) if reading.kind is Kind.POSTCODE)]
    for code, read, length in ((ods_code_or_none(text), ods_code_or_none, 6), (gss_code_or_none(text), gss_code_or_none, 9)):
        assert code is None or (len(code) == length and code.isascii() and read(code) == code)


@given(SIGNS | st.text("ABCDE MC'O-/().,1ST&ß"))
def test_a_name_is_presented_once(name: str) -> None:
    assert presented(presented(name)) == presented(name)


@given(SIGNS)
@example("surg. ctr")
def test_a_name_that_is_typed_finds_or_finds_nothing(text: str) -> None:
    known = [Named("Z99001", key_of("Beck Lane Surgery"), None, None, None), Named("Z99002", key_of(text), 53.0, -2.0, None)]
    assert set(key_of(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    found = closest(text, known, 5)
    assert len(found) == len(set(found)) and ("Z99002" in found) == bool(key_of(text))


CELL = SIGNS | st.sampled_from(
    ["nan", "inf", "1e999", "53.5", "-2.1", "20240230", "20240101", "E08000004", "ZZ1 1AA", "Z99001", "²", "1" * 5000]
)
ROWS: list[tuple[frozenset[str], Callable[[dict[str, str]], dict[str, Any]], Any]] = [
    (POSTCODES, postcode_row, Postcode),
    (PRACTICES, practice_row, Practice),
    (COUNCILS, council_row, Council),
    (DISTRICTS, district_row, District),
]
GOOD = {
    "practice_code": "Z99001", "name": "BECK LANE SURGERY", "postcode": "ZZ1 1AA", "lat": "53.5", "lon": "-2.1", "lad_code": "E99000001",
    "council_code": "E99000001", "council_name": "Marlshire", "lad_name": "Marlbury", "country": "England", "open_date": "20200101",
    "social_care_council_code": "E99000001", "list_size": "7000", "patients_65plus": "900",
}  # fmt: skip


@given(st.sampled_from(ROWS), st.dictionaries(st.sampled_from(sorted(POSTCODES | PRACTICES | COUNCILS | DISTRICTS)), CELL, max_size=3))
@example(ROWS[1], {"name": "A" + "İ" * 159})
def test_a_row_fits_its_table_or_is_kept_out(row: tuple[Any, Any, Any], change: dict[str, str]) -> None:
    columns, read, model = row
    try:
        found = read({name: {**GOOD, **change}.get(name, "") for name in columns})
    except Refused as refused:
        assert refused.field in columns and refused.reason
        return
    for name, value in found.items():
        longest = getattr(model.__table__.columns[name].type, "length", None)
        assert longest is None or value is None or len(value) <= longest
        assert not isinstance(value, str) or "\x00" not in value
    assert 49 <= (found.get("lat") or 50) <= 61.5 and -9 <= (found.get("lon") or 0) <= 2.5


BYTES = st.binary() | (SIGNS | st.text('ab,"\n\r')).map(lambda text: ("postcode,lat,lon,lad_code\n" + text).encode(errors="surrogatepass"))


@given(BYTES, st.booleans(), st.integers(0, 60), st.integers(0, 255))
def test_a_table_of_any_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, written: bytes, packed: bool, at: int, sign: int
) -> None:
    path: Path = tmp_path_factory.getbasetemp() / ("table.csv.gz" if packed else "table.csv")
    whole = bytearray(gzip.compress(written) if packed else written)
    if at < len(whole):
        whole[at] = sign
    path.write_bytes(whole)
    try:
        with open_table(path, POSTCODES) as table:
            numbers = [number for number, _ in table.rows()]
    except TableError as error:
        assert error.reason in ("unreadable_file", "other_file")
    else:
        assert numbers == sorted(numbers)


def test_a_packed_table_that_is_broken_inside_ends_where_it_breaks(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"postcode,lat,lon,lad_code\n" + b"ZZ1 1AA,53.5,-2.1,E99000001\n" * 500))
    packed[14:17] = b"\xff\xff\xff"
    (tmp_path / "table.csv.gz").write_bytes(packed)
    with pytest.raises(TableError) as caught, open_table(tmp_path / "table.csv.gz", POSTCODES):
        pass
    assert caught.value.reason == "unreadable_file"
