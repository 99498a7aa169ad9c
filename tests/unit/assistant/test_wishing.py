"""A help that somebody asks for by its name rises into the first five, unless something excludes it."""

import pytest

from app.assistant.answering import Answer, Conversation, answer
from tests.unit.assistant.test_answering import KNOWLEDGE, ask, first

FALLS = "81F breathless on washing, 1 fall, daughter helps daily"


def reasons(made: Answer, identity: str) -> set[str]:
    return {reason.kind for ranked in made.ranking.core if ranked.id == identity for reason in ranked.reasons}


@pytest.mark.parametrize(
    ("wish", "identity"),
    [
        ("keen on an extra care flat", "extra_care_housing"),
        ("family are set on extra care", "extra_care_housing"),
        ("they'd like to try a day centre first", "day_care"),
        ("wants to hire his own carers", "direct_payments"),
        ("daughter is asking for a week of respite", "respite_short_breaks"),
        ("she should like to go to a lunch club", "lunch_club"),
        ("would accept meals on wheels", "meals_service"),
    ],
)
def test_what_is_asked_for_is_among_the_first_and_says_so(wish: str, identity: str) -> None:
    assert identity not in first(ask(FALLS))
    for made in (ask(f"{FALLS}. {wish}"), ask(FALLS, wish)):
        assert identity in first(made) and "wished" in reasons(made, identity)


@pytest.mark.parametrize(
    "said",
    [
        "not keen on extra care",
        "she does not want extra care",
        "wants to stay at home rather than extra care",
        "wants to know about extra care",
        "keen on gardening, has a friend in extra care",
    ],
)
def test_what_is_declined_or_only_asked_about_is_no_wish(said: str) -> None:
    assert "extra_care_housing" not in ask(FALLS, said).ranking.order.situation.wished


@pytest.mark.parametrize("later", ["actually not extra care", "forget the extra care", "she will not have extra care now"])
def test_a_wish_can_be_taken_back(later: str) -> None:
    assert "extra_care_housing" not in first(ask(FALLS, "she is keen on extra care", later))


def test_what_is_wished_stands_behind_the_first_three() -> None:
    assert first(ask(FALLS, "keen on extra care"), 3) == first(ask(FALLS), 3)


def test_a_wish_does_not_bring_back_what_a_rule_excludes_and_says_why() -> None:
    made = ask("64F metastatic cancer, in her last weeks, wants a level access shower")
    assert "disabled_facilities_grant" not in [ranked.id for ranked in made.ranking.core]
    assert "disabled_facilities_grant" in {item.id for item in made.ranking.not_listed}


def test_a_wish_for_what_is_not_to_be_had_is_said_and_not_listed() -> None:
    made = answer(Conversation((FALLS, "keen on extra care"), {}, {}), KNOWLEDGE, frozenset({"extra_care_housing"}))
    assert "extra_care_housing" not in [ranked.id for ranked in made.ranking.core]
    assert "extra_care_housing" in {item.id for item in made.ranking.not_listed}


def test_asking_for_the_carer_too_brings_their_assessment_in() -> None:
    made = ask("58M huntingtons, falls most days, his 14 year old son washes him after the toilet", "and mum? works nights")
    assert "carers_assessment" in first(made)
