"""Finding concept classes in tokens. All classes are looked for at once, and none hides another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.vocabulary.inflection import noun_forms, verb_forms
from app.vocabulary.reading_schema import ConceptClass
from app.vocabulary.tokens import words


@dataclass(frozen=True, slots=True)
class Match:
    """A class found at tokens [start, end)."""

    concept: str
    start: int
    end: int


class PhraseTree:
    """Phrases by their tokens, each leading to the names of what it belongs to."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._root: dict[str, Any] = {}
        self.words: set[str] = set()
        for phrase, name in phrases:
            node = self._root
            for word in words(phrase):
                self.words.add(word)
                node = node.setdefault(word, {})
            node.setdefault("", []).append(name)

    def at(self, tokens: Sequence[str], start: int) -> Iterable[tuple[str, int]]:
        """Every name whose phrase begins at `start`, with where the phrase ends; shorter phrases first."""
        node = self._root
        for index in range(start, len(tokens)):
            found = node.get(tokens[index])
            if found is None:
                return
            node = found
            for name in node.get("", ()):
                yield name, index + 1

    def longest(self, tokens: Sequence[str]) -> list[Match]:
        """For each name, its longest phrases from left to right without overlap; different names may overlap."""
        matches: list[Match] = []
        busy: dict[str, int] = {}
        for start in range(len(tokens)):
            ends: dict[str, int] = dict(self.at(tokens, start))
            for name, end in ends.items():
                if busy.get(name, 0) <= start:
                    matches.append(Match(name, start, end))
                    busy[name] = end
        return matches


def phrases_of(concept: ConceptClass, every: Mapping[str, ConceptClass]) -> set[str]:
    """Every phrase of a class: its members, inflected verbs and nouns, and those of the classes it includes."""
    found = set(concept.members)
    for verb in concept.verbs:
        found.update(verb_forms(verb))
    for noun in concept.nouns:
        found.update(noun_forms(noun))
    for other in concept.includes:
        found |= phrases_of(every[other], every)
    return found
