"""The shape of a training module's files: module.yaml and questions.yaml. Its pages are ordinary reviewed pages."""

from typing import Literal

from pydantic import Field, model_validator

from app.content.schema import Figured, Strict

Slug = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)


class Outcome(Strict):
    """Something that a learner will be able to do. The text completes "You will be able to ..."."""

    id: str = Slug
    text: str = Field(min_length=10, max_length=140)


class ModuleFile(Figured):
    """module.yaml. Change `version` with every change to a question, so that answers are never held against other words."""

    slug: str = Slug
    title: str = Field(max_length=80)
    version: str = Field(pattern=r"^\d{4}\.\d+$", max_length=20)
    minutes: int = Field(ge=1, le=20)
    summary: str = Field(max_length=260)
    outcomes: tuple[Outcome, ...] = Field(min_length=3, max_length=5)
    pages: tuple[str, ...] = Field(min_length=1)
    on_monday: tuple[str, ...] = Field(min_length=3, max_length=3)
    alternatives: tuple[str, ...] = Field(min_length=1)


class Option(Strict):
    """One answer that can be chosen, and what somebody reads who chose it."""

    id: str = Field(pattern=r"^[a-z]$")
    text: str = Field(min_length=3, max_length=120)
    right: bool = False
    feedback: str = Field(min_length=20, max_length=400)


class Question(Strict):
    """A question about a person in a vignette. Those outside the quiz are kept for later tests of the same outcome."""

    id: str = Slug
    outcome: str
    kind: Literal["single", "multiple"]
    in_quiz: bool
    about: str = Field(max_length=70)
    vignette: str = Field(min_length=40, max_length=600)
    stem: str = Field(min_length=10, max_length=160)
    options: tuple[Option, ...] = Field(min_length=3, max_length=6)
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _options_fit(self) -> "Question":
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("two options have the same id; give each its own letter")
        if self.kind == "single" and len(self.right) != 1:
            raise ValueError("a single question needs exactly one option with right: true")
        if self.kind == "multiple" and not 2 <= len(self.right) < len(ids):
            raise ValueError("a multiple question needs at least two options with right: true and at least one without")
        return self

    @property
    def right(self) -> frozenset[str]:
        """The ids of the right options."""
        return frozenset(option.id for option in self.options if option.right)


class QuestionFile(Figured):
    """questions.yaml: the bank of a module."""

    questions: tuple[Question, ...] = Field(min_length=5)
