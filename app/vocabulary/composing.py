"""Rules over concept classes within a clause, a sentence or the whole text. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.vocabulary.assertion import Clause
from app.vocabulary.matching import LONGEST_PHRASE, Match
from app.vocabulary.reading_schema import Rule

_TRIED = 3
"""Of the matches of one class near another, how many are tried until the rest of the rule fits too."""

Places = Mapping[str, tuple[list[int], list[Match]]]
"""The matches of each class in the order of their first tokens, and those tokens, so that only near ones are looked at."""


@dataclass(frozen=True, slots=True)
class Composed:
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


class RuleBook:
    """The rules by their reach and first class."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, dict[str, list[Rule]]] = defaultdict(lambda: defaultdict(list))
        for rule in rules:
            self._rules[rule.reach][rule.all[0]].append(rule)

    def compose(self, reach: str, clauses: Sequence[Clause], matches: Sequence[Match], denials: Container[int]) -> Iterator[Composed]:
        """Every rule of this reach, "clause" or "sentence", that holds in one of them, once for each place of its first class. A rule
        that is blocked by words that begin with a negation, at one of the tokens in `denials`, is denied by them.

        A single phrase may run over a comma ("no food, no heating"), so a match belongs to the clause that it begins in.
        """
        possible, concerned = self._possible(reach, matches)
        yield from _in_each(possible, clauses, concerned, denials)

    def compose_across(self, sentences: Sequence[Clause], matches: Sequence[Match], denials: Container[int]) -> Iterator[Composed]:
        """Every rule over the whole text that holds as its sentences stand, or would if they stood in reverse: "nobody with him
        now. His wife was taken in by ambulance" is the same the other way round."""
        possible, concerned = self._possible("text", matches)
        whole = [Clause(0, sentences[-1].end)]
        standing = list(_in_each(possible, whole, concerned, denials))
        yield from standing
        joining = {name: several for name, rules in possible.items() if (several := [rule for rule in rules if len(rule.all) > 1])}
        if joining and len(sentences) > 1:
            known = {(composed.rule.id, frozenset(composed.parts)) for composed in standing}
            before = _reversed(sentences, concerned)
            denied = {match.start for match, was in before.items() if was.start in denials}
            for composed in _in_each(joining, whole, sorted(before, key=_start), denied):
                parts = tuple(before[part] for part in composed.parts)
                if (composed.rule.id, frozenset(parts)) not in known:
                    yield Composed(composed.rule, parts, composed.denied)

    def _possible(self, reach: str, matches: Sequence[Match]) -> tuple[dict[str, list[Rule]], list[Match]]:
        """The few rules of which every class stands somewhere in the text, by their first class, and the matches that they look at."""
        present = {match.concept for match in matches}
        rules = self._rules[reach]
        possible = {name: held for name in present if name in rules and (held := [r for r in rules[name] if present.issuperset(r.all)])}
        looked_at: set[str] = set()
        for several in possible.values():
            for rule in several:
                looked_at.update(rule.all, rule.none, rule.not_inside)
        return possible, [match for match in matches if match.concept in looked_at]


def _in_each(
    possible: Mapping[str, Sequence[Rule]], clauses: Sequence[Clause], matches: Sequence[Match], denials: Container[int]
) -> Iterator[Composed]:
    """The rules that hold in each clause."""
    starts = [match.start for match in matches]
    for clause in clauses:
        places: dict[str, tuple[list[int], list[Match]]] = {}
        for match in matches[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]:
            place = places.get(match.concept)
            if place is None:
                places[match.concept] = ([match.start], [match])
            else:
                place[0].append(match.start)
                place[1].append(match)
        for concept in places:
            for rule in possible.get(concept, ()):
                if len(rule.all) == 1 or all(name in places for name in rule.all):
                    yield from _holding(rule, places, denials)


def _reversed(sentences: Sequence[Clause], matches: Sequence[Match]) -> dict[Match, Match]:
    """The matches as they would stand with the sentences in reverse, each with what it is; those over two sentences are left out."""
    starts = [sentence.start for sentence in sentences]
    size = sentences[-1].end
    found = {}
    for match in matches:
        sentence = sentences[bisect_right(starts, match.start) - 1]
        if match.end <= sentence.end:
            by = size - sentence.end - sentence.start
            found[Match(match.concept, match.start + by, match.end + by)] = match
    return found


def _start(match: Match) -> int:
    return match.start


def _holding(rule: Rule, places: Places, denials: Container[int]) -> Iterator[Composed]:
    for first in places[rule.all[0]][1]:
        parts = _complete(rule, (first,), places)
        if parts:
            block = _block(rule, parts, places)
            if block is None or any(at in denials for at in range(block.start, block.end)):
                yield Composed(rule, parts, block is not None)


def _complete(rule: Rule, parts: tuple[Match, ...], places: Places) -> tuple[Match, ...] | None:
    """The parts with the nearest fitting match of each further class, within the rule's window and order; None where one is missing."""
    if len(parts) == len(rule.all):
        return parts
    last = parts[-1]
    near = [
        match
        for match in _near(places, rule.all[len(parts)], last, rule.window)
        if match not in parts and (not rule.ordered or (match.start > last.start and match.end > last.end))
    ]
    near.sort(key=lambda match: _gap(last, match))
    completed = (_complete(rule, (*parts, match), places) for match in near[:_TRIED])
    return next((found for found in completed if found), None)


def _near(places: Places, name: str, match: Match, window: int) -> Iterator[Match]:
    """The matches of a class at most `window` tokens from this one."""
    if name not in places:
        return
    starts, found = places[name]
    first = bisect_left(starts, match.start - window - LONGEST_PHRASE)
    for other in found[first : bisect_right(starts, match.end + window)]:
        if _gap(match, other) <= window:
            yield other


def _gap(one: Match, other: Match) -> int:
    """Tokens between two matches; 0 where they touch or overlap."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _block(rule: Rule, parts: Sequence[Match], places: Places) -> Match | None:
    """What keeps a rule from holding, if anything does."""
    for part in parts:
        for name in rule.not_inside:
            for block in _near(places, name, part, 0):
                if block.start < part.end and part.start < block.end:
                    return block
        for name in rule.none:
            for block in _near(places, name, part, rule.none_window):
                return block
    return None
