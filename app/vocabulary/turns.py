"""What a later message does to earlier ones: lays them aside for another person, or takes something out of them. Pure."""

from collections.abc import Callable, Sequence

from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import TurnWords
from app.vocabulary.tokens import ENDS, Token

OPENING = 3
"""Tokens at the start of a message within which "new patient" begins it anew."""

OBJECT = 6
"""Tokens behind "forget" that say what is to be forgotten."""


class TurnReader:
    """Knows the words of content/reading/turns.yaml; their names begin with ">"."""

    def __init__(self, words: TurnWords, written_out: Callable[[str], str]) -> None:
        groups = {">anew": words.starts_anew, ">wrong": words.wrong_person, ">out": words.takes_out}
        self.phrases = [(written_out(phrase), name) for name, phrases in groups.items() for phrase in phrases]

    @staticmethod
    def lays_aside(found: Sequence[Match]) -> bool:
        """True where, by the words of this file found in it, all that was said before was about somebody else."""
        return any(match.concept in (">anew", ">wrong") and match.start < OPENING for match in found)

    @staticmethod
    def taken_out(tokens: Sequence[Token], found: Sequence[Match], classes: Sequence[Match]) -> set[str]:
        """The concept classes named behind "forget", "scrap" and the like."""
        named: set[str] = set()
        for out in found:
            if out.concept == ">out":
                near = range(out.end, min(out.end + OBJECT, len(tokens)))
                end = next((at for at in near if tokens[at].text in ENDS or tokens[at].text == ","), near.stop)
                named |= {match.concept for match in classes if out.end <= match.start and match.end <= end}
        return named
