"""Names as people write them who have only heard them."""

import pytest

from app.search.lexicon import Lexicon
from app.search.naming import Names

NAMES = Names(
    ["kingfisher", "care", "oak", "tree", "lodge", "rosalinda", "daycare", "quiet"],
    Lexicon({}, {}, frozenset({"daycare"}), frozenset(), frozenset({"care", "quite"})),
    frozenset({"rosalinde", "king", "fisher", "quite", "quieted"}),
)


def heard(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return list(NAMES.heard(text.split()))


def test_a_name_in_two_words_is_heard_as_one() -> None:
    assert heard("king fisher carers") == [(("king", "fisher"), ("kingfisher",))]


def test_two_words_of_a_name_in_one_are_heard_as_two() -> None:
    assert heard("oaktree") == [(("oaktree",), ("oak", "tree"))]


def test_an_english_word_that_no_service_uses_is_heard_as_a_name_a_letter_away() -> None:
    assert heard("rosalinde") == [(("rosalinde",), ("rosalinda",))]


@pytest.mark.parametrize("text", ["day care", "quite", "kingfisher", "lodge care", "rosalynnde"])
def test_what_is_right_or_ordinary_is_heard_as_nothing_else(text: str) -> None:
    assert heard(text) == []
