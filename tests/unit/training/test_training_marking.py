"""Marking: the whole truth table for each kind of question."""

from itertools import permutations

import pytest
from pydantic import ValidationError

from app.training.marking import answers_of, mark, right_answer
from app.training.schema import Matching
from tests.unit.training.made import choice, matching, ordering, question


@pytest.mark.parametrize(("chosen", "verdict"), [("b", "right"), ("a", "wrong"), ("c", "wrong"), ("ab", "partly"), ("", "wrong")])
def test_single_best_answer(chosen: str, verdict: str) -> None:
    assert mark(choice("b"), chosen).verdict == verdict


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
    assert mark(choice("ac"), chosen).verdict == verdict


def test_what_was_found_and_mistaken_is_counted() -> None:
    result = mark(choice("ace", "abcde"), "abc")
    assert (result.found, result.of, result.mistaken) == (2, 3, 1)


def test_an_ordering_is_right_with_everything_in_its_place_and_with_nothing_less() -> None:
    asked = ordering("cab")
    verdicts = {"".join(given): mark(asked, given).verdict.value for given in permutations("abc")}
    assert verdicts.pop("cab") == "right"
    assert verdicts == {"abc": "wrong", "acb": "partly", "bac": "partly", "bca": "wrong", "cba": "partly"}


def test_a_matching_is_right_with_every_pair_and_two_may_share_an_answer() -> None:
    asked = matching(("a", "social care"), ("b", "the GP"), ("c", "social care"), others=("nobody",))
    assert isinstance(asked, Matching)
    assert right_answer(asked) == ("a.2", "b.3", "c.2")
    assert mark(asked, ("a.2", "b.3", "c.2")).verdict == "right"
    assert mark(asked, ("a.2", "b.1", "c.1")).verdict == "partly"
    assert mark(asked, ("a.1", "b.1", "c.1")).verdict == "wrong"
    assert answers_of(asked, ("a.2", "b.1", "c.3")) == {"a": "social care", "b": "nobody", "c": "the GP"}


@pytest.mark.parametrize("asked", [choice("b"), choice("ac"), ordering("dacb"), matching(("a", "one"), ("b", "two"))])
def test_the_right_answer_is_right(asked: object) -> None:
    assert mark(asked, right_answer(asked)).verdict == "right"  # type: ignore[arg-type]


WHY = "f" * 20


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "ordering", "steps": [{"id": one, "text": "Step", "feedback": WHY} for one in "abc"]}, "in the right order already"),
        ({"kind": "matching", "pairs": [{"id": one, "text": "Thing", "answer": "one", "feedback": WHY} for one in "ab"]}, "two different"),
        ({"kind": "single", "case": "a-case"}, "not both"),
        ({"kind": "single", "vignette": "Short."}, "shorter than 40"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(given: dict[str, object], why: str) -> None:
    options = [{"id": one, "text": "Option", "right": one == "a", "feedback": WHY} for one in "abc"]
    with pytest.raises(ValidationError, match=why):
        question(**(given | {"options": options} if given["kind"] == "single" else given))
