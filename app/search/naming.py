"""Words of names as people write them who have only heard them: in two words or one, or a letter away. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from app.search.lexicon import Lexicon

SHORTEST_PART = 3
"""Letters of the shorter part of a word that was run together."""

MISHEARD = 7
"""Letters from which on an English word that no service uses is taken for a name a letter away ("clementine")."""

Heard = tuple[tuple[str, ...], tuple[str, ...]]
"""Words as written and the words of a name that they stand for."""


class Names:
    """The words of all names of services and organisations."""

    def __init__(self, spelt: Iterable[str], lexicon: Lexicon, english: Collection[str]) -> None:
        self._spelt = frozenset(spelt)
        self._lexicon = lexicon
        self._english = english
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._spelt - lexicon.known):
            self._by_length[len(word)].append(word)

    def heard(self, spoken: list[str]) -> Iterator[Heard]:
        """What else the words of a search may name."""
        for first, second in zip(spoken, spoken[1:], strict=False):
            if first + second in self._spelt - self._lexicon.ignored:
                yield (first, second), (first + second,)
        for word in spoken:
            if word in self._spelt or word in self._lexicon.known:
                continue
            for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
                if word[:cut] in self._spelt and word[cut:] in self._spelt:
                    yield (word,), (word[:cut], word[cut:])
            if word in self._english and len(word) >= MISHEARD:
                near = [other for length in (-1, 0, 1) for other in self._by_length[len(word) + length] if other[0] == word[0]]
                for other, _, _ in extract_iter(word, near, scorer=OSA.distance, score_cutoff=1):
                    yield (word,), (other,)
