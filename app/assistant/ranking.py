"""Which alternatives fit, best first, and why. Pure: needs and facts in, an explained order out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.assistant.schema import RankFile, RankRule
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.conditions import Facts, parse
from app.vocabulary.schema import Alternative

_JUST_LISTED = 0.25
"""Points that put an alternative on the list, behind all that anything speaks for."""

INTRUSION = ("information", "equipment", "visiting", "moving")


@dataclass(frozen=True)
class Reason:
    """Why an alternative is offered: the need that it helps with, or the rule, danger, answer or question that named it."""

    kind: str
    id: str
    weight: float


@dataclass(frozen=True)
class Ranked:
    """An alternative with its score (no unit; only the order counts) and its reasons, strongest first."""

    id: str
    score: float
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotListed:
    """An alternative that would have been offered, and the rule that took it out."""

    id: str
    rule: str
    text: str


@dataclass(frozen=True)
class Ranking:
    """The order of core alternatives, the add-ons, what was left out and what has to be said beside."""

    core: tuple[Ranked, ...]
    support: tuple[Ranked, ...]
    not_listed: tuple[NotListed, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass
class _Draft:
    scores: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, list[Reason]] = field(default_factory=dict)
    rules: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, RankRule] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, identity: str, reason: Reason) -> None:
        self.scores[identity] = self.scores.get(identity, 0.0) + reason.weight
        self.reasons.setdefault(identity, []).append(reason)


@dataclass(frozen=True)
class Situation:
    """What the ranking starts from. `needs` maps a need to how much it counts (0 to 1); `flags` are the dangers raised;
    the lists name alternatives."""

    needs: Mapping[str, float]
    facts: Facts
    flags: Sequence[str] = ()
    raised: Sequence[str] = ()
    lowered: Sequence[str] = ()
    asked_about: Sequence[str] = ()


def rank(situation: Situation, known: Vocabulary, file: RankFile) -> Ranking:
    """Add up the points of needs, dangers and answers, then apply every rule whose condition holds, in the file's order."""
    draft = _scored(situation, known, file)
    holding = [rule for rule in file.rules if parse(rule.when)(situation.facts)]
    for rule in holding:
        _apply(rule, draft, known.alternatives, file)
    if not situation.needs:  # Then what was asked about or follows from a danger is the answer, whatever its tier.
        for identity in (*situation.asked_about, *(i for flag in situation.flags for i in known.red_flags[flag].followed_by)):
            draft.removed.pop(identity, None)
        return Ranking(_ordered(draft, known.alternatives, holding, {"core", "support"}), (), (), tuple(draft.notes))
    core = _ordered(draft, known.alternatives, holding, {"core"})
    support = _ordered(draft, known.alternatives, holding, {"support"})
    shown = {ranked.id for ranked in (*core, *support)}
    not_listed = tuple(
        NotListed(identity, rule.id, rule.why_not)
        for identity, rule in draft.removed.items()
        if rule.why_not and identity not in shown and draft.scores.get(identity, 0) > 0
    )
    return Ranking(core, support, not_listed, tuple(draft.notes))


def _scored(situation: Situation, known: Vocabulary, file: RankFile) -> _Draft:
    draft = _Draft()
    for need, certainty in situation.needs.items():
        for identity, points in known.needs[need].answered_by.items():
            draft.add(identity, Reason("need", need, round(points * certainty, 3)))
    for flag in situation.flags:
        for identity, points in known.red_flags[flag].followed_by.items():
            draft.add(identity, Reason("red_flag", flag, points))
    for identity in situation.asked_about:
        draft.add(identity, Reason("asked", identity, file.brought))
    for identity in situation.raised:
        draft.add(identity, Reason("answer", identity, file.answered))
    for identity in situation.lowered:
        draft.scores[identity] = draft.scores.get(identity, 0.0) - file.answered
    return draft


def _apply(rule: RankRule, draft: _Draft, alternatives: Mapping[str, Alternative], file: RankFile) -> None:
    kept = set(rule.remove_except)
    for identity in alternatives if rule.remove_except else rule.remove:
        if identity not in kept:
            draft.removed.setdefault(identity, rule)
    for identity in (*rule.bring, *rule.top_three):
        draft.add(identity, Reason("rule", rule.id, file.brought if identity in rule.bring else 0.0))
        draft.rules.setdefault(identity, []).append(rule.id)
    for identity in (*rule.support, *rule.last):
        if draft.scores.get(identity, 0.0) <= 0:
            draft.scores[identity] = 0.0
            draft.add(identity, Reason("rule", rule.id, _JUST_LISTED))
    if rule.note:
        draft.notes.append((rule.id, rule.note))


def _ordered(draft: _Draft, alternatives: Mapping[str, Alternative], rules: Sequence[RankRule], tiers: set[str]) -> tuple[Ranked, ...]:
    ids = [i for i, score in draft.scores.items() if score > 0 and i not in draft.removed and alternatives[i].tier in tiers]
    ids.sort(key=lambda i: (-round(draft.scores[i], 3), INTRUSION.index(alternatives[i].intrusion), i))
    ids = _pinned(ids, [identity for rule in rules for identity in rule.top_three])
    for rule in rules:
        ids = _in_order(ids, rule)
    return tuple(
        Ranked(
            i,
            round(draft.scores[i], 3),
            tuple(sorted(draft.reasons.get(i, ()), key=lambda reason: -reason.weight)),
            tuple(draft.rules.get(i, ())),
        )
        for i in ids
    )


def _pinned(ids: list[str], pins: Sequence[str]) -> list[str]:
    """The list with up to three pinned ones among its first three; of more, those of the earlier rules."""
    held = [identity for identity in dict.fromkeys(pins) if identity in ids][:3]
    top = ids[:3]
    for identity in held:
        if identity not in top:
            if len(top) == 3:
                top.remove(next(other for other in reversed(top) if other not in held))
            top.append(identity)
    return [*top, *(identity for identity in ids if identity not in top)]


def _in_order(ids: list[str], rule: RankRule) -> list[str]:
    """The list with a rule's orders kept; nothing else moves further than it has to."""
    if rule.above:
        firsts, seconds = rule.above
        for first in firsts:
            places = [ids.index(second) for second in seconds if second in ids]
            if first in ids and places and ids.index(first) > min(places):
                ids.remove(first)
                ids.insert(min(places), first)
    for identity in rule.last:
        if identity in ids:
            ids.remove(identity)
            ids.append(identity)
    for identity in rule.never_first:
        if len(ids) > 1 and ids[0] == identity:
            ids[0], ids[1] = ids[1], ids[0]
    return ids
