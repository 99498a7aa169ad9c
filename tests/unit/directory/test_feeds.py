"""Reading the file of a feed."""

import gzip
import json
from pathlib import Path

import pytest

from app.directory.feeds import LONGEST_RECORD, FeedError, entries
from app.directory.refusal import Unreadable, Why


def written(folder: Path, content: bytes, name: str = "feed.ndjson") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


ONE, TWO = {"id": "1", "name": "One"}, {"id": "2", "name": "Two"}


@pytest.mark.parametrize(
    "content",
    [
        b'{"id": "1", "name": "One"}\n{"id": "2", "name": "Two"}\n',
        b'{"id": "1", "name": "One"}\r\n\r\n{"id": "2", "name": "Two"}',
        b'[{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}]',
        b'\xef\xbb\xbf [\n {"id": "1",\n "name": "One"},\n {"id": "2", "name": "Two"}\n]\n',
        b'{"total_items": 2, "empty": false, "contents": [{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}], "size": 2}',
        b'{"totalElements": 2, "content": [{"id": "1", "name": "One"},{"id": "2", "name": "Two"}]}',
    ],
)
@pytest.mark.parametrize("gzipped", [False, True])
def test_lines_lists_and_pages_give_the_same_records(tmp_path: Path, content: bytes, gzipped: bool) -> None:
    path = written(tmp_path, gzip.compress(content) if gzipped else content, "feed.json")
    assert [entry.raw for entry in entries(path)] == [ONE, TWO]


def test_a_bad_line_costs_only_itself_and_says_its_line_and_the_id_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, b'{"id": "1", "name": "One"}\n{"id": "2", "name": "Tw\n\n[1, 2]\n{"id": "3"}\n')
    found = list(entries(path))
    assert [entry.line for entry in found] == [1, 2, 4, 5]
    assert [entry.raw for entry in found] == [ONE, None, [1, 2], {"id": "3"}]
    assert found[1].likely_id == "2"
    assert [finding.fault.value for finding in found[1].notes.findings] == ["not_json"]


def test_a_line_that_is_not_utf8_is_read_as_windows_1252_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, b'{"name": "Caf\xe9 \xc3\xa9"}\n\xef\xbb\xbf{"name": "Plain"}\n')
    first, second = entries(path)
    assert first.raw == {"name": "Café é"}
    assert [finding.fault.value for finding in first.notes.findings] == ["windows_1252"]
    assert second.raw == {"name": "Plain"}
    assert [finding.fault.value for finding in second.notes.findings] == ["byte_order_mark"]


def test_a_line_without_end_does_not_fill_the_memory_and_the_next_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, b'{"id": "1", "name": "' + b"x" * (3 * LONGEST_RECORD) + b'"}\n{"id": "2", "name": "Two"}\n')
    first, second = entries(path)
    assert (first.raw, first.likely_id, len(first.notes.findings[0].value)) == (None, "1", 400)
    assert (second.line, second.raw) == (2, TWO)


@pytest.mark.parametrize("content", [b'[{"id": "1", "name": "One"}, {"id": "2", ', b'[{"id": "1", "name": "One"} oops]'])
def test_a_list_that_breaks_off_is_an_error_that_names_the_last_good_record(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FeedError) as caught:
        list(entries(written(tmp_path, content)))
    assert caught.value.item == 1


@pytest.mark.parametrize("padding", [b" ", b"\n", b"x", b'{"id": "3"}\n'])
@pytest.mark.parametrize("before", [b'{"id": "1", "name": "One"}\n', b'[{"id": "1", "name": "One"},'])
def test_a_gzip_file_that_unpacks_to_far_too_much_is_refused(
    tmp_path: Path, before: bytes, padding: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = gzip.compress(before + padding * 3_000_000)
    assert len(bomb) < 100_000
    path = written(tmp_path, bomb)
    monkeypatch.setattr("app.directory.unpacking.LARGEST", 1_000_000)
    monkeypatch.setattr("app.directory.unpacking.MOST_TIMES", 1)
    with pytest.raises(Unreadable) as refused:
        list(entries(path))
    assert refused.value.why is Why.TOO_LARGE


def test_a_gzip_file_that_breaks_off_is_an_error(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"id": str(number), "name": f"N{number * 7919}"}).encode() + b"\n" for number in range(5000))
    with pytest.raises(FeedError):
        list(entries(written(tmp_path, gzip.compress(lines)[:9000])))


def test_numbers_and_nesting_that_python_refuses_cost_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, b'{"a": ' + b"9" * 5000 + b"}\n" + b"[" * 100_000 + b'\n{"id": "2", "name": "Two"}\n')
    assert [entry.raw for entry in entries(path)] == [None, None, TWO]
