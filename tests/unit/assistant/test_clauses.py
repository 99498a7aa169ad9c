"""A message is seen to ask, wherever in it the question stands, and one that only tells is not."""

import pytest

from app.assistant.clauses import asks, is_note


@pytest.mark.parametrize(
    "text",
    [
        "stairlift on a council property, who pays",
        "dad has dementia and lives alone, can he be made to move",
        "are carers free when you come out of hospital",
        "if I was knocked down tomorrow who would know that mum needs feeding and how do I plan",
        "pt declining carers - options",
        "Mum has a joint account with dad. not sure what counts",
        "is she allowed?",
    ],
)
def test_a_question_in_any_clause_is_seen(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "79M dementia, wife not coping, up all night",
        "lives with her son, who does the shopping",
        "AD, wife worn out. ?placement",
        "Can't get to the toilet, doesn't want a home",
        "fell last week, is registered blind",
        "",
    ],
)
def test_a_message_that_only_tells_does_not_ask(text: str) -> None:
    assert not asks(text)


def test_a_case_noted_by_a_clinician_is_told_from_plain_words() -> None:
    assert is_note("79M dementia, wife not coping")
    assert is_note("88 yo, lives alone")
    assert not is_note("mum is 79 and dad can't cope")
