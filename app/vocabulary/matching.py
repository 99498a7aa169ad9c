"""Finding concept classes in tokens. All classes are looked for at once, and none hides another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from app.vocabulary.inflection import noun_forms, verb_forms
from app.vocabulary.reading_schema import ConceptClass
from app.vocabulary.tokens import ENDS, GAP, words
from app.vocabulary.wordings import OneOf, wordings

LONGEST_GAP = 3
"""Tokens that a gap in a phrase may stand for, within a sentence."""

LONGEST_PHRASE = 40
"""Tokens that a phrase with its gaps may cover; the content check refuses longer ones."""

Phrase = str | tuple[str, ...]
"""As it is written, or its tokens."""


class Match(NamedTuple):
    """A class found at tokens [start, end)."""

    concept: str
    start: int
    end: int


class _Node:
    """A place in the tree: the names of the phrases that end here, and where a word, a gap or any of a set of words leads.
    There are hundreds of thousands of places, so what one does not have is shared."""

    __slots__ = ("by_word", "chooses", "following", "gap", "names", "of_sets")

    def __init__(self) -> None:
        self.names: list[str] = _NO_NAMES
        self.following: dict[str, _Node] = _NOWHERE
        self.gap: _Node | None = None
        self.chooses = False
        self.of_sets: dict[frozenset[str], _Node] = _NO_SETS
        self.by_word: Mapping[str, Sequence[_Node]] = _NO_CHOICE

    def after(self, word: str, allowed: frozenset[str] | None) -> "_Node":
        """Where a word leads, or any of those allowed; made where it is not yet there."""
        if allowed is not None:
            if not self.chooses:
                self.chooses, self.of_sets = True, {}
            return self.of_sets.get(allowed) or self.of_sets.setdefault(allowed, _Node())
        if word == GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if self.following is _NOWHERE:
            self.following = {}
        return self.following.get(word) or self.following.setdefault(word, _Node())

    def sort_by_word(self) -> None:
        """Where many sets of words may stand, look them up by the word and do not ask each."""
        if len(self.of_sets) > _FEW:
            leads: dict[str, list[_Node]] = {}
            for allowed, node in self.of_sets.items():
                for word in allowed:
                    leads.setdefault(word, []).append(node)
            self.of_sets, self.by_word = _NO_SETS, leads


_FEW = 2
"""Sets of words at one place up to which each is asked whether it holds the word."""

_NO_NAMES: list[str] = []
_NOWHERE: dict[str, _Node] = {}
_NO_SETS: dict[frozenset[str], _Node] = {}
_NO_CHOICE: Mapping[str, Sequence[_Node]] = MappingProxyType({})


class PhraseTree:
    """Phrases by their tokens, each leading to the names of what it belongs to. A mark of `one_of` in a phrase stands for any
    of its words; a phrase does not begin with one."""

    def __init__(self, phrases: Iterable[tuple[Phrase, str]], one_of: Mapping[str, frozenset[str]] | None = None) -> None:
        root = _Node()
        self.words: set[str] = set()
        marks = one_of or {}
        with_sets: dict[int, _Node] = {}
        for phrase, name in phrases:
            node = root
            for word in words(phrase) if isinstance(phrase, str) else phrase:
                allowed = marks.get(word)
                if allowed:
                    with_sets[id(node)] = node
                    self.words |= allowed
                else:
                    self.words.add(word)
                node = node.after(word, allowed)
            if node.names is _NO_NAMES:
                node.names = []
            node.names.append(name)
        for node in with_sets.values():
            node.sort_by_word()
        self.words.discard(GAP)
        self._first = root.following

    def at(self, tokens: Sequence[str], start: int) -> list[tuple[str, int]]:
        """Every name whose phrase begins at `start`, with where the phrase ends."""
        node = self._first.get(tokens[start])
        found: list[tuple[int, list[str]]] = []
        if node is not None:
            _walk(node, tokens, start + 1, found)
        return [(name, end) for end, names in found for name in names]

    def longest(self, tokens: Sequence[str]) -> list[Match]:
        """For each name, its longest phrases from left to right without overlap; different names may overlap."""
        matches: list[Match] = []
        busy: dict[str, int] = {}
        for start, token in enumerate(tokens):
            node = self._first.get(token)
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
    capital), assertion words (a small letter), attributes ("="), words that ask ("?"), words of turns (">"), of wishes
    ("+") and of answers ("!")."""

    classes: list[Match]
    assertions: list[Match]
    attributes: list[Match]
    asking: list[Match]
    turns: list[Match]
    wishes: list[Match]
    answers: list[Match]


def find(tree: PhraseTree, tokens: Sequence[str]) -> Spotted:
    """Find all kinds at once. The end of the text counts as the end of a sentence."""
    found = Spotted([], [], [], [], [], [], [])
    kinds = {"=": found.attributes, "?": found.asking, ">": found.turns, "+": found.wishes, "!": found.answers}
    size = len(tokens)
    for match in tree.longest([*tokens, "."]):
        if match.start < size:
            kept = match if match.end <= size else Match(match.concept, match.start, size)
            first = match.concept[0]
            kinds.get(first, found.classes if first.isupper() else found.assertions).append(kept)
    return found


def _walk(node: _Node | None, tokens: Sequence[str], index: int, found: list[tuple[int, list[str]]]) -> None:
    """Collect the names of every phrase that continues from this node at `index`."""
    size = len(tokens)
    while node is not None:
        if node.names:
            found.append((index, node.names))
        if node.gap is not None:
            _leap(node.gap, tokens, index, found)
        if index == size:
            return
        token = tokens[index]
        index += 1
        if node.chooses:
            _choose(node, token, tokens, index, found)
        node = node.following.get(token)


def _choose(node: _Node, token: str, tokens: Sequence[str], index: int, found: list[tuple[int, list[str]]]) -> None:
    """Go on over one of several words."""
    if node.by_word is not _NO_CHOICE:
        for following in node.by_word.get(token, ()):
            _walk(following, tokens, index, found)
        return
    for allowed, following in node.of_sets.items():
        if token in allowed:
            _walk(following, tokens, index, found)


def _leap(node: _Node, tokens: Sequence[str], index: int, found: list[tuple[int, list[str]]]) -> None:
    """Go on after a gap: over none to LONGEST_GAP tokens, but never into the next sentence."""
    for at in range(index, min(index + LONGEST_GAP + 1, len(tokens))):
        token = tokens[at]
        if node.chooses:
            _choose(node, token, tokens, at + 1, found)
        _walk(node.following.get(token), tokens, at + 1, found)
        if token in ENDS:
            return


def phrases_by_class(
    classes: Mapping[str, ConceptClass], sets: Mapping[str, Sequence[str]], one_of: OneOf | None = None
) -> dict[str, set[str]]:
    """Every phrase of each class: the wordings of its members, inflected verbs and nouns, and those of the classes it includes."""
    found: dict[str, set[str]] = {}

    def collect(concept: ConceptClass) -> set[str]:
        if concept.id not in found:
            own = {wording for member in concept.members for wording in wordings(member, sets, one_of)}
            own.update(form for verb in concept.verbs for form in verb_forms(verb))
            own.update(form for noun in concept.nouns for form in noun_forms(noun))
            found[concept.id] = own  # Before those it includes, so that a circle ends.
            found[concept.id] = own.union(*(collect(classes[other]) for other in concept.includes))
        return found[concept.id]

    for concept in classes.values():
        collect(concept)
    return found
