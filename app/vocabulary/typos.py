"""One slip, a letter or a missing space, in words that nobody knows. Shown to the reader, never into or out of a negation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.vocabulary.tokens import Token

SHORTEST = 5
"""Letters that a word needs before it is corrected; shorter ones have too many neighbours."""

SHORTEST_HALF = 3
"""Letters of each of two words that were run together."""


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
        self._never = frozenset(never)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._lexicon - self._never:
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
        if not found:
            return self._apart(word)
        if len(found) > 1:
            stems = {candidate.removesuffix("s") for candidate in found}
            return min(found, key=len) if len(stems) == 1 else None
        return found[0]

    def _apart(self, word: str) -> str | None:
        """ "mumfell" as "mum fell", where the space can stand in one place only."""
        places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        halves = [(word[:at], word[at:]) for at in places]
        both = [(one, two) for one, two in halves if one in self._lexicon and two in self._lexicon and not self._never & {one, two}]
        return " ".join(both[0]) if len(both) == 1 else None

    def correct(self, tokens: Sequence[Token]) -> tuple[list[Token], list[Typo]]:
        """The tokens as read, and every correction made."""
        read: list[Token] = []
        typos: list[Typo] = []
        for token in tokens:
            better = self.corrected(token.text)
            if better:
                typos.append(Typo(token.start, token.end, token.text, better))
            read += [Token(word, token.start, token.end) for word in better.split()] if better else [token]
        return read, typos
