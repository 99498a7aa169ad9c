"""What a question is about, by what was said before: a help that was asked for, a need, a danger, or the question before."""

import pytest

from app.assistant.information import Wanted, wanted
from tests.unit.assistant.test_answering import KNOWLEDGE, ask


def given(*turns: str) -> list[Wanted]:
    return wanted(ask(*turns), KNOWLEDGE, turns, lambda _question: {})


@pytest.mark.parametrize(
    ("turns", "alternative", "topic"),
    [
        (("81F 1 fall", "keen on extra care", "how long is the wait?"), "extra_care_housing", "wait"),
        (
            ("husband has dementia", "she'd like someone to sit with him for a couple of hours", "is there a charge?"),
            "sitting_service",
            "cost",
        ),
        (("4 falls this month", "who deals with the falls"), "falls_prevention", "refer"),
        (("76M dementia, wife up with him five times a night", "is there anything for the nights?"), "night_service", "what"),
        (("lonely, 88F", "does befriending cost anything?", "and social prescribing?"), "social_prescribing", "cost"),
        (("An eighty year old lady with dementia, her husband is exhausted", "and for him?"), "carers_assessment", "what"),
    ],
)
def test_a_question_is_about_what_was_spoken_of(turns: tuple[str, ...], alternative: str, topic: str) -> None:
    assert Wanted(alternative=alternative, topic=topic) in given(*turns)


def test_whom_to_ring_is_asked_about_the_danger_that_was_raised() -> None:
    assert given("says he is suicidal", "who do I phone?")[0] == Wanted(danger="suicide_risk")


def test_whom_to_ring_is_asked_about_a_help_where_one_was_spoken_of() -> None:
    turns = ("smokes in bed on home oxygen, lonely", "tell me about befriending", "who do I ring?")
    assert Wanted(alternative="befriending", topic="refer") in given(*turns)
    assert not any(item.danger for item in given(*turns))
