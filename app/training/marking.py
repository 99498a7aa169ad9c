"""Marking an answer: single best answer and multiple response by one rule."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How an answer did. Only RIGHT counts towards the score."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True)
class Mark:
    """What became of an answer: the right options that were chosen, those that were not, and wrong ones that were."""

    found: frozenset[str]
    missed: frozenset[str]
    mistaken: frozenset[str]

    @property
    def verdict(self) -> Verdict:
        """Right when every right option was chosen and no other; partly when some right option was."""
        if self.found and not self.missed and not self.mistaken:
            return Verdict.RIGHT
        return Verdict.PARTLY if self.found else Verdict.WRONG


def mark(right: Set[str], chosen: Set[str]) -> Mark:
    """Hold the chosen options against the right ones."""
    return Mark(frozenset(right & chosen), frozenset(right - chosen), frozenset(chosen - right))
