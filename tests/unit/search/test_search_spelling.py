"""Spelling is put right against the words of the directory and of the vocabulary."""

import pytest

from app.search.lexicon import Lexicon
from app.search.spelling import Speller

USED = [
    ("befriending", 40),
    ("bereavement", 12),
    ("food", 60),
    ("bank", 40),
    ("stretford", 30),
    ("sacred", 2),
    ("sale", 90),
    ("dementia", 200),
]


MENTIONED = [("wishing", 9), ("petanque", 2), ("demensia", 1)]


def speller_of(headwords: list[tuple[str, int]], known: set[str], ignored: set[str] | None = None) -> Speller:
    return Speller(headwords, MENTIONED, Lexicon({}, {}, frozenset(ignored or ()), frozenset(), frozenset(known)))


@pytest.fixture
def speller() -> Speller:
    return speller_of(USED, {"scared", "advocacy", "alzheimers", "respite", "dementia", "food", "bank", "got"}, {"got"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("beffrending", "befriending"),
        ("berevement", "bereavement"),
        ("advocasy", "advocacy"),
        ("alzhiemers", "alzheimers"),
        ("dementai", "dementia"),
        ("respit", "respite"),
    ],
)
def test_one_or_two_slips_are_put_right(speller: Speller, typed: str, meant: str) -> None:
    assert speller.corrected(typed) == meant


@pytest.mark.parametrize(
    "typed", ["scared", "sale", "stretford", "ot", "dv", "m33", "xyzzyqwerty", "qqqqqq", "petanque", "gout", "fishing", "advocacys"]
)
def test_known_short_and_strange_words_are_left_alone(speller: Speller, typed: str) -> None:
    assert speller.corrected(typed) == typed


def test_words_run_together_are_parted(speller: Speller) -> None:
    assert speller.corrected("foodbank") == "food bank"


def test_a_slip_in_an_entry_does_not_make_it_right(speller: Speller) -> None:
    assert speller.corrected("demensia") == "dementia"


def test_nothing_is_corrected_to_a_word_that_entries_only_mention(speller: Speller) -> None:
    assert speller.corrected("wishings") == "wishings"
    assert speller.corrected("wishimg") == "wishimg"


def test_frequent_words_go_first_and_short_words_keep_their_first_letter() -> None:
    speller = speller_of([("carter", 1), ("carers", 500), ("barers", 900)], set())
    assert speller.corrected("carerrs") == "carers"
    assert speller_of([("pottery", 90)], set()).corrected("lottery") == "lottery"
