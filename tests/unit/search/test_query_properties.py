"""What is typed to search for, whatever it is: the same words each time, and nothing that breaks the reading."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.search import query
from app.search.concepts import NAMED, Reader, load
from app.search.lexicon import Lexicon, Meaning
from app.search.words import LONGEST_WORD, plain, stem, words
from tests.typed import SIGNS

HOME = ("care", "home")
LEXICON = Lexicon(
    {HOME: (Meaning("synonym", "care home", HOME),)}, {"care": (HOME,)}, frozenset({"the"}), frozenset(), frozenset({"care", "home"})
)
TYPED = SIGNS | st.lists(st.sampled_from(["care ", "home", "the ", "M33 1AA", " m33", "Alzheimer’s ", "ﬁ", "İ", "ß", "\x00", "2"])).map(
    "".join
)


@given(TYPED)
@example("İİ" * 40)
def test_words_are_read_alike_however_often(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found
    assert all(0 < len(word) <= LONGEST_WORD and stem(word) == stem(word) for word in found)


@given(TYPED)
def test_a_search_of_any_text_is_read(text: str) -> None:
    spoken = words(text)
    asked = query.read(spoken, LEXICON)
    everything = range(len(asked.terms))
    assert [term.word for term in asked.terms] == [word for word in spoken if word != "the"]
    assert all(item.covers and item.covers <= set(everything) for item in asked.evidence)
    assert query.rewritten(text, {}) == text


@given(TYPED)
def test_a_postcode_is_taken_out_of_a_search_whole(text: str) -> None:
    found = query.postcode_in(text)
    if found:
        written, rest = found
        assert written in plain(text) and len(rest) == len(plain(text)) - len(written) + 1
        assert query.outcode(written)
    assert (query.outcode(text) or "").isalnum() or query.outcode(text) is None


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load(Path(__file__).resolve().parents[3] / "content").values())


@given(text=TYPED)
def test_what_a_question_is_about_is_read_from_any_text(reader: Reader, text: str) -> None:
    found = reader.read(text)
    assert all(0 < weight <= NAMED for weight in found.values()) and bool(found) <= bool(words(text))
