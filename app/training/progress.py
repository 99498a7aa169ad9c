"""The way through a module: what comes next, what is open already, and where somebody stopped."""

from dataclasses import dataclass
from typing import Literal

FINISH = "finish"
"""The step after the last question."""


@dataclass(frozen=True)
class Position:
    """Where a step lies: the third of five questions, say. The finish is the first of one."""

    kind: Literal["page", "question", "finish"]
    number: int
    of: int


@dataclass(frozen=True)
class Way:
    """Pages of text, then questions, then the finish, by their ids and in order."""

    pages: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        return (*self.pages, *self.questions, FINISH)

    def after(self, step: str) -> str:
        """The step that follows; nothing follows the finish, which raises IndexError."""
        return self.steps[self.steps.index(step) + 1]

    def is_open(self, step: str, reached: str) -> bool:
        """True for the step that somebody has reached and for all before it."""
        return self.steps.index(step) <= self.steps.index(reached)

    def position(self, step: str) -> Position:
        """Where the step lies among those of its kind."""
        if step in self.pages:
            return Position("page", self.pages.index(step) + 1, len(self.pages))
        if step in self.questions:
            return Position("question", self.questions.index(step) + 1, len(self.questions))
        return Position("finish", 1, 1)
