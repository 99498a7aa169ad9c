"""Finding concept classes in tokens. All classes are looked for at once, and none hides another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import NamedTuple, Self, TypeAlias

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


_Leads: TypeAlias = "dict[str, tuple[_Branch, ...]]"
"""Where each word leads from a place in the tree; to several branches where it is one of several sets of words."""

_Branch: TypeAlias = "tuple[tuple[frozenset[str], ...], tuple[str, ...], _Leads | None, _Leads | None]"
"""What follows a word: more words that have to stand there, each one of a set; then the names of the phrases that end there;
where a word up to a gap further on leads; and where the next word leads. A bare tuple: there are hundreds of thousands,
and each word of a text goes through several."""

_Named: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The tokens of a phrase, and its names."""

_NO_TOKEN = ""
"""Stands behind the last token of a text, so that nobody has to ask where that is, and for the end of a phrase."""

_NO_LEAP = ENDS | {_NO_TOKEN}

_as_match = tuple.__new__
"""A Match from its three values, in half the time; texts have thousands."""


class PhraseTree:
    """Phrases by their tokens, each leading to the names of what it belongs to. A mark of `one_of` in a phrase stands for any
    of its words; a phrase does not begin with one."""

    def __init__(self, phrases: Iterable[tuple[Phrase, str]], one_of: Mapping[str, frozenset[str]] | None = None) -> None:
        named: dict[tuple[str, ...], list[str]] = {}
        for phrase, name in phrases:
            named.setdefault(words(phrase) if isinstance(phrase, str) else phrase, []).append(name)
        marks = one_of or {}
        used: set[str] = set().union(*named)
        self.words: set[str] = (used - marks.keys() - {GAP}).union(*(marks[mark] for mark in used & marks.keys()))
        same: dict[tuple[str, ...], tuple[str, ...]] = {}
        several = [(tokens, tuple(names)) for tokens, names in named.items() if tokens]
        self._first = _Planter(marks).leads([(tokens, same.setdefault(names, names)) for tokens, names in several])

    def packed(self) -> tuple[set[str], _Leads]:
        """All that it is, in tuples, dicts, sets and strings; `unpacked` makes it from them again."""
        return self.words, self._first

    @classmethod
    def unpacked(cls, packed: tuple[set[str], _Leads]) -> Self:
        tree = cls(())
        tree.words, tree._first = packed
        return tree

    def at(self, tokens: Sequence[str], start: int) -> list[tuple[str, int]]:
        """Every name whose phrase begins at `start`, with where the phrase ends."""
        near = [*tokens[start : start + LONGEST_PHRASE], _NO_TOKEN]
        found: list[tuple[int, tuple[str, ...]]] = []
        _follow(self._first.get(near[0], ()), near, 1, found)
        return [(name, start + end) for end, names in found for name in names]

    def longest(self, tokens: Sequence[str]) -> list[Match]:
        """For each name, its longest phrases from left to right without overlap; different names may overlap. The end of the
        tokens counts as the end of a sentence."""
        matches: list[Match] = []
        busy: dict[str, int] = {}
        size = len(tokens)
        text = [*tokens, ".", _NO_TOKEN]
        for start, token in enumerate(tokens):
            branches = self._first.get(token)
            if branches is None:
                continue
            found: list[tuple[int, tuple[str, ...]]] = []
            _follow(branches, text, start + 1, found)
            for name, end in _furthest(found):
                if busy.get(name, 0) <= start:
                    busy[name] = end
                    matches.append(_as_match(Match, (name, start, end if end <= size else size)))
        return matches


def _furthest(found: Sequence[tuple[int, tuple[str, ...]]]) -> Iterable[tuple[str, int]]:
    """Each name with the furthest end that was found for it, in the order of finding."""
    if len(found) == 1:
        end, names = found[0]
        return [(name, end) for name in names]
    ends: dict[str, int] = {}
    for end, names in found:
        for name in names:
            if end > ends.get(name, 0):
                ends[name] = end
    return ends.items()


def _follow(branches: Iterable[_Branch], tokens: Sequence[str], index: int, found: list[tuple[int, tuple[str, ...]]]) -> None:
    """Collect where every phrase ends that goes on along one of these branches at `index`, and its names."""
    for rest, names, behind_gap, leads in branches:
        end = index
        for allowed in rest:
            if tokens[end] not in allowed:
                break
            end += 1
        else:
            if names:
                found.append((end, names))
            if behind_gap is not None:  # Over none to LONGEST_GAP tokens, but never into the next sentence.
                for at in range(end, end + LONGEST_GAP + 1):
                    token = tokens[at]
                    if token in behind_gap:
                        _follow(behind_gap[token], tokens, at + 1, found)
                    if token in _NO_LEAP:
                        break
            if leads is not None and tokens[end] in leads:
                _follow(leads[tokens[end]], tokens, end + 1, found)


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
    """Find all kinds at once."""
    found = Spotted([], [], [], [], [], [], [])
    others = {"=": found.attributes, "?": found.asking, ">": found.turns, "+": found.wishes, "!": found.answers}
    kinds = {**dict.fromkeys(ascii_uppercase, found.classes), **others}
    for match in tree.longest(tokens):
        kinds.get(match[0][0], found.assertions).append(match)
    return found


class _Planter:
    """Builds a tree from its root. Most of its parts are alike, and are kept once."""

    def __init__(self, marks: Mapping[str, frozenset[str]]) -> None:
        self._marks = marks
        self._allowed = dict(marks)
        self._rests: dict[tuple[str, ...], tuple[frozenset[str], ...]] = {}

    def leads(self, phrases: Iterable[_Named], depth: int = 0) -> _Leads:
        """Where the words at this depth of phrases lead that agree up to there."""
        return self._leads(_by_token(phrases, depth), depth)

    def _leads(self, by_token: Mapping[str, Sequence[_Named]], depth: int) -> _Leads:
        leads: _Leads = {}
        for token in sorted(by_token, key=self._is_plain):  # What any of several words leads to comes first.
            branch = (self._branch(by_token[token], depth + 1),)
            for word in self._marks.get(token) or (token,):
                leads[word] = leads[word] + branch if word in leads else branch
        return leads

    def _is_plain(self, token: str) -> bool:
        return token not in self._marks

    def _branch(self, phrases: Sequence[_Named], depth: int) -> _Branch:
        if len(phrases) == 1:
            tokens, names = phrases[0]
            rest = tokens[depth:]
            if GAP not in rest:
                return self._rest(rest), names, None, None
        by_token = _by_token(phrases, depth)
        own = by_token.pop(_NO_TOKEN, None)
        behind_gap = by_token.pop(GAP, None)
        return (
            (),
            own[0][1] if own else (),
            self.leads(behind_gap, depth + 1) if behind_gap else None,
            self._leads(by_token, depth) if by_token else None,
        )

    def _rest(self, tokens: tuple[str, ...]) -> tuple[frozenset[str], ...]:
        rest = self._rests.get(tokens)
        if rest is None:
            rest = self._rests[tokens] = tuple(
                self._allowed.get(token) or self._allowed.setdefault(token, frozenset((token,))) for token in tokens
            )
        return rest


def _by_token(phrases: Iterable[_Named], depth: int) -> dict[str, list[_Named]]:
    """Phrases by their token at a depth; those that end there under _NO_TOKEN."""
    found: dict[str, list[_Named]] = {}
    for phrase in phrases:
        tokens = phrase[0]
        found.setdefault(tokens[depth] if depth < len(tokens) else _NO_TOKEN, []).append(phrase)
    return found


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
