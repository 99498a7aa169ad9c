"""Finding concept classes in tokens. All classes are looked for at once, and none hides another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.vocabulary.inflection import noun_forms, verb_forms
from app.vocabulary.reading_schema import ConceptClass
from app.vocabulary.tokens import ENDS, GAP, words
from app.vocabulary.wordings import OneOf, wordings

LONGEST_GAP = 3
"""Tokens that a gap in a phrase may stand for, within a sentence."""

LONGEST_PHRASE = 40
"""Tokens that a phrase with its gaps may cover; the content check refuses longer ones."""

ONE_OF = 0
"""The key under which a node keeps which marks each word has there, and where each mark leads; tokens are no numbers."""

NAMES = ""
"""The key under which a node keeps the names of the phrases that end there; no token is empty."""


class Match(NamedTuple):
    """A class found at tokens [start, end)."""

    concept: str
    start: int
    end: int


class PhraseTree:
    """Phrases by their tokens, each leading to the names of what it belongs to. A mark of `one_of` in a phrase stands for any
    of its words; a phrase does not begin with one."""

    def __init__(self, phrases: Iterable[tuple[str, str]], one_of: Mapping[str, frozenset[str]] | None = None) -> None:
        self._root: dict[Any, Any] = {}
        self.words: set[str] = set()
        marks = one_of or {}
        choosing: dict[int, dict[Any, Any]] = {}
        for phrase, name in phrases:
            node = self._root
            for word in words(phrase):
                if allowed := marks.get(word):
                    choosing[id(node)] = node
                    node = node.setdefault(ONE_OF, {}).setdefault(word, {})
                    self.words |= allowed
                else:
                    node = node.setdefault(word, {})
                    self.words.add(word)
            node.setdefault(NAMES, []).append(name)
        self.words.discard(GAP)
        tables: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for node in choosing.values():
            children = node[ONE_OF]
            several = tuple(children)
            if several not in tables:
                tables[several] = _marks_by_word(several, marks)
            node[ONE_OF] = tables[several], children

    def at(self, tokens: Sequence[str], start: int) -> list[tuple[str, int]]:
        """Every name whose phrase begins at `start`, with where the phrase ends."""
        node = self._root.get(tokens[start])
        found: list[tuple[int, list[str]]] = []
        if node is not None:
            _walk(node, tokens, start + 1, found)
        return [(name, end) for end, names in found for name in names]

    def longest(self, tokens: Sequence[str]) -> list[Match]:
        """For each name, its longest phrases from left to right without overlap; different names may overlap."""
        matches: list[Match] = []
        busy: dict[str, int] = {}
        root = self._root
        for start, token in enumerate(tokens):
            node = root.get(token)
            if node is None:
                continue
            found: list[tuple[int, list[str]]] = []
            _walk(node, tokens, start + 1, found)
            ends: dict[str, int] = {}
            for end, names in found:
                for name in names:
                    if end > ends.get(name, 0):
                        ends[name] = end
            for name, end in ends.items():
                if busy.get(name, 0) <= start:
                    matches.append(Match(name, start, end))
                    busy[name] = end
        return matches


@dataclass(frozen=True)
class Spotted:
    """What one walk over a text found, each kind in the order of the text: concept classes (their names begin with a
    capital), assertion words (a small letter), attributes ("="), words that ask ("?") and words of turns (">")."""

    classes: list[Match]
    assertions: list[Match]
    attributes: list[Match]
    asking: list[Match]
    turns: list[Match]


def find(tree: PhraseTree, tokens: Sequence[str]) -> Spotted:
    """Find all kinds at once. The end of the text counts as the end of a sentence."""
    found = Spotted([], [], [], [], [])
    kinds = {"=": found.attributes, "?": found.asking, ">": found.turns}
    size = len(tokens)
    for match in tree.longest([*tokens, "."]):
        if match.start < size:
            kept = match if match.end <= size else Match(match.concept, match.start, size)
            first = match.concept[0]
            kinds.get(first, found.classes if first.isupper() else found.assertions).append(kept)
    return found


def _walk(node: dict[Any, Any], tokens: Sequence[str], index: int, found: list[tuple[int, list[str]]]) -> None:
    """Collect the names of every phrase that continues from this node at `index`."""
    size = len(tokens)
    while True:
        names = node.get(NAMES)
        if names is not None:
            found.append((index, names))
        gap = node.get(GAP)
        if gap is not None:
            _leap(gap, tokens, index, found)
        if index == size:
            return
        several = node.get(ONE_OF)
        if several is not None:
            _choose(several, tokens, index, found)
        following = node.get(tokens[index])
        if following is None:
            return
        node, index = following, index + 1


def _choose(
    several: tuple[Mapping[str, Sequence[str]], Mapping[str, dict[Any, Any]]],
    tokens: Sequence[str],
    index: int,
    found: list[tuple[int, list[str]]],
) -> None:
    """Go on over one of several words."""
    marks, children = several
    for mark in marks.get(tokens[index], ()):
        _walk(children[mark], tokens, index + 1, found)


def _marks_by_word(several: Iterable[str], one_of: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Of several marks those that each word may stand at; nodes with the same marks share it."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark in several:
        for word in one_of[mark]:
            found[word].append(mark)
    return dict(found)


def _leap(node: dict[Any, Any], tokens: Sequence[str], index: int, found: list[tuple[int, list[str]]]) -> None:
    """Go on after a gap: over none to LONGEST_GAP tokens, but never into the next sentence."""
    for at in range(index, min(index + LONGEST_GAP + 1, len(tokens))):
        following = node.get(tokens[at])
        if following is not None:
            _walk(following, tokens, at + 1, found)
        several = node.get(ONE_OF)
        if several is not None:
            _choose(several, tokens, at, found)
        if tokens[at] in ENDS:
            return


def phrases_of(
    concept: ConceptClass, every: Mapping[str, ConceptClass], sets: Mapping[str, Sequence[str]], one_of: OneOf | None = None
) -> set[str]:
    """Every phrase of a class: the wordings of its members, inflected verbs and nouns, and those of the classes it includes."""
    found = {wording for member in concept.members for wording in wordings(member, sets, one_of)}
    for verb in concept.verbs:
        found.update(verb_forms(verb))
    for noun in concept.nouns:
        found.update(noun_forms(noun))
    for other in concept.includes:
        found |= phrases_of(every[other], every, sets, one_of)
    return found
