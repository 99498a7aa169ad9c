"""Rules over concept classes within a clause, a sentence or the whole text. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from app.vocabulary.assertion import Clause
from app.vocabulary.matching import LONGEST_PHRASE, Match
from app.vocabulary.reading_schema import Rule

_TRIED = 3
"""Of the matches of one class near another, how many are tried until the rest of the rule fits too."""

_start = attrgetter("start")


class Composed(NamedTuple):
    """A rule that holds, and the matches that make it hold; or that would hold, were it not `denied` in so many words ("no falls")."""

    rule: Rule
    parts: tuple[Match, ...]
    denied: bool = False

    @property
    def start(self) -> int:
        return min(part.start for part in self.parts)

    @property
    def end(self) -> int:
        return max(part.end for part in self.parts)


class Places:
    """The matches of a text in its order, and those of each class by themselves, so that only near ones are looked at.

    A single phrase may run over a comma ("no food, no heating"), so a match belongs to the clause that it begins in.
    """

    def __init__(self, matches: Sequence[Match]) -> None:
        self._matches = matches
        self._starts = [match.start for match in matches]
        self._names = [match.concept for match in matches]
        self._of: dict[str, tuple[list[int], list[Match]]] = {}
        for match in matches:
            place = self._of.get(match.concept)
            if place is None:
                place = self._of[match.concept] = ([], [])
            place[0].append(match.start)
            place[1].append(match)

    def classes(self, clause: Clause) -> dict[str, None]:
        """The classes of which a match begins in the clause, in the order of the text."""
        first, end = bisect_left(self._starts, clause.start), bisect_left(self._starts, clause.end)
        return dict.fromkeys(self._names[first:end])

    def within(self, name: str, start: int, end: int) -> Sequence[Match]:
        """The matches of a class that begin at tokens [start, end)."""
        starts, found = self._of[name]
        return found[bisect_left(starts, start) : bisect_left(starts, end)]

    def near(self, name: str, match: Match, window: int, clause: Clause) -> Sequence[Match]:
        """The matches of a class in the clause at most `window` tokens from this one."""
        if name not in self._of:
            return ()
        first, last = match.start - window, match.end + window
        begin, end = first - LONGEST_PHRASE, last + 1
        found = self.within(name, begin if begin > clause.start else clause.start, end if end < clause.end else clause.end)
        return [other for other in found if other.end >= first] if found else ()

    def moved(self, names: Container[str], there: Mapping[int, int]) -> "Places":
        """The matches of these classes as they would stand with each token at the place `there`; without those torn apart."""
        found = []
        for match in self._matches:
            if match.concept in names:
                start, end = there[match.start], there[match.end - 1] + 1
                if end - start == match.end - match.start:
                    found.append(Match(match.concept, start, end))
        return Places(sorted(found, key=_start))


class RuleBook:
    """The rules by their reach and first class, each with its other classes."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, dict[str, list[tuple[Rule, frozenset[str]]]]] = defaultdict(lambda: defaultdict(list))
        for rule in rules:
            self._rules[rule.reach][rule.all[0]].append((rule, frozenset(rule.all[1:])))

    def compose(self, reach: str, clauses: Iterable[Clause], places: Places, denials: Container[int]) -> Iterator[Composed]:
        """Every rule of this reach, "clause" or "sentence", that holds in one of them, once for each place of its first class. A rule
        that is blocked by words that begin with a negation, at one of the tokens in `denials`, is denied by them."""
        for clause in clauses:
            for rule in self._possible(reach, places.classes(clause)):
                yield from _holding(rule, clause, places, denials)

    def compose_across(self, sentences: Sequence[Clause], places: Places, denials: Collection[int]) -> Iterator[Composed]:
        """Every rule over the whole text that holds as its sentences stand, or would if they stood in reverse: "nobody with him
        now. His wife was taken in by ambulance" is the same the other way round."""
        whole = Clause(0, sentences[-1].end)
        rules = self._possible("text", places.classes(whole))
        standing = [composed for rule in rules for composed in _holding(rule, whole, places, denials)]
        yield from standing
        joining = [rule for rule in rules if len(rule.all) > 1]
        if joining and len(sentences) > 1:
            known = {(composed.rule.id, frozenset(composed.parts)) for composed in standing}
            here = [at for sentence in reversed(sentences) for at in range(sentence.start, sentence.end)]
            there = {at: place for place, at in enumerate(here)}
            turned = places.moved({name for rule in joining for name in (*rule.all, *rule.none, *rule.not_inside)}, there)
            denied = {there[at] for at in denials}
            for rule in self._possible("text", turned.classes(whole)):
                for composed in _holding(rule, whole, turned, denied) if len(rule.all) > 1 else ():
                    parts = tuple(Match(part.concept, here[part.start], here[part.end - 1] + 1) for part in composed.parts)
                    if (rule.id, frozenset(parts)) not in known:
                        yield Composed(rule, parts, composed.denied)

    def _possible(self, reach: str, present: dict[str, None]) -> list[Rule]:
        """The rules of which every class is present."""
        by_first = self._rules[reach]
        return [rule for name in present if name in by_first for rule, others in by_first[name] if not others or present.keys() >= others]


def _holding(rule: Rule, clause: Clause, places: Places, denials: Container[int]) -> Iterator[Composed]:
    """The rule for each place of its first class at which it holds, or would."""
    for first in places.within(rule.all[0], clause.start, clause.end):
        parts = _complete(rule, (first,), clause, places)
        if parts:
            block = _block(rule, parts, clause, places)
            if block is None or any(at in denials for at in range(block.start, block.end)):
                yield Composed(rule, parts, block is not None)


def _complete(rule: Rule, parts: tuple[Match, ...], clause: Clause, places: Places) -> tuple[Match, ...] | None:
    """The parts with the nearest fitting match of each further class, within the rule's window and order; None where one is missing."""
    if len(parts) == len(rule.all):
        return parts
    last = parts[-1]
    near = [
        match
        for match in places.near(rule.all[len(parts)], last, rule.window, clause)
        if match not in parts and (not rule.ordered or (match.start > last.start and match.end > last.end))
    ]
    if len(near) > 1:
        near.sort(key=lambda match: _gap(last, match))
    for match in near[:_TRIED]:
        if completed := _complete(rule, (*parts, match), clause, places):
            return completed
    return None


def _gap(one: Match, other: Match) -> int:
    """Tokens between two matches; 0 where they touch or overlap."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _block(rule: Rule, parts: Sequence[Match], clause: Clause, places: Places) -> Match | None:
    """What keeps a rule from holding, if anything does."""
    for part in parts:
        for name in rule.not_inside:
            for block in places.near(name, part, 0, clause):
                if block.start < part.end and part.start < block.end:
                    return block
        for name in rule.none:
            for block in places.near(name, part, rule.none_window, clause):
                return block
    return None
