"""What words that are being typed may become."""

import pytest

from app.search.completing import Called, kinds_begun, nearly

KINDS = (
    Called("befriending", (("befriending", "by", "visit"), ("befriending",)), (("lonely",), ("age", "uk"))),
    Called("home_care", (("care", "at", "home"), ("home", "care")), (("domiciliary", "care"),)),
    Called("carers", (("support", "for", "carers"), ("carers",)), (("caring", "for", "somebody"),)),
    Called("review", (("review", "of", "care"), ("care", "review")), (("home", "care", "review"),)),
)

KNOWN = [("befriending", 9), ("bereavement", 4), ("oldham", 30), ("holden", 3), ("lunch", 5), ("lurch", 1)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["befr"], ["befriending"]),
        (["age", "u"], ["befriending"]),
        (["care"], ["home_care", "carers", "review"]),
        (["home", "ca"], ["home_care", "review"]),
        (["hom", "care"], []),
        (["zebra"], []),
    ],
)
def test_a_kind_is_completed_by_its_name_before_what_it_is_asked_for_as(typed: list[str], found: list[str]) -> None:
    assert kinds_begun(typed, KINDS) == found


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("befrend", "befriend"),
        ("befri", "befri"),
        ("oldahm", "oldham"),
        ("oldhma", "oldham"),
        ("beravem", "bereavem"),
        ("befrxien", "befrien"),
    ],
)
def test_one_slip_in_an_unfinished_word_is_put_right(typed: str, begins: str) -> None:
    assert begins in nearly(typed, KNOWN, whole=False)


@pytest.mark.parametrize("typed", ["bef", "oxxham", "xldham", "0ldham", "befrnding"])
def test_short_beginnings_first_letters_and_two_slips_are_left_alone(typed: str) -> None:
    assert nearly(typed, KNOWN, whole=False) == []


def test_a_finished_word_is_only_put_right_to_a_whole_one() -> None:
    assert nearly("luch", KNOWN, whole=True) == ["lunch", "lurch"]
    assert nearly("oldh", KNOWN, whole=True) == []
