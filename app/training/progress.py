"""The way through an attempt: what comes next, what is open already, and where somebody stopped."""

from dataclasses import dataclass
from typing import Literal

MODULE = "module"
"""The part of an attempt that goes through a module; the others are follow-ups, called by the form that they ask."""
FINISH = "finish"
"""The step after the last question."""


@dataclass(frozen=True)
class Position:
    """Where a step lies: the third of five questions, say. The finish is the first of one."""

    kind: Literal["before", "page", "question", "finish"]
    number: int
    of: int


@dataclass(frozen=True)
class Way:
    """Questions before, pages of text, questions after, then the finish, by their ids and in order."""

    before: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        return (*self.before, *self.pages, *self.after, FINISH)

    @property
    def questions(self) -> tuple[str, ...]:
        return (*self.before, *self.after)

    def next(self, step: str) -> str:
        """The step that follows; nothing follows the finish, which raises IndexError."""
        return self.steps[self.steps.index(step) + 1]

    def is_open(self, step: str, reached: str) -> bool:
        """True for the step that somebody has reached and for all before it."""
        return self.steps.index(step) <= self.steps.index(reached)

    def position(self, step: str) -> Position:
        """Where the step lies among those of its kind."""
        if step in self.before:
            return Position("before", self.before.index(step) + 1, len(self.before))
        if step in self.pages:
            return Position("page", self.pages.index(step) + 1, len(self.pages))
        if step in self.after:
            return Position("question", self.after.index(step) + 1, len(self.after))
        return Position("finish", 1, 1)
