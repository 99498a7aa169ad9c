"""The small language of conditions."""

import pytest

from app.vocabulary.conditions import ConditionError, Facts, parse, terms

FACTS = Facts(
    needs=frozenset({"falls", "carer_strain"}),
    strong=frozenset({"falls"}),
    flags={"fire_risk": 2},
    attributes={"age": "82", "place": "home"},
)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("need:falls", True),
        ("need:mobility", False),
        ("not need:mobility", True),
        ("strong:carer_strain", False),
        ("need:mobility or need:falls and strong:falls", True),
        ("(need:mobility or need:falls) and not flag:any", False),
        ("flag:level1", False),
        ("flag:fire_risk", True),
        ("attr:place=home", True),
        ("attr:capacity=unknown", True),
        ("attr:age<50", False),
        ("attr:age>=65", True),
        ("attr:falls_count>=2", False),
        ("always", True),
    ],
)
def test_a_condition_holds_or_not(text: str, holds: bool) -> None:
    assert parse(text)(FACTS) is holds


@pytest.mark.parametrize(
    "text",
    ["", "need:", "need:falls need:falls", "(need:falls", "and need:falls", "wish:home", "need:falls or", "import os"]
    + ["attr:age", "attr:age<old", "attr:age>=²", "(" * 5000, "not " * 5000],
)
def test_what_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)


def test_terms_name_what_a_condition_depends_on() -> None:
    assert terms("(need:falls and attr:age<50) or not flag:any") == [("need", "falls"), ("attr", "age"), ("flag", "any")]
