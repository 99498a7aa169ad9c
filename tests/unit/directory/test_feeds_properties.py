"""A feed's file of any bytes: read to its end, or refused as what it is."""

import gzip
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.directory.feeds import FeedError, entries

_JSON_LIKE = st.text(alphabet='{}[]",:0123456789eE.-\\uidcontents \n\x00\ufeff').map(str.encode)


@given(st.binary() | _JSON_LIKE | _JSON_LIKE.map(gzip.compress), st.integers(0, 40))
@example(b"[" + b'{"a":' * 5000, 0)
@example(b"9" * 5000, 0)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, written: bytes, cut: int) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "feed"
    path.write_bytes(written[: len(written) - cut] if cut else written)
    lines = []
    try:
        lines.extend(entry.line for entry in entries(path))
    except FeedError as broken:
        assert broken.item == (lines[-1] if lines else 0)
    assert lines == sorted(set(lines))
