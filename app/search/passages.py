"""Which text of ours answers a plain question, and whether any does: passages and parts of alternatives alike. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from math import exp, log, sqrt

from app.search.concepts import ELSEWHERE, ConceptFile, Read, Reader
from app.search.lexicon import Lexicon
from app.search.phrasing import Phrasing
from app.search.spelling import RELIABLE, Speller
from app.search.words import words
from app.vocabulary.catalogue import Vocabulary

ENOUGH, AT_LEAST, UNHEARD_OF = 1.5, 1.0, 2.0
"""The least score at which a passage is taken to answer; below it we say that we hold nothing. What no text of ours speaks of raises
it: to `AT_LEAST` and `UNHEARD_OF` times its share in what is asked ("dog grooming prices")."""

LENIENCE, USUAL, LONG = 0.5, 10, 25
"""A story holds words that say nothing of what is asked, so that a long text fits less well than a short one: what its score
gains, by the logarithm of its words over the usual number, up to a number from which on it is a situation."""

NEAREST, COVERED, LEANING, WORDED = 1.5, 1.4, 1.2, 1.0
"""How much it counts how near the nearest wording comes, that a passage speaks of all that is asked, that what is asked is
seldom spoken of elsewhere, and that it is asked for in these very words."""

OFTEN = 0.25
"""The share of a passage's wordings from which on a concept is plainly what it is about."""

IN_TEXT = 0.3
"""How much it counts that only the text of a passage speaks of a concept."""

STRANGE = 4.0
"""How much more a subject that we do not answer counts against every passage than a word that nobody used."""


@dataclass(frozen=True)
class Askable:
    """A text that answers, and the ways in which people ask for it."""

    wordings: tuple[str, ...]
    text: str


def askable(known: Vocabulary) -> dict[str, Askable]:
    """Passages by their ids, parts of alternatives by both ids ("day_care.cost")."""
    found = {identity: Askable((*passage.asked_as, passage.title), passage.text) for identity, passage in known.passages.items()}
    for alternative in known.alternatives.values():
        for part, wordings in alternative.asked_as.items():
            found[f"{alternative.id}.{part}"] = Askable(wordings, f"{alternative.label}. {alternative.summary}")
    return found


@dataclass(frozen=True)
class Fit:
    """A passage or part and how well it fits: under 1 where it shares next to nothing with the question, about 5 at the most."""

    id: str
    score: float


class PassageIndex:
    """Passages by the concepts and words of the ways in which they are asked for.

    What few passages speak of tells them apart and counts most; `_weight` is the logarithm of the number of passages
    over the number among which a concept is really spread (the exponential of its entropy).
    """

    def __init__(self, passages: Mapping[str, Askable], files: Iterable[ConceptFile], lexicon: Lexicon, english: Collection[str]) -> None:
        """`english` are ordinary words, which are never taken for slips."""
        self._reader = Reader(files)
        used = Counter([*self._reader.known(), *_words_of(passages.values())])
        self._speller = Speller(used.items(), zip(english, repeat(RELIABLE)), lexicon)
        self._undoubled = {_undoubled(word): word for word in used}
        self._wordings: list[tuple[str, Read]] = []
        self._about: dict[str, dict[str, float]] = defaultdict(dict)
        self._phrasing = Phrasing((identity, words(text)) for identity, passage in passages.items() for text in passage.wordings)
        shares: dict[str, Read] = defaultdict(dict)
        for identity, passage in passages.items():
            asked = [_answerable(self._reader.read(text)) for text in passage.wordings]
            self._wordings += [(identity, read) for read in asked]
            for concept, count in Counter(concept for read in asked for concept in read).items():
                shares[concept][identity] = count / len(asked)
                self._about[concept][identity] = sqrt(min(1.0, count / len(asked) / OFTEN))
            for concept in _answerable(self._reader.read(passage.text)):
                self._about[concept][identity] = max(self._about[concept].get(identity, 0.0), IN_TEXT)
                shares[concept].setdefault(identity, IN_TEXT / len(asked))
        self._unheard = log(1 + len(passages))
        self._weight = {concept: log(1 + len(passages) / _spread(share.values())) for concept, share in shares.items()}
        self._lean = {concept: _of_whole(share) for concept, share in shares.items()}
        self._sizes = [self._size(read) for _, read in self._wordings]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, (_, read) in enumerate(self._wordings):
            for concept in read:
                self._with[concept].append(number)

    def answers(self, question: str, most: int = 3) -> list[Fit]:
        """The passages that answer the question, best first; none where none fits well enough."""
        asked = self._reader.read(question, self._put_right)
        whole = sum(share * self._worth(concept) for concept, share in asked.items())
        unheard = sum(share * self._worth(concept) for concept, share in asked.items() if concept not in self._weight)
        enough = max(ENOUGH, AT_LEAST + UNHEARD_OF * unheard / whole) if whole else ENOUGH
        return [fit for fit in self.ranked(question)[:most] if fit.score >= enough]

    def ranked(self, question: str) -> list[Fit]:
        """Every passage, best first."""
        asked = self._reader.read(question, self._put_right)
        weighed = {concept: share * self._worth(concept) for concept, share in asked.items()}
        said = [self._put_right(word) for word in words(question)]
        gain = LENIENCE * log(min(max(1, len(said)), LONG) / USUAL)
        scores = {identity: gain + WORDED * like for identity, like in self._phrasing.likeness(said).items()}
        for identity, near in self._nearest(asked).items():
            scores[identity] += NEAREST * near
        heaviness, length = sum(weighed.values()), sum(asked.values())
        for concept, weight in weighed.items():
            for identity, about in self._about.get(concept, {}).items():
                scores[identity] += COVERED * about * weight / heaviness
            for identity, lean in self._lean.get(concept, {}).items():
                scores[identity] += LEANING * lean * asked[concept] / length
        return sorted((Fit(identity, score) for identity, score in scores.items()), key=lambda fit: (-fit.score, fit.id))

    def _put_right(self, word: str) -> str:
        """The word, or the known one that was meant: often a letter is doubled that should not be ("deffered")."""
        if self._speller.knows(word):
            return word
        return self._undoubled.get(_undoubled(word)) or self._speller.corrected(word)

    def _nearest(self, asked: Read) -> dict[str, float]:
        """How near the nearest wording of each passage comes (the cosine of the two)."""
        shared: dict[int, float] = defaultdict(float)
        for concept, share in asked.items():
            for number in self._with.get(concept, ()):
                shared[number] += share * self._wordings[number][1][concept] * self._worth(concept) ** 2
        size = self._size(asked)
        nearest: dict[str, float] = defaultdict(float)
        for number, together in shared.items():
            identity = self._wordings[number][0]
            nearest[identity] = max(nearest[identity], together / (size * self._sizes[number]))
        return nearest

    def _worth(self, concept: str) -> float:
        return self._weight.get(concept, self._unheard * (STRANGE if concept == ELSEWHERE.upper() else 1.0))

    def _size(self, read: Read) -> float:
        return sqrt(sum((share * self._worth(concept)) ** 2 for concept, share in read.items()))


def _answerable(read: Read) -> Read:
    return {concept: share for concept, share in read.items() if concept != ELSEWHERE.upper()}


def _spread(shares: Iterable[float]) -> float:
    """Among how many a thing is really spread: 1 where one has it all, n where n have the same."""
    parts = list(shares)
    whole = sum(parts)
    return exp(-sum(part / whole * log(part / whole) for part in parts))


def _of_whole(share: Read) -> Read:
    whole = sum(share.values())
    return {identity: sqrt(part / whole) for identity, part in share.items()}


def _words_of(passages: Iterable[Askable]) -> Iterable[str]:
    texts = (text for passage in passages for text in (*passage.wordings, passage.text))
    return (word for text in texts for word in words(text))


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
