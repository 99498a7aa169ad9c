"""People who answer a module's questions right or wrong, by the verbs that its pages use."""

from collections.abc import Collection

from app.training import actions
from app.training.catalogue import Module
from app.training.marking import Given, right_answer
from app.training.progress import FINISH, MODULE
from app.training.schema import Choice, Form, Matching, Question


def wrong_answer(question: Question) -> Given:
    """An answer in which nothing is right."""
    if isinstance(question, Choice):
        return (next(option.id for option in question.options if not option.right),)
    if isinstance(question, Matching):
        number = len(question.answers)
        return tuple(f"{pair.id}.{(question.answers.index(pair.answer) + 1) % number + 1}" for pair in question.pairs)
    return tuple(step.id for step in question.steps[1:] + question.steps[:1])


def answered(module: Module, right: Collection[str], *, person: str | None = None, sure: int | None = None, upto: int = 99) -> str:
    """An attempt in which the questions of these ids are answered right, `upto` so many; its token."""
    token = actions.start(module=module, council=None, practice=None, person=person)
    go_on(module, token, MODULE, right, sure=sure, upto=upto)
    return token


def followed_up(module: Module, first: str, part: Form, right: Collection[str]) -> str:
    """A follow-up of an attempt, answered to its end; its token."""
    token = actions.follow_up(token=first, module=module, part=part)
    go_on(module, token, part, right)
    return token


def go_on(module: Module, token: str, part: str, right: Collection[str], *, sure: int | None = None, upto: int = 99) -> None:
    way, number = module.way(part), 0
    for step in way.steps:
        question = module.question(step) if step in way.questions else None
        if question is None:
            if step != FINISH:
                actions.read_on(token=token, module=module, page=step)
            continue
        if number == upto:
            return
        number += 1
        given = right_answer(question) if step in right else wrong_answer(question)
        assert actions.answer(token=token, module=module, question=question, given=given, sure=sure)
