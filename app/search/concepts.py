"""A plain question into what it is about: concepts, each with the everyday words that stand for it (content/concepts)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import Field

from app.content.reading import read_folder
from app.content.schema import Reviewed
from app.search.words import stem, words

FOLDER = "concepts"

NAMED, WITHIN, UNREAD, WORD = 1.0, 0.3, 0.8, 0.2
"""How much it counts that a text names a concept, has it within a longer phrase, has a word that no concept knows, and
has the very word by which a concept was named."""

ELSEWHERE = "elsewhere"
"""What is read where a text names a subject that we do not answer. It is a concept of no passage."""

SOMEBODY = "somebody"
"""What every word for the person that it is about is read as."""

_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_AMOUNT = re.compile(r"\d{5,}|\d+k")
AN_AMOUNT = "thousand"
"""What a sum of money is read as, unless the files name it ("23250") or its thousands ("17k")."""

Read = dict[str, float]
"""What a text is about: concepts (in capitals) and stems (in small letters), each with how much it counts."""


class ConceptFile(Reviewed):
    """Concepts by id with the words and phrases that stand for them. One phrase may stand for several."""

    concepts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    elsewhere: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Subjects that Fingerpost does not answer."""

    nothing: tuple[str, ...] = ()
    """Words that do not say what is asked."""

    somebody: tuple[str, ...] = ()
    """Words for the person that it is about. One stands for another within a phrase: "sell her house" is "sell mum's house"."""


def load(root: Path) -> dict[str, ConceptFile]:
    """Every file of concepts. Raises ContentError."""
    return read_folder(root / FOLDER, ConceptFile)


def heads(root: Path) -> dict[Path, Reviewed]:
    """For the content check."""
    return {root / FOLDER / f"{name}.yaml": entry for name, entry in load(root).items()}


class Reader:
    """Reads texts: the longest phrase at each place counts, as it is written or else by its stems."""

    def __init__(self, files: Iterable[ConceptFile]) -> None:
        files = list(files)
        self._nothing: set[str] = set()
        self._somebody = {word for file in files for entry in file.somebody for word in words(entry)}
        self._written: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._stemmed: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._reach: dict[str, int] = defaultdict(int)
        for file in files:
            self._nothing.update(word for entry in file.nothing for word in words(entry))
            for concept, phrases in file.concepts.items():
                self._learn(concept.upper(), phrases)
            for phrases in file.elsewhere.values():
                self._learn(ELSEWHERE.upper(), phrases)

    def read(self, text: str, correct: Callable[[str], str] = str) -> Read:
        """What the text is about; nothing where it has no telling word.

        `correct` puts one word right; it may give two words where two were run together.
        """
        found: Read = {}
        said = self._alike(part for word in words(_COMMA.sub("", text)) for part in self._plain(word, correct))
        start = 0
        while start < len(said):
            phrase, concepts = self._longest_at(said, start)
            start += len(phrase)
            for concept in concepts:
                found[concept] = NAMED
            for concept in self._inside(phrase) - concepts - {ELSEWHERE.upper()}:
                found[concept] = max(found.get(concept, 0.0), WITHIN)
            for word in phrase:
                if word not in self._nothing:
                    found[stem(word)] = max(found.get(stem(word), 0.0), WORD if concepts else UNREAD)
        return found

    def known(self) -> Iterable[str]:
        """Every word of the files, to put others right by."""
        yield from self._nothing
        yield from (word for phrase in self._written for word in phrase)

    def _plain(self, word: str, correct: Callable[[str], str]) -> list[str]:
        if _AMOUNT.fullmatch(word) and (word,) not in self._written:
            round_sum = word if word.endswith("k") else f"{word[:-3]}k"
            return [round_sum if (round_sum,) in self._written else AN_AMOUNT]
        return correct(word).split()

    def _learn(self, concept: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            said = self._alike(words(phrase))
            self._written[said].add(concept)
            self._stemmed[tuple(map(stem, said))].add(concept)
            self._reach[stem(said[0])] = max(self._reach[stem(said[0])], len(said))

    def _alike(self, said: Iterable[str]) -> tuple[str, ...]:
        return tuple(SOMEBODY if word in self._somebody else word for word in said)

    def _longest_at(self, said: tuple[str, ...], start: int) -> tuple[tuple[str, ...], set[str]]:
        for end in range(min(len(said), start + self._reach.get(stem(said[start]), 0)), start, -1):
            phrase = said[start:end]
            if concepts := self._meant(phrase):
                return phrase, concepts
        return (said[start],), set()

    def _inside(self, phrase: tuple[str, ...]) -> set[str]:
        size = len(phrase)
        parts = [phrase[start:end] for start in range(size) for end in range(start + 1, size + 1) if end - start < size]
        return set().union(*map(self._meant, parts))

    def _meant(self, phrase: tuple[str, ...]) -> set[str]:
        if written := self._written.get(phrase):
            return written
        if self._nothing.issuperset(phrase):
            return set()
        return self._stemmed.get(tuple(map(stem, phrase)), set())
