"""What the templates need, as plain data and in words."""

from dataclasses import dataclass

from app.content.messages import say
from app.training.catalogue import Module
from app.training.marking import mark
from app.training.progress import FINISH
from app.training.queries import AttemptState
from app.training.schema import Option, Question
from app.vocabulary import queries as vocabulary
from app.vocabulary.schema import Alternative, Source


@dataclass(frozen=True)
class OptionShown:
    """An option after the answer: its words, its feedback, and what it was."""

    option: Option
    chosen: bool


@dataclass(frozen=True)
class Feedback:
    """What somebody reads after an answer. `first` are the options chosen and the right ones, `others` the rest."""

    verdict: str
    result: str
    detail: str
    first: tuple[OptionShown, ...]
    others: tuple[OptionShown, ...]


@dataclass(frozen=True)
class Line:
    """One question on the last page."""

    question: Question
    result: str
    is_right: bool


def where(module: Module, step: str) -> str:
    """ "Question 3 of 5" or "Page 1 of 2"."""
    position = module.way.position(step)
    return say(f"training_at_{position.kind}", number=position.number, of=position.of)


def stopped(module: Module, attempt: AttemptState) -> str:
    """ "You stopped at question 3 of 5"."""
    position = module.way.position(attempt.page)
    return say(f"training_stopped_at_{position.kind}", number=position.number, of=position.of)


def feedback(question: Question, chosen: frozenset[str]) -> Feedback:
    """The verdict on an answer and the feedback for each option."""
    result = mark(question.right, chosen)
    counts = {"found": len(result.found), "of": len(question.right), "mistaken": len(result.mistaken)}
    shown = tuple(OptionShown(option, option.id in chosen) for option in question.options)
    return Feedback(
        verdict=result.verdict,
        result=say(f"training_{result.verdict}"),
        detail=say("training_found", **counts) if question.kind == "multiple" else "",
        first=tuple(one for one in shown if one.chosen or one.option.right),
        others=tuple(one for one in shown if not one.chosen and not one.option.right),
    )


def score(attempt: AttemptState) -> str:
    """The first score, in words."""
    return say("training_score", right=attempt.right, asked=attempt.asked)


def lines(module: Module, attempt: AttemptState) -> tuple[Line, ...]:
    """What each question was about and how it was answered."""
    done = [(question, feedback(question, attempt.answers[question.id])) for question in module.quiz]
    return tuple(Line(question, given.result, given.verdict == "right") for question, given in done)


def next_words(module: Module, step: str) -> str:
    """What the button to the next step says."""
    following = module.way.after(step)
    return say("training_to_finish") if following == FINISH else say("training_to_next", step=where(module, following).lower())


def alternatives(module: Module) -> tuple[Alternative, ...]:
    """The alternatives that the module leads on to."""
    known = vocabulary.alternatives()
    return tuple(known[identity] for identity in module.head.alternatives)


def sources(module: Module) -> tuple[Source, ...]:
    """What the module rests on."""
    known = vocabulary.sources()
    return tuple(known[identity] for identity in module.sources)
