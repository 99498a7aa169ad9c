"""One-letter slips in words that nobody knows. Shown to the reader, never into or out of a negation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.vocabulary.tokens import Token

SHORTEST = 5
"""Letters that a word needs before it is corrected; shorter ones have too many neighbours."""


@dataclass(frozen=True, slots=True)
class Typo:
    """A word read as another: the characters it was read from, what stood there, what it was read as."""

    start: int
    end: int
    wrote: str
    read_as: str


class Corrector:
    """Corrects words unknown both to the lexicon and to English, where exactly one lexicon word is one slip away."""

    def __init__(self, lexicon: Iterable[str], english: frozenset[str], never: Iterable[str]) -> None:
        self._english = english
        self._lexicon = frozenset(lexicon)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._lexicon - frozenset(never):
            if word.isalpha() and len(word) >= SHORTEST - 1:
                self._by_start[word[0], len(word)].append(word)
        self.corrected = lru_cache(maxsize=20_000)(self._corrected)

    def known(self, word: str) -> bool:
        """True for words of the lexicon and of ordinary English."""
        return word in self._lexicon or word in self._english

    def _corrected(self, word: str) -> str | None:
        if len(word) < SHORTEST or not word.isalpha() or self.known(word):
            return None
        near = [c for size in (-1, 0, 1) for c in self._by_start.get((word[0], len(word) + size), ())]
        found = [candidate for candidate in near if OSA.distance(word, candidate, score_cutoff=1) == 1]
        if len(found) > 1:
            stems = {candidate.removesuffix("s") for candidate in found}
            return min(found, key=len) if len(stems) == 1 else None
        return found[0] if found else None

    def correct(self, tokens: Sequence[Token]) -> tuple[list[Token], list[Typo]]:
        """The tokens as read, and every correction made."""
        read: list[Token] = []
        typos: list[Typo] = []
        for token in tokens:
            better = self.corrected(token.text)
            if better:
                typos.append(Typo(token.start, token.end, token.text, better))
            read.append(Token(better, token.start, token.end) if better else token)
        return read, typos
