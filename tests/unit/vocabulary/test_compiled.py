"""What was compiled is used again for the same files only, and only where it is whole."""

from pathlib import Path
from typing import Any

import pytest

from app.vocabulary.compiled import kept
from app.vocabulary.matching import PhraseTree
from app.vocabulary.tokens import words


class Maker:
    """Makes something, and counts how often it was asked to."""

    def __init__(self, made: Any) -> None:
        self.made, self.asked = made, 0

    def __call__(self) -> Any:
        self.asked += 1
        return self.made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "words.yaml"
    file.write_text("members: [falls]", encoding="utf-8")
    return file


def test_it_is_made_once_for_the_same_files(tmp_path: Path, source: Path) -> None:
    make = Maker({"falls": ((), ("FALL",), None)})
    assert [kept(tmp_path, [source], "", make) for _ in range(3)] == [make.made] * 3
    assert make.asked == 1


def test_a_tree_that_was_kept_finds_what_it_found(tmp_path: Path, source: Path) -> None:
    phrases = [("keeps falling", "FALL"), ("lives … alone", "ALONE"), ("lives", "HOME")]
    text = words("she lives all alone and keeps falling")
    for _ in range(2):
        tree = PhraseTree.unpacked(kept(tmp_path, [source], "", lambda: PhraseTree(phrases).packed()))
        assert [match.concept for match in tree.longest(text)] == [match.concept for match in PhraseTree(phrases).longest(text)] != []
        assert tree.words == PhraseTree(phrases).words


@pytest.mark.parametrize("change", ["a file", "a new file", "what else is known"])
def test_what_was_made_from_something_else_is_not_used(tmp_path: Path, source: Path, change: str) -> None:
    kept(tmp_path, [source], "2026", Maker("old"))
    other = tmp_path / "other.yaml"
    other.write_text("", encoding="utf-8")
    if change == "a file":
        source.write_text("members: [fells]", encoding="utf-8")
    files = [source, other] if change == "a new file" else [source]
    assert kept(tmp_path, files, "2027" if change == "what else is known" else "2026", Maker("new")) == "new"


@pytest.mark.parametrize("harm", [lambda whole: whole[:-1], lambda whole: b"", lambda whole: whole[:70] + b"\xff" + whole[71:]])
def test_what_is_not_whole_is_made_again(tmp_path: Path, source: Path, harm: Any) -> None:
    kept(tmp_path, [source], "", Maker("x" * 20))
    file = next((tmp_path / "__pycache__").iterdir())
    file.write_bytes(harm(file.read_bytes()))
    make = Maker("new")
    assert kept(tmp_path, [source], "", make) == kept(tmp_path, [source], "", make) == "new"
    assert make.asked == 1


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path: Path, source: Path) -> None:
    (tmp_path / "__pycache__").write_text("in the way", encoding="utf-8")
    make = Maker("made")
    assert [kept(tmp_path, [source], "", make) for _ in range(2)] == ["made", "made"]
    assert make.asked == 2
