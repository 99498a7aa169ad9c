"""What the templates need, as plain data and in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.content.messages import say
from app.training.catalogue import Module
from app.training.marking import Given, answers_of, mark
from app.training.measures.courses import calibration
from app.training.progress import FINISH, MODULE
from app.training.queries import AttemptState
from app.training.schema import Choice, Form, Matching, Ordering, Question
from app.vocabulary import queries as vocabulary
from app.vocabulary.schema import Alternative, Source


@dataclass(frozen=True)
class PartShown:
    """A part of an answer with its feedback: an option, a thing in its place, or a pair. `given` is what the learner said of it,
    `wanted` what would have been right, where that is something else."""

    text: str
    feedback: str
    chosen: bool
    right: bool
    given: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class Feedback:
    """What somebody reads after an answer. `first` are the parts chosen and the right ones, `others` the rest."""

    verdict: str
    result: str
    detail: str
    first: tuple[PartShown, ...]
    others: tuple[PartShown, ...]


@dataclass(frozen=True)
class Line:
    """One question on the last page."""

    question: Question
    result: str
    is_right: bool


def where(module: Module, part: str, step: str) -> str:
    """ "Question 3 of 5" or "Page 1 of 2"."""
    position = module.way(part).position(step)
    return say(f"training_at_{position.kind}", number=position.number, of=position.of)


def stopped(module: Module, attempt: AttemptState) -> str:
    """ "You stopped at question 3 of 5"."""
    position = module.way(attempt.part).position(attempt.page)
    return say(f"training_stopped_at_{position.kind}", number=position.number, of=position.of)


def feedback(question: Question, given: Given) -> Feedback:
    """The verdict on an answer and the feedback for each part of it."""
    result = mark(question, given)
    parts = _parts(question, given)
    whole = isinstance(question, Choice) and question.kind == "single"
    if whole:
        detail = ""
    elif isinstance(question, Choice):
        detail = say("training_found", found=result.found, of=result.of, mistaken=result.mistaken)
    else:
        detail = say("training_in_place", found=result.found, of=result.of)
    return Feedback(
        verdict=result.verdict, result=say(f"training_{result.verdict}"), detail=detail,
        first=tuple(one for one in parts if one.chosen or one.right),
        others=tuple(one for one in parts if not one.chosen and not one.right),
    )  # fmt: skip


def _parts(question: Question, given: Given) -> tuple[PartShown, ...]:
    if isinstance(question, Choice):
        return tuple(PartShown(one.text, one.feedback, one.id in given, one.right) for one in question.options)
    return _ordered(question, given) if isinstance(question, Ordering) else _matched(question, given)


def _ordered(question: Ordering, given: Given) -> tuple[PartShown, ...]:
    places = {letter: number for number, letter in enumerate(given, start=1)}
    parts = []
    for number, step in enumerate(question.steps, start=1):
        said = places.get(step.id, 0)
        wanted = "" if said == number else say("training_belongs_at", number=number)
        parts.append(PartShown(step.text, step.feedback, True, said == number, say("training_you_put_it_at", number=said), wanted))
    return tuple(parts)


def _matched(question: Matching, given: Given) -> tuple[PartShown, ...]:
    said = answers_of(question, given)
    return tuple(
        PartShown(
            pair.text, pair.feedback, True, said[pair.id] == pair.answer, say("training_you_matched", answer=said[pair.id]),
            "" if said[pair.id] == pair.answer else say("training_belongs_to", answer=pair.answer),
        )
        for pair in question.pairs
    )  # fmt: skip


def scores(attempt: AttemptState) -> tuple[str, ...]:
    """The first scores, in words: before, where the attempt went through a module, and after."""
    before = attempt.part == MODULE and attempt.asked_before
    words = (say("training_score_before", right=attempt.right_before, asked=attempt.asked_before),) if before else ()
    return (*words, say("training_score", right=attempt.right, asked=attempt.asked))


def sureness(counted: Mapping[tuple[int, bool], int]) -> tuple[str, ...]:
    """For each degree of being sure that somebody named, how many of those answers were right."""
    return tuple(
        say(f"training_sure_and_right_{degree}", right=found.part, asked=found.whole)
        for degree, found in calibration(counted).items()
        if found.whole
    )


def lines(module: Module, attempt: AttemptState) -> dict[str, tuple[Line, ...]]:
    """What each question was about and how it was answered, by the form in words."""
    forms = (Form.BEFORE, Form.AFTER) if attempt.part == MODULE else (Form(attempt.part),)
    return {say(f"training_asked_{form}"): _lines(module, form, attempt.answers) for form in forms if module.form(form)}


def _lines(module: Module, form: Form, answers: Mapping[str, Given]) -> tuple[Line, ...]:
    done = [(question, feedback(question, answers[question.id])) for question in module.form(form) if question.id in answers]
    return tuple(Line(question, shown.result, shown.verdict == "right") for question, shown in done)


def next_words(module: Module, part: str, step: str) -> str:
    """What the button to the next step says."""
    following = module.way(part).next(step)
    return say("training_to_finish") if following == FINISH else say("training_to_next", step=where(module, part, following).lower())


def alternatives(module: Module) -> tuple[Alternative, ...]:
    """The alternatives that the module leads on to."""
    known = vocabulary.alternatives()
    return tuple(known[identity] for identity in module.head.alternatives if identity in known)


def sources(module: Module) -> tuple[Source, ...]:
    """What the module rests on."""
    known = vocabulary.sources()
    return tuple(known[identity] for identity in module.sources)
