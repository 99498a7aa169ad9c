"""What the player of a package has to know of a module. Pure."""

from typing import Any

from app.training.catalogue import Module
from app.training.marking import right_answer
from app.training.progress import FINISH, MODULE
from app.training.schema import Choice, Matching, Ordering, Question

PASS_MARK = 80
"""Per cent of the questions after reading. Ours: no body sets one for such modules."""


def course_of(module: Module, words: dict[str, str]) -> dict[str, Any]:
    """The module's steps and the key to its questions, as plain data. The key stands open in every package: it marks by itself."""
    steps = module.way(MODULE).steps
    found = {step: module.question(step) for step in steps}
    return {
        "title": module.head.title,
        "release": module.release[:12],
        "pass_mark": PASS_MARK,
        "words": words,
        "steps": [step for step in steps if step != FINISH],
        "questions": {step: _key(question) for step, question in found.items() if question},
    }


def _key(question: Question) -> dict[str, Any]:
    """How a question is asked and answered: `right` is what somebody answers who gets all of it, `may` what anybody can answer."""
    kind, asked = ("choice", "choice") if isinstance(question, Choice) else _kind(question)
    return {"form": question.form.value, "type": kind, "asked": asked, "right": list(right_answer(question)), "may": _may(question)}


def _kind(question: Ordering | Matching) -> tuple[str, str]:
    return ("sequencing", "ordering") if isinstance(question, Ordering) else ("matching", "matching")


def _may(question: Question) -> list[str]:
    if isinstance(question, Choice):
        return [option.id for option in question.options]
    if isinstance(question, Ordering):
        return [step.id for step in question.steps]
    return [f"{pair.id}.{number}" for pair in question.pairs for number in range(1, len(question.answers) + 1)]
