"""Which passage answers a plain question, and whether any does. Pure; over our own passages only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from app.search.lexicon import Lexicon, Stems
from app.search.words import stem, words
from app.vocabulary.schema import Passage

BODY_SHARE = 0.6
"""How much it counts that the passage as a whole speaks of what is asked, beside the one wording that is nearest."""

SYNONYM_SHARE = 0.7
ENOUGH = 0.62
"""The least score at which a passage is taken to answer; below it we say that we do not know."""


@dataclass(frozen=True)
class Fit:
    """A passage and how well it fits, 0 to 1 + BODY_SHARE."""

    id: str
    score: float


class PassageIndex:
    """Passages by the stems of the ways in which they are asked for."""

    def __init__(self, passages: Mapping[str, Passage], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._wordings: list[tuple[str, frozenset[str]]] = []
        self._bodies: dict[str, frozenset[str]] = {}
        for identity, passage in passages.items():
            asked = [frozenset(self._stems(text)) for text in (*passage.asked_as, passage.title)]
            self._wordings += [(identity, stems) for stems in asked if stems]
            self._bodies[identity] = frozenset().union(*asked, self._stems(passage.text))
        held = Counter(word for body in self._bodies.values() for word in body)
        self._weight = {word: log(1 + len(self._bodies) / count) for word, count in held.items()}
        self._unheard = log(1 + len(self._bodies))
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for number, (_, stems) in enumerate(self._wordings):
            for word in stems:
                self._by_stem[word].append(number)
        self._sizes = [self._size(stems) for _, stems in self._wordings]

    def answers(self, question: str, most: int = 3) -> list[Fit]:
        """The passages that answer the question, best first; none where none fits well enough."""
        asked = self._asked(question)
        size = self._size(asked)
        if not size:
            return []
        shared: dict[int, float] = defaultdict(float)
        for word, share in asked.items():
            for number in self._by_stem.get(word, ()):
                shared[number] += share * self._weight[word] ** 2
        nearest: dict[str, float] = {}
        for number, dot in shared.items():
            identity = self._wordings[number][0]
            nearest[identity] = max(nearest.get(identity, 0.0), dot / (size * self._sizes[number]))
        whole = sum(share * self._weight.get(word, self._unheard) for word, share in asked.items())
        fits = [Fit(identity, near + BODY_SHARE * self._spoken_of(identity, asked, whole)) for identity, near in nearest.items()]
        fits.sort(key=lambda fit: (-fit.score, fit.id))
        return [fit for fit in fits[:most] if fit.score >= ENOUGH]

    def _spoken_of(self, identity: str, asked: Mapping[str, float], whole: float) -> float:
        body = self._bodies[identity]
        return sum(share * self._weight[word] for word, share in asked.items() if word in body) / whole

    def _size(self, asked: Mapping[str, float] | Iterable[str]) -> float:
        shares = asked if isinstance(asked, Mapping) else dict.fromkeys(asked, 1.0)
        return sqrt(sum((share * self._weight.get(word, self._unheard)) ** 2 for word, share in shares.items()))

    def _stems(self, text: str) -> list[str]:
        return [stem(word) for word in words(text) if word not in self._lexicon.ignored]

    def _asked(self, question: str) -> dict[str, float]:
        """The stems of a question, and those of what they may also be called, which count for less."""
        own = self._stems(question)
        asked = dict.fromkeys(own, 1.0)
        for phrase in _phrases(own):
            for meaning in self._lexicon.meanings.get(phrase, ()):
                if meaning.kind == "synonym":
                    for word in meaning.phrase:
                        asked.setdefault(word, SYNONYM_SHARE)
        return asked


def _phrases(own: list[str]) -> Iterable[Stems]:
    return (tuple(own[start:end]) for start in range(len(own)) for end in range(start + 1, min(start + 4, len(own)) + 1))
