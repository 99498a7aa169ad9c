"""Answers to our question that are typed in words count as if they were chosen, and only for the question just asked."""

import pytest

from tests.unit.assistant.test_answering import ask, first

STRAIN = "Wife cares for him at home, 80M with Parkinson's, she is exhausted"
HOME = "87M dementia, son wants him in a care home"
STAIRS = "She cannot walk far, wheelchair"


def flags(*turns: str, answers: dict[str, str] | None = None) -> set[str]:
    return {item.flag.id for item in ask(*turns, answers=answers).red_flags}


@pytest.mark.parametrize("said", ["No.", "no, nobody", "there is nobody else", "no, she can't", "nobody at all tonight"])
def test_nobody_tonight_in_words_raises_the_danger_that_the_answer_raises(said: str) -> None:
    made = ask(STRAIN)
    assert made.question is not None and made.question.id == "q_carer_tonight" and not made.red_flags
    assert "carer_breakdown_now" in flags(STRAIN, said)


@pytest.mark.parametrize(
    "said", ["yes, their son can stay tonight", "Yes.", "no memory problems by the way", "what is respite?", "no, that was last year"]
)
def test_another_answer_raises_none(said: str) -> None:
    assert "carer_breakdown_now" not in flags(STRAIN, said)


def test_an_answer_in_words_is_the_same_as_choosing_it() -> None:
    assert ask(HOME).question.id == "q_capacity"  # type: ignore[union-attr]
    assert flags(HOME, "no capacity") == flags(HOME, answers={"q_capacity": "lacks"}) == {"mental_capacity_best_interests"}
    made = ask(HOME, "no capacity")
    assert made.question is None or made.question.id != "q_capacity"
    assert made.facts.attributes["capacity"] == "lacks"


def test_words_answer_only_the_question_just_asked() -> None:
    assert "carer_breakdown_now" not in flags("2 falls this month, no injury", "No.")
    later = ask(STRAIN, "also deaf", "thank you", "No.")
    assert later.question is None or "carer_breakdown_now" in {item.flag.id for item in later.red_flags}


def test_an_answer_chosen_by_hand_stands_before_words() -> None:
    assert "carer_breakdown_now" not in flags(STRAIN, "No.", answers={"q_carer_tonight": "able"})


def test_what_fits_no_answer_is_not_asked_again() -> None:
    asked = ask(STAIRS).question
    assert asked is not None
    for said in ("Neither.", "not sure", "none of these"):
        again = ask(STAIRS, said).question
        assert again is None or again.id != asked.id
    assert first(ask(STAIRS, "Neither.")) == first(ask(STAIRS))


def test_answers_are_laid_aside_with_the_person_they_were_given_for() -> None:
    assert not flags(STRAIN, "No.", "new patient. 90F lonely")
