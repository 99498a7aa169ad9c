"""Rules over concept classes within a clause, a sentence or the whole text. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.vocabulary.assertion import Clause
from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import Rule


@dataclass(frozen=True, slots=True)
class Composed:
    """A rule that holds, and the matches that make it hold."""

    rule: Rule
    parts: tuple[Match, ...]

    @property
    def start(self) -> int:
        return min(part.start for part in self.parts)

    @property
    def end(self) -> int:
        return max(part.end for part in self.parts)


def compose(reach: str, clause: Clause, matches: Sequence[Match], rules_by_class: Mapping[str, Sequence[Rule]]) -> Iterator[Composed]:
    """Every rule of this reach that holds in the clause, sentence or text, once for each place of its first class.

    A single phrase may run over a comma ("no food, no heating"), so a match belongs to the clause that it begins in.
    """
    here = [match for match in matches if clause.start <= match.start < clause.end]
    by_class: dict[str, list[Match]] = {}
    for match in here:
        by_class.setdefault(match.concept, []).append(match)
    for concept, firsts in by_class.items():
        for rule in rules_by_class.get(concept, ()):
            if rule.reach != reach or any(name not in by_class for name in rule.all):
                continue
            for first in firsts:
                parts = _complete(rule, first, by_class)
                if parts and not _blocked(rule, parts, by_class):
                    yield Composed(rule, parts)


def _complete(rule: Rule, first: Match, by_class: Mapping[str, Sequence[Match]]) -> tuple[Match, ...] | None:
    """The nearest match of each further class, within the rule's window and order; None where one is missing."""
    parts = [first]
    for name in rule.all[1:]:
        last = parts[-1]
        near = [
            match
            for match in by_class.get(name, ())
            if match not in parts and _gap(last, match) <= rule.window and (not rule.ordered or match.start >= last.end)
        ]
        if not near:
            return None
        parts.append(min(near, key=lambda match: _gap(last, match)))
    return tuple(parts)


def _gap(one: Match, other: Match) -> int:
    """Tokens between two matches; 0 where they touch or overlap."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _blocked(rule: Rule, parts: Sequence[Match], by_class: Mapping[str, Sequence[Match]]) -> bool:
    for name in rule.not_inside:
        for block in by_class.get(name, ()):
            if any(block.start < part.end and part.start < block.end for part in parts):
                return True
    return any(_gap(block, part) <= rule.none_window for name in rule.none for block in by_class.get(name, ()) for part in parts)
