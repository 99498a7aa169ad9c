"""Marking an answer. An answer is a tuple of texts: the letters chosen, the letters in the order given, or, of a matching question, a
letter and the number of an answer for each pair ("a.2": the second of the answers)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.training.schema import Choice, Matching, Ordering, Question

Given = tuple[str, ...]


class Verdict(StrEnum):
    """How an answer did. Only RIGHT counts towards the score."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True)
class Mark:
    """What became of an answer: how many of its right parts were given, of how many, and how many wrong ones."""

    found: int
    of: int
    mistaken: int

    @property
    def verdict(self) -> Verdict:
        """Right when every right part was given and no wrong one; partly when some right part was."""
        if self.found == self.of and not self.mistaken:
            return Verdict.RIGHT
        return Verdict.PARTLY if self.found else Verdict.WRONG


def mark(question: Question, given: Sequence[str]) -> Mark:
    """Hold an answer against what is right: the options, each thing in its place, or each pair."""
    if isinstance(question, Choice):
        chosen = set(given)
        return Mark(len(question.right & chosen), len(question.right), len(chosen - question.right))
    right = right_answer(question)
    found = sum(one == other for one, other in zip(right, given, strict=False))
    return Mark(found, len(right), len(right) - found)


def right_answer(question: Question) -> Given:
    """What somebody who gets everything right answers."""
    if isinstance(question, Choice):
        return tuple(sorted(question.right))
    if isinstance(question, Ordering):
        return tuple(step.id for step in question.steps)
    return tuple(f"{pair.id}.{question.answers.index(pair.answer) + 1}" for pair in question.pairs)


def answers_of(question: Matching, given: Sequence[str]) -> dict[str, str]:
    """The words that were matched with each pair, by the pair's letter."""
    numbers = dict(one.split(".", 1) for one in given)
    return {letter: question.answers[int(number) - 1] for letter, number in numbers.items()}
