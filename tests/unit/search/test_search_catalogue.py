"""The search words of content/search are read, checked and of use."""

from pathlib import Path

import pytest

from app.content.problems import ContentError
from app.search.catalogue import heads, load
from config import ROOT

FILES = load(ROOT / "content")
HEAD = "author: Fingerpost content\nsources: [fingerpost]\nreviewed: 2026-11-22\nnext_review: 2027-05-22\n"


def test_every_file_is_read_with_its_head() -> None:
    assert {path.stem for path in heads(ROOT / "content")} == {"abbreviations", "described", "synonyms", "words"}


def test_a_misspelt_key_is_reported_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "x.yaml").write_text(HEAD + "two_ways:\n  - [a, b]\n")
    with pytest.raises(ContentError) as error:
        load(tmp_path)
    assert error.value.problems[0].line == 5


def test_a_kind_of_help_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "x.yaml").write_text(HEAD + "described:\n  lunch_clubs: [hot lunch]\n")
    with pytest.raises(ContentError) as error:
        load(tmp_path)
    assert "no alternative lunch_clubs" in str(error.value)


def test_no_abbreviation_is_explained_twice() -> None:
    froms = [rule.from_ for file in FILES.values() for rule in (*file.one_way, *file.short)]
    assert len(froms) == len(set(froms))


def test_no_word_is_both_ignored_and_weak() -> None:
    words = FILES["words"]
    assert not set(words.ignored) & set(words.weak)


@pytest.mark.parametrize("entry", ["akin_called:\n  hotel: [care home]", "visiting: [hotel]", "teams: [hotel]"])
def test_every_list_names_kinds_of_help_that_exist(tmp_path: Path, entry: str) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "x.yaml").write_text(f"{HEAD}{entry}\n")
    with pytest.raises(ContentError, match="no alternative hotel"):
        load(tmp_path)
