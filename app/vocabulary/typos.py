"""One slip, a letter or a missing space, in words that nobody knows. Shown to the reader; into a negation only where two letters
changed places, never out of one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from app.vocabulary.tokens import ENDS, Token

SHORTEST = 5
"""Letters that a word needs before it is corrected; shorter ones have too many neighbours."""

LONGEST = 24
"""Letters up to which a word is corrected; what is longer is no word."""

SHORTEST_NAME = 8
"""Letters that a name needs before it is corrected: "Woking" is not "working", but "Parkinsens" is Parkinson's."""

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
    """Corrects words unknown both to the lexicon and to English, where exactly one lexicon word is one slip away: two letters
    that changed places before any other slip, English words before ours that are not, and a letter left out before one too
    many or another."""

    def __init__(self, lexicon: Iterable[str], english: frozenset[str], never: Iterable[str]) -> None:
        """To the words of `never` a word is corrected only where two of its letters changed places."""
        self._english = english
        self._lexicon = frozenset(lexicon)
        self._never = frozenset(never)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._lexicon - self._never:
            if word.isalpha() and len(word) >= SHORTEST - 1:
                self._by_start[word[0], len(word)].append(word)
        self.corrected = lru_cache(maxsize=20_000)(self._corrected)

    def unknown(self, tokens: Sequence[Token]) -> list[int]:
        """Where words stand that are neither English nor ours."""
        ours, english = self._lexicon, self._english
        return [at for at, token in enumerate(tokens) if token.text not in ours and token.text not in english and token.text.isalpha()]

    def known(self, word: str) -> bool:
        """True for words of the lexicon and of ordinary English."""
        return word in self._lexicon or word in self._english

    def _corrected(self, word: str, name: bool = False) -> str | None:
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or self.known(word):
            return None
        if known := {swapped for swapped in _swapped(word) if self.known(swapped)}:
            return self._one(known & self._lexicon)
        if name and len(word) < SHORTEST_NAME:
            return None
        near = [c for size in (-1, 0, 1) for c in self._by_start.get((word[0], len(word) + size), ())]
        found = {candidate for candidate in near if OSA.distance(word, candidate, score_cutoff=1) == 1}
        if not found:
            return None if name else self._apart(word)
        found = found & self._english or found
        return self._one({candidate for candidate in found if len(candidate) > len(word)} or found)

    @staticmethod
    def _one(found: set[str]) -> str | None:
        """The only word found; a word and its plural are one."""
        return min(found, key=len) if len({word.removesuffix("s") for word in found}) == 1 else None

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
            if self.known(token.text):
                read.append(token)
                continue
            better = self.corrected(token.text, _is_name(token, read))
            if better:
                typos.append(Typo(token.start, token.end, token.text, better))
            read += [token._replace(text=word) for word in better.split()] if better else [token]
        return read, typos


def _swapped(word: str) -> set[str]:
    """The word with two neighbouring letters back in their places: the surest slip, as all letters are there."""
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}


def _is_name(token: Token, before: Sequence[Token]) -> bool:
    """True for a word that begins with a capital though no sentence begins there."""
    return token.initial and not token.capital and bool(before) and before[-1].text not in ENDS
