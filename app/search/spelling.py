"""Putting a word right against the words of the directory and of the vocabulary (optimal string alignment). Pure."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from app.search.lexicon import Lexicon

SHORTEST, MIDDLING, LONG = 4, 6, 9
"""Letters from which on a word may have two letters swapped, one slip of any kind but in its first letter, two slips
anywhere. Most short words that nobody knows are names and abbreviations, not mistakes."""

RELIABLE = 2
"""Services that have to mention a word before it counts as spelt right."""

CURATED = 50
"""How often a word of the vocabulary counts as used."""


class Speller:
    """Corrects unknown words. A word that a service only mentions is known, but nothing is corrected to it."""

    def __init__(self, headwords: Iterable[tuple[str, int]], mentioned: Iterable[tuple[str, int]], lexicon: Lexicon) -> None:
        """`headwords` are words of names, types and places, each with the number of services; `mentioned` all words."""
        self._counts = defaultdict(int, headwords)
        for word in lexicon.known - lexicon.ignored:
            self._counts[word] += CURATED
        self._curated = lexicon.known
        self._known = {*self._counts, *lexicon.known, *(word for word, count in mentioned if count >= RELIABLE)}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._counts):
            self._by_length[len(word)].append(word)
        self.corrected = lru_cache(maxsize=10_000)(self._corrected)

    def knows(self, word: str) -> bool:
        """True where the word is in use, or its singular or plural is."""
        return not self._known.isdisjoint((word, f"{word}s", word.removesuffix("s"), word.removesuffix("es")))

    def _corrected(self, word: str) -> str:
        """The word meant, or the word itself where none is close enough. Two words where it is two run together."""
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word):
            return word
        edits = 2 if len(word) >= LONG else 1
        near = [other for length in range(len(word) - edits, len(word) + edits + 1) for other in self._by_length[length]]
        close = [
            (self._cost(word, other, int(distance)), other)
            for other, distance, _ in extract_iter(word, near, scorer=OSA.distance, score_cutoff=edits)
            if self._likely(word, other)
        ]
        return min(close)[1] if close else self._parted(word)

    def _likely(self, word: str, other: str) -> bool:
        if word[0] != other[0] and len(word) < LONG:
            return False
        return len(word) >= MIDDLING or sorted(word) == sorted(other)

    def _cost(self, word: str, other: str, distance: int) -> float:
        """Edits, dearer where the first letter differs, cheaper where the word is in frequent use."""
        return distance + 0.7 * (word[0] != other[0]) - 0.12 * log(1 + self._counts[other])

    def _parted(self, word: str) -> str:
        """Two words of the vocabulary that were run together; the word itself where there are none."""
        pairs = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
        return next((f"{a} {b}" for a, b in pairs if a in self._curated and b in self._curated), word)
