"""An index of many services is made in parts, which become one file."""

from pathlib import Path

import pytest
from tantivy import Index

from app.directory.queries import LiveService
from app.search import index
from app.search.describing import Describing
from app.search.index import OpenIndex

BATCHES = [
    [LiveService(id=f"{batch} {number}", name="Lunch club", status="active", source="", source_id="") for number in range(5)]
    for batch in range(8)
]


def test_all_parts_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "AT_ONCE", 0)
    folder = index.build(tmp_path / "version", BATCHES, 40, 7, Describing({}, {}))
    assert Index.open(str(folder)).searcher().num_segments == 1
    assert len({file.stem for file in folder.glob("*.idx")}) == 1, "what was put together is removed"
    opened = OpenIndex(folder)
    assert (opened.size, opened.sequence, opened.frequency("name", "lunch")) == (40, 7, 40)
