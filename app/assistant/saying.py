"""Answers to our questions that somebody types in words ("no, nobody", "the stairs mainly"). Pure."""

from collections.abc import Callable, Mapping, Sequence

from app.vocabulary.answers import none_fits, options
from app.vocabulary.reading import Turn
from app.vocabulary.schema import Question

SKIPPED = "skip"
"""The answer that is none of the options: the question is not asked again."""

AskedAfter = Callable[[int, Mapping[str, str]], Question | None]
"""From the number of messages and the answers so far to the question that was then asked."""


def said_answers(turns: Sequence[Turn], asked_after: AskedAfter) -> list[dict[str, str]]:
    """The answers given in words up to each message: those to the question that was asked just before it. Words that
    themselves ask something answer nothing."""
    found: list[dict[str, str]] = []
    for number, turn in enumerate(turns):
        given = dict(found[-1]) if found and not turn.lays_aside else {}
        found.append(given)
        told = [match for match in turn.answers if not any(question.start <= match.start < question.end for question in turn.asked)]
        if number and told and not turn.lays_aside:
            picked, skips = options(told), none_fits(told)
            asked = asked_after(number, given) if picked or skips else None
            if asked and (asked.id in picked or skips):
                given[asked.id] = picked.get(asked.id, SKIPPED)
    return found
