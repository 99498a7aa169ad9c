"""How the words of a question are divided among the passages: each word, small ones too, and each two that stand together. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log

from app.search.words import stem

HELD_BACK = 20.0
"""Wordings as usual as all others that each passage is taken to have besides its own, so that one word proves little."""


class Phrasing:
    """Counts in how many wordings of each passage a word or pair of words stands.

    A passage gains `log(1 + n / HELD_BACK)` for a word that stands in many of its wordings, where n is that number over the share
    of all wordings that have it. It loses `log(1 + all / HELD_BACK)` for each word asked, where all is the number of its wordings.
    """

    def __init__(self, wordings: Iterable[tuple[str, Sequence[str]]]) -> None:
        """The words of each wording with the passage to which it belongs."""
        self._wordings: Counter[str] = Counter()
        self._with: dict[str, Counter[str]] = defaultdict(Counter)
        for identity, said in wordings:
            self._wordings[identity] += 1
            for part in _parts(said):
                self._with[part][identity] += 1
        self._all = self._wordings.total()

    def likeness(self, said: Sequence[str]) -> dict[str, float]:
        """For each passage how much more than others it is asked for in these words: about -1 to 2."""
        parts = _parts(said)
        heard = [self._with[part] for part in parts if part in self._with]
        found = {identity: len(heard) * log(HELD_BACK / (HELD_BACK + count)) for identity, count in self._wordings.items()}
        for counts in heard:
            times = self._all / counts.total()
            for identity, count in counts.items():
                found[identity] += log(1 + count * times / HELD_BACK)
        return {identity: gain / max(1, len(parts)) for identity, gain in found.items()}


def _parts(said: Sequence[str]) -> set[str]:
    roots = [stem(word) for word in said]
    return {*roots, *(f"{one} {other}" for one, other in zip(roots, roots[1:], strict=False))}
