"""The shape of a training module's files: module.yaml and questions.yaml. Its pages are ordinary reviewed pages."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from app.content.schema import Figured, Strict

Slug = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)
Letter = Field(pattern=r"^[a-z]$")
Line = Field(min_length=3, max_length=120)
Explanation = Field(min_length=20, max_length=400)


Learners = Literal["general practice", "social care"]
LEARNERS: tuple[Learners, ...] = get_args(Learners)


class Form(StrEnum):
    """When a question is asked: before reading, after it, one to two weeks later, and three months later.

    The four forms of a module ask about the same outcomes by different people's stories, so that their scores can be compared.
    """

    BEFORE = "before"
    AFTER = "after"
    WEEKS = "weeks"
    MONTHS = "months"


class Outcome(Strict):
    """Something that a learner will be able to do. The text completes "You will be able to ..."."""

    id: str = Slug
    text: str = Field(min_length=10, max_length=140)


class ModuleFile(Figured):
    """module.yaml. Change `version` with every change to a question, so that answers are never held against other words."""

    slug: str = Slug
    number: int = Field(ge=1, le=99)
    title: str = Field(max_length=80)
    learners: Learners = "general practice"
    version: str = Field(pattern=r"^\d{4}\.\d+$", max_length=20)
    minutes: int = Field(ge=1, le=20)
    summary: str = Field(max_length=260)
    outcomes: tuple[Outcome, ...] = Field(min_length=3, max_length=5)
    pages: tuple[str, ...] = Field(min_length=1)
    reflection: tuple[str, ...] = Field(min_length=1, max_length=3)
    on_monday: tuple[str, ...] = Field(min_length=3, max_length=3)
    alternatives: tuple[str, ...] = Field(min_length=1)


class Asked(Strict):
    """What every question has. Its story is its own vignette, or that of a case which several questions share."""

    id: str = Slug
    outcome: str
    form: Form
    about: str = Field(max_length=70)
    case: str = ""
    vignette: str = Field(default="", max_length=600)
    stem: str = Field(min_length=10, max_length=160)
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_story(self) -> "Asked":
        if bool(self.case) == bool(self.vignette):
            raise ValueError("give a vignette, or the id of a case that several questions share; not both")
        if self.vignette and len(self.vignette) < 40:
            raise ValueError("the vignette is shorter than 40 characters; tell what the learner has to know")
        return self


class Option(Strict):
    """One answer that can be chosen, and what somebody reads about it."""

    id: str = Letter
    text: str = Line
    right: bool = False
    feedback: str = Explanation


class Choice(Asked):
    """Single best answer, or every answer that applies."""

    kind: Literal["single", "multiple"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _options_fit(self) -> "Choice":
        ids = _told_apart("options", [option.id for option in self.options])
        if self.kind == "single" and len(self.right) != 1:
            raise ValueError("a single question needs exactly one option with right: true")
        if self.kind == "multiple" and not 2 <= len(self.right) < len(ids):
            raise ValueError("a multiple question needs at least two options with right: true and at least one without")
        return self

    @property
    def right(self) -> frozenset[str]:
        """The ids of the right options."""
        return frozenset(option.id for option in self.options if option.right)


class Step(Strict):
    """One thing to be put in its place, and why it stands there."""

    id: str = Letter
    text: str = Line
    feedback: str = Explanation


class Ordering(Asked):
    """Things to be put in order. The file has them in the right order; the page shows them by their letters."""

    kind: Literal["ordering"]
    steps: tuple[Step, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _steps_fit(self) -> "Ordering":
        ids = _told_apart("steps", [step.id for step in self.steps])
        if ids == sorted(ids):
            raise ValueError(
                "by their letters the steps are in the right order already, and the page shows them by letter; give them other letters"
            )
        return self


class Pair(Strict):
    """Something, the answer that belongs to it, and why."""

    id: str = Letter
    text: str = Line
    answer: str = Field(min_length=2, max_length=80)
    feedback: str = Explanation


class Matching(Asked):
    """Things to be matched with answers. Two may share one answer; `others` are answers that belong to none of them."""

    kind: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=6)
    others: tuple[str, ...] = Field(default=(), max_length=4)

    @model_validator(mode="after")
    def _pairs_fit(self) -> "Matching":
        _told_apart("pairs", [pair.id for pair in self.pairs])
        if len(self.answers) < 2:
            raise ValueError("a matching question needs at least two different answers")
        if set(self.others) & {pair.answer for pair in self.pairs}:
            raise ValueError("an answer under others belongs to a pair; take it out of others")
        return self

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that can be chosen, each once, in the order of the alphabet, so that their order tells nothing."""
        return tuple(sorted({*(pair.answer for pair in self.pairs), *self.others}))


Question = Annotated[Choice | Ordering | Matching, Field(discriminator="kind")]


class Case(Strict):
    """The story of one person, about whom several questions of one form are asked, one after another."""

    id: str = Slug
    vignette: str = Field(min_length=40, max_length=900)


class QuestionFile(Figured):
    """questions.yaml: the bank of a module. The questions of a form are asked in the order of the file."""

    cases: tuple[Case, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=12)

    @model_validator(mode="after")
    def _cases_fit(self) -> "QuestionFile":
        for problem in self._misplaced():
            raise ValueError(problem)
        return self

    def _misplaced(self) -> Iterator[str]:
        known = {case.id for case in self.cases}
        yield from (f"{one.id}: there is no case {one.case!r}" for one in self.questions if one.case and one.case not in known)
        for case in sorted(known):
            forms = [question.form for question in self.questions if question.case == case]
            if len(forms) < 2 or len(set(forms)) > 1:
                yield f"case {case}: at least two questions share a case, and all of them belong to one form"


def _told_apart(what: str, ids: list[str]) -> list[str]:
    if len(set(ids)) < len(ids):
        raise ValueError(f"two {what} have the same id; give each its own letter")
    return ids
