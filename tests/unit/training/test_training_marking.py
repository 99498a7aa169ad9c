"""Marking: the whole truth table for one and for several right options."""

import pytest

from app.training.marking import mark


@pytest.mark.parametrize(("chosen", "verdict"), [("b", "right"), ("a", "wrong"), ("c", "wrong"), ("ab", "partly"), ("", "wrong")])
def test_single_best_answer(chosen: str, verdict: str) -> None:
    assert mark({"b"}, set(chosen)).verdict == verdict


@pytest.mark.parametrize(
    ("chosen", "verdict"),
    [
        ("", "wrong"),
        ("a", "partly"),
        ("c", "partly"),
        ("ac", "right"),
        ("b", "wrong"),
        ("bd", "wrong"),
        ("ab", "partly"),
        ("abc", "partly"),
        ("abcd", "partly"),
    ],
)
def test_multiple_response_is_right_only_with_every_right_option_and_no_other(chosen: str, verdict: str) -> None:
    assert mark({"a", "c"}, set(chosen)).verdict == verdict


def test_what_was_found_missed_and_mistaken() -> None:
    result = mark({"a", "c", "e"}, {"a", "b", "c"})
    assert (result.found, result.missed, result.mistaken) == ({"a", "c"}, {"e"}, {"b"})
