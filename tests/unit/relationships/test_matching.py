"""A question that was answered is known again, and another is not taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.relationships.contacts.matching import nearest

KNOWN = ["Who may have a key safe?", "How much is the charge for the community alarm?", "Can a GP ring the reablement team at weekends?"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("key safe who can have one", [0]),
        ("what is the charge for comunity alarms", [1]),
        ("reablement team, is it there at the weekend, can I ring", [2]),
        ("what is the charge for a care home", []),
        ("safe to go home?", []),
        ("", []),
    ],
)
def test_it_is_known_by_the_words_that_carry_its_meaning(text: str, found: list[int]) -> None:
    assert nearest(text, KNOWN) == found


@given(st.text(), st.lists(st.text(), max_size=5))
def test_any_text_asks_some_of_them_or_none(text: str, questions: list[str]) -> None:
    assert set(nearest(text, questions)) <= set(range(len(questions)))
