"""A file of any bytes and any format: read to its end, or refused as what it is."""

import gzip
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.directory.doors import READERS
from app.directory.feeds import FeedError
from app.directory.refusal import Unreadable
from tests.unit.directory.records import a_setting
from tests.unit.directory.tables import CQC_NEW, TEMPLATE, checked, csv_of, xlsx_of

_FEW = settings(max_examples=40, derandomize=True, deadline=None)
_CELLS = st.text(max_size=12)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = st.sampled_from([
    "id", "name", "organization", "eligibilitys", "locations", "service_at_locations", "contacts", "regular_schedules", "languages",
    "service_taxonomys", "taxonomies", "service_areas", "min_age", "free", "cost_options",
])  # fmt: skip


@pytest.mark.parametrize("form", READERS)
@_FEW
@given(st.binary(max_size=200) | st.text(alphabet='a,;"\n\x00\ufeff', max_size=80).map(str.encode), st.sampled_from(["", "gzip", "zip"]))
def test_any_bytes_are_read_or_refused(form: str, written: bytes, packed: str) -> None:
    written = gzip.compress(written) if packed == "gzip" else b"PK\x03\x04" + written if packed == "zip" else written
    with suppress(Unreadable, FeedError):
        checked(io.BytesIO(written), form, a_setting())


@_FEW
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=40).map(tuple), max_size=4))
def test_any_cells_are_read_row_by_row(rows: list[tuple[str, ...]]) -> None:
    for form, headings in (("csv", TEMPLATE.headings), ("cqc", CQC_NEW)):
        assert checked(csv_of(headings, *rows), form, a_setting()).read <= len("".join("".join(row) for row in rows))
    texts = [tuple("".join(letter for letter in cell if letter.isprintable()) for cell in row) for row in rows]
    checked(xlsx_of(TEMPLATE.headings, *texts), "xlsx", a_setting())


@_FEW
@given(st.lists(st.dictionaries(_FIELDS, _JSON), max_size=3))
def test_any_objects_are_read_as_version_1(records: list[dict[str, object]]) -> None:
    assert checked(io.BytesIO(json.dumps(records).encode()), "oruk1", a_setting()).read == len(records)
