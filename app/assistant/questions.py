"""The one question whose answers would most change the first five, or a danger. Pure."""

from collections.abc import Callable, Mapping, Sequence

from app.vocabulary.conditions import Facts, parse
from app.vocabulary.schema import Option, Question

RED_FLAG_WORTH = 10
"""An answer that would raise a danger not yet raised is worth more than any change of order."""


def choose(
    questions: Mapping[str, Question],
    facts: Facts,
    answered: Mapping[str, str],
    first_now: Sequence[str],
    first_if: Callable[[Question, Option], Sequence[str]],
    threshold: int,
) -> Question | None:
    """The eligible question with the most useful answers, or None when none would change enough.

    `first_if` gives the first alternatives as they would stand after an answer.
    """
    best: tuple[int, int, Question] | None = None
    for question in questions.values():
        if question.id in answered or not parse(question.ask_if)(facts):
            continue
        worth = max(_worth(option, facts, first_now, first_if(question, option)) for option in question.options)
        if worth >= threshold and (best is None or (worth, -question.priority) > best[:2]):
            best = (worth, -question.priority, question)
    return best[2] if best else None


def _worth(option: Option, facts: Facts, now: Sequence[str], then: Sequence[str]) -> int:
    new_flags = [flag for flag in option.red_flags if flag not in facts.flags]
    entered = [identity for identity in then if identity not in now]
    moved = [identity for place, identity in enumerate(then) if identity in now and now.index(identity) != place]
    return RED_FLAG_WORTH * bool(new_flags) + 2 * len(entered) + len(moved)
