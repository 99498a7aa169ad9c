"""Putting a word right against the words of the directory and of the vocabulary (optimal string alignment). Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from app.search.lexicon import Lexicon

SHORTEST, MIDDLING, LONG = 4, 6, 9
"""Letters from which on a word may have two letters swapped, one slip of any kind but in its first letter, two slips
anywhere. Most short words that nobody knows are names and abbreviations, not mistakes."""

FREQUENT = 20
"""Services that have to use a word for one of a letter less than MIDDLING to be put right to it ("oldam")."""

RELIABLE = 2
"""Services that have to mention a word before it counts as spelt right."""

FAR_MORE = 20
"""How many times more a vocabulary's word has to be in use than one that is no English and a letter away, which then counts as
a slip in the feed ("demetia")."""

CURATED = 50
"""How often a word of the vocabulary counts as used."""


class Speller:
    """Corrects unknown words. A word that a service only mentions is known, but nothing is corrected to it."""

    def __init__(
        self,
        headwords: Iterable[tuple[str, int]],
        mentioned: Iterable[tuple[str, int]],
        lexicon: Lexicon,
        english: Collection[str] = frozenset(),
    ) -> None:
        """`headwords` are words of names, types and places, each with the number of services; `mentioned` all words; `english`
        are ordinary ones, which are never taken for slips."""
        self._counts = defaultdict(int, headwords)
        self._english = english
        self._rare = {word for word, count in self._counts.items() if count * FAR_MORE <= CURATED and word not in english}
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
        forms = (word, f"{word}s", word.removesuffix("s"), word.removesuffix("es"))
        return word in self._english or not self._known.isdisjoint(forms)

    def _corrected(self, word: str) -> str:
        """The word meant, or the word itself where none is close enough. Two words where it is two run together."""
        if len(word) < SHORTEST or not word.isalpha():
            return word
        if self.knows(word):
            return self._slip_of_the_feed(word)
        edits = 2 if len(word) >= LONG else 1
        near = [other for length in range(len(word) - edits, len(word) + edits + 1) for other in self._by_length[length]]
        close = [
            (self._cost(word, other, int(distance)), other)
            for other, distance, _ in extract_iter(word, near, scorer=OSA.distance, score_cutoff=edits)
            if self._likely(word, other)
        ]
        return min(close)[1] if close else self._parted(word)

    def _slip_of_the_feed(self, word: str) -> str:
        """A word of the vocabulary where this one is in the feed by mistake only; else the word itself."""
        if len(word) < MIDDLING or word not in self._rare or word in self._curated:
            return word
        near = [other for length in range(len(word) - 1, len(word) + 2) for other in self._by_length[length] if other in self._curated]
        meant = [other for other, _, _ in extract_iter(word, near, scorer=OSA.distance, score_cutoff=1) if other[0] == word[0]]
        return max(meant, key=self._counts.__getitem__, default=word)

    def _likely(self, word: str, other: str) -> bool:
        if word[0] != other[0] and len(word) < LONG:
            return False
        frequent = len(word) == MIDDLING - 1 and self._counts[other] >= FREQUENT
        return len(word) >= MIDDLING or frequent or sorted(word) == sorted(other)

    def _cost(self, word: str, other: str, distance: int) -> float:
        """Edits, dearer where the first letter differs, cheaper where the word is in frequent use."""
        return distance + 0.7 * (word[0] != other[0]) - 0.12 * log(1 + self._counts[other])

    def _parted(self, word: str) -> str:
        """Two words of the vocabulary that were run together; the word itself where there are none."""
        pairs = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
        return next((f"{a} {b}" for a, b in pairs if a in self._curated and b in self._curated), word)
