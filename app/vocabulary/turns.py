"""What a later message does to earlier ones: lays them aside for another person, or takes something out of them. Pure."""

from collections.abc import Callable, Sequence

from app.vocabulary.matching import Match, PhraseTree
from app.vocabulary.reading_schema import TurnWords
from app.vocabulary.tokens import ENDS

OPENING = 3
"""Tokens at the start of a message within which "new patient" begins it anew."""

OBJECT = 6
"""Tokens behind "forget" that say what is to be forgotten."""


class TurnReader:
    """Knows the words of content/reading/turns.yaml."""

    def __init__(self, words: TurnWords, written_out: Callable[[str], str]) -> None:
        groups = {"anew": words.starts_anew, "wrong": words.wrong_person, "out": words.takes_out}
        self.tree = PhraseTree((written_out(phrase), name) for name, phrases in groups.items() for phrase in phrases)

    def lays_aside(self, tokens: Sequence[str]) -> bool:
        """True where all that was said before was about somebody else."""
        found = self.tree.longest([*tokens, "."])
        return any(match.concept == "wrong" or (match.concept == "anew" and match.start < OPENING) for match in found)

    def taken_out(self, tokens: Sequence[str], matches: Sequence[Match]) -> set[str]:
        """The concept classes named behind "forget", "scrap" and the like."""
        found: set[str] = set()
        for out in self.tree.longest(tokens):
            if out.concept == "out":
                ends = [at for at in range(out.end, len(tokens)) if tokens[at] in ENDS or tokens[at] == ","]
                end = min([out.end + OBJECT, *ends[:1]])
                found |= {match.concept for match in matches if out.end <= match.start and match.end <= end}
        return found
