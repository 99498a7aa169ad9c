"""What a session is made of, and what may be seen of a step. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 3
"""How many of each side have to have answered before anything is shown."""
READ, ASK, AGREE = "read", "ask", "agree"


@dataclass(frozen=True)
class Step:
    """One step: a story to read, a question, or the agreement at the end. `asks` is the question by side; `part` where it
    belongs; `then` what was found long ago, for the room to talk about."""

    kind: str
    part: str
    title: str
    text: str = ""
    asks: Mapping[str, str] | None = None
    options: tuple[str, ...] = ()
    then: str = ""

    @staticmethod
    def of(kept: Mapping[str, Any]) -> "Step":
        """As it was kept when the session began."""
        return Step(**{**kept, "options": tuple(kept["options"])})

    def words(self, side: str) -> str:
        """The question as this side is asked it."""
        return (self.asks or {}).get(side) or self.text


@dataclass(frozen=True)
class Board:
    """What the room sees of a question: how many have answered, by side, and, once it is shown, what. `shares` are whole percentages."""

    answered: Mapping[str, int]
    present: Mapping[str, int]
    counts: Mapping[str, Sequence[int]] | None

    @property
    def enough(self) -> bool:
        """True where so many of each side have answered that nobody stands alone."""
        return min(self.answered.values(), default=0) >= FEWEST


def board(step: Step, sides: Sequence[str], present: Mapping[str, int], votes: Mapping[tuple[str, int], int], shown: bool) -> Board:
    """The board of a step. Without enough answers of each side there are no counts, whoever asks for them."""
    answered = {side: sum(number for (of, _), number in votes.items() if of == side) for side in sides}
    found = Board(answered, {side: present.get(side, 0) for side in sides}, None)
    if not (shown and found.enough):
        return found
    return Board(answered, found.present, {side: [votes.get((side, place), 0) for place in range(len(step.options))] for side in sides})
