"""The one question whose answers would most change the first five, or a danger. Pure."""

from collections.abc import Callable, Mapping, Sequence

from app.vocabulary.conditions import Facts, parse
from app.vocabulary.schema import Option, Question

COMPARED = 3
"""Of the questions that could be asked, how many, the most urgent first, are worked through."""


def choose(
    questions: Mapping[str, Question],
    facts: Facts,
    answered: Mapping[str, str],
    first_now: Sequence[str],
    first_if: Callable[[Question, Option], Sequence[str]],
    threshold: int,
) -> Question | None:
    """The most urgent question that could raise a danger not yet raised; else the one whose answers change the order most,
    or None when none would change it enough.

    `first_if` gives the first alternatives as they would stand after an answer.
    """
    could = [question for question in questions.values() if question.id not in answered and parse(question.ask_if)(facts)]
    could.sort(key=lambda question: question.priority)
    for question in could:
        if any(flag not in facts.flags for option in question.options for flag in option.red_flags):
            return question
    worths = [(max(_worth(first_now, first_if(each, option)) for option in each.options), each) for each in could[:COMPARED]]
    worth, best = max(worths, key=lambda pair: pair[0], default=(0, None))
    return best if worth >= threshold else None


def _worth(now: Sequence[str], then: Sequence[str]) -> int:
    entered = [identity for identity in then if identity not in now]
    moved = [identity for place, identity in enumerate(then) if identity in now and now.index(identity) != place]
    return 2 * len(entered) + len(moved)
