"""Which alternatives fit, best first, and why. Pure: needs and facts in, an explained order out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from app.assistant.schema import RankFile, RankRule
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.conditions import Facts

UNAVAILABLE = "unavailable"

_JUST_LISTED = 0.05
"""Points that put an alternative on the list, behind all that anything speaks for."""


class Reason(NamedTuple):
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
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotListed:
    """An alternative that would have been offered, and the rule that took it out; or UNAVAILABLE, which has no text of its own."""

    id: str
    rule: str
    text: str


@dataclass(frozen=True)
class Situation:
    """What the ranking starts from. `needs` maps a need to how much it counts (0 to 1); those `wondered` about are nobody's,
    only asked about; `unavailable` alternatives are not to be had here and now; `flags` are the dangers raised; the other
    lists name alternatives, those `wished` asked for by somebody."""

    needs: Mapping[str, float]
    facts: Facts
    unavailable: frozenset[str] = frozenset()
    flags: Sequence[str] = ()
    raised: Sequence[str] = ()
    lowered: Sequence[str] = ()
    asked_about: Sequence[str] = ()
    wished: Sequence[str] = ()
    wondered: Sequence[str] = ()


@dataclass(frozen=True)
class Order:
    """The ids of core and support alternatives in order, without their reasons: what an answer to a question would change.

    `points` are the sums before the rules, `scores` those after; `holding` are the places of the rules that apply.
    """

    core: list[str]
    support: list[str]
    points: Mapping[str, float]
    scores: Mapping[str, float]
    removed: Mapping[str, RankRule]
    holding: frozenset[int]
    situation: Situation


@dataclass(frozen=True)
class Ranking:
    """The order of core alternatives, the add-ons, what was left out and what has to be said beside."""

    core: tuple[Ranked, ...]
    support: tuple[Ranked, ...]
    not_listed: tuple[NotListed, ...]
    notes: tuple[tuple[str, str], ...]
    order: Order


def order(situation: Situation, known: Vocabulary, file: RankFile, base: Order | None = None) -> Order:
    """Add up the points of needs, dangers and answers, then apply every rule whose condition holds, in the file's order.

    `base` is the order of a situation to which this one only adds; then only the difference is worked out, and no support tier.
    """
    points = dict(base.points) if base else {}
    _add_points(points, situation, base.situation if base else Situation({}, Facts()), known, file)
    holding = _holding(situation.facts, file, base)
    rules = [file.rules[place] for place in sorted(holding)]
    scores, removed = dict(points), dict[str, RankRule]()
    for rule in rules:
        _apply(rule, scores, removed, situation.wished, known, file)
    for identity in situation.asked_about:
        removed.pop(identity, None)
    if not situation.needs:  # Then what was asked about or follows from a danger is the answer, whatever its tier.
        for identity in (i for flag in situation.flags for i in known.red_flags[flag].followed_by):
            removed.pop(identity, None)
    place = known.least_intrusive_first
    listed = sorted((-round(score, 3), place[i], i) for i, score in scores.items() if score > 0 and i not in removed)
    ids = [identity for _, _, identity in listed if identity not in situation.unavailable]
    if not situation.needs:
        return Order(_ordered(ids, rules), [], points, scores, removed, holding, situation)
    added_on = known.support_tier.difference(situation.wished)
    core = _brought_in(_ordered([i for i in ids if i not in added_on], rules), situation.wished, file.shown_first)
    support = [] if base else _ordered([i for i in ids if i in added_on], rules)
    return Order(core, support, points, scores, removed, holding, situation)


def _holding(facts: Facts, file: RankFile, base: Order | None) -> frozenset[int]:
    """The places of the rules that hold; after a base only those are asked again that speak of what is new."""
    if base is None:
        return frozenset(place for place, (_, holds) in enumerate(file.conditions) if holds(facts))
    before = base.situation.facts
    new = [f"need:{need}" for need in facts.needs ^ before.needs] + [f"strong:{need}" for need in facts.strong ^ before.strong]
    new += [f"flag:{flag}" for flag in facts.flags.keys() ^ before.flags.keys()]
    if facts.flags != before.flags:
        new += ["flag:any", "flag:level1"]
    new += [f"attr:{name}" for name, value in facts.attributes.items() if before.attributes.get(name) != value]
    again = {place for term in new for place in file.asking.get(term, ())}
    return (base.holding - again) | {place for place in again if file.conditions[place][1](facts)} if again else base.holding


def rank(situation: Situation, known: Vocabulary, file: RankFile) -> Ranking:
    """The order with the reasons for each place, for what is left out, and what has to be said beside."""
    found = order(situation, known, file)
    rules = [file.rules[place] for place in sorted(found.holding)]
    shown = {*found.core, *found.support}
    not_listed = tuple(
        NotListed(identity, rule.id, rule.why_not)
        for identity, rule in found.removed.items()
        if situation.needs and rule.why_not and identity not in shown and found.scores.get(identity, 0) > 0
    )
    wanted = sorted(
        (i for i in situation.unavailable if found.scores.get(i, 0) > 0 and i not in found.removed), key=found.scores.__getitem__
    )
    not_listed += tuple(NotListed(identity, UNAVAILABLE, "") for identity in reversed(wanted))
    explained = _explained(found, rules, known, file)
    return Ranking(
        core=tuple(explained[identity] for identity in found.core),
        support=tuple(explained[identity] for identity in found.support),
        order=found,
        not_listed=not_listed,
        notes=tuple((rule.id, rule.note) for rule in rules if rule.note),
    )


def _explained(found: Order, applied: Sequence[RankRule], known: Vocabulary, file: RankFile) -> dict[str, Ranked]:
    """Every alternative that is listed, with its reasons."""
    reasons: dict[str, list[Reason]] = {identity: [] for identity in (*found.core, *found.support)}
    rules: dict[str, list[str]] = defaultdict(list)
    cautions: dict[str, list[str]] = defaultdict(list)
    for identity, reason in _reasons(found.situation, known, file):
        if identity in reasons:
            reasons[identity].append(reason)
    for rule in applied:
        for identity in reasons.keys() & {*rule.bring, *rule.top_three, *rule.support, *rule.last}:
            rules[identity].append(rule.id)
            reasons[identity].append(Reason("rule", rule.id, file.brought if identity in rule.bring else 0.0))
        for identity in rule.caution_for:
            cautions[identity].append(rule.caution)
    return {
        identity: Ranked(
            identity,
            round(found.scores[identity], 3),
            tuple(sorted(why, key=_weight, reverse=True)),
            tuple(rules[identity]),
            tuple(cautions[identity]),
        )
        for identity, why in reasons.items()
    }


_weight = attrgetter("weight")


def _reasons(situation: Situation, known: Vocabulary, file: RankFile) -> Iterator[tuple[str, Reason]]:
    for need, certainty in situation.needs.items():
        for identity, points in known.needs[need].answered_by.items():
            yield identity, Reason("need", need, points * certainty)
    for flag in situation.flags:
        for identity, points in known.red_flags[flag].followed_by.items():
            yield identity, Reason("red_flag", flag, points)
    yield from ((identity, Reason("asked", identity, file.brought)) for identity in situation.asked_about)
    yield from ((identity, Reason("wished", identity, file.brought)) for identity in situation.wished)
    yield from ((identity, Reason("answer", identity, file.answered)) for identity in situation.raised)


def _add_points(points: dict[str, float], situation: Situation, before: Situation, known: Vocabulary, file: RankFile) -> None:
    """Add what the situation has beyond an earlier one."""
    for need, certainty in situation.needs.items():
        more = certainty - before.needs.get(need, 0.0)
        if more:
            for identity, each in known.needs[need].answered_by.items():
                points[identity] = points.get(identity, 0.0) + each * more
    for flag in set(situation.flags).difference(before.flags):
        for identity, each in known.red_flags[flag].followed_by.items():
            points[identity] = points.get(identity, 0.0) + each
    for identities, earlier, each in (
        (situation.asked_about, before.asked_about, file.brought),
        (situation.wished, before.wished, file.brought),
        (situation.raised, before.raised, file.answered),
        (situation.lowered, before.lowered, -file.answered),
    ):
        for identity in identities[len(earlier) :]:
            points[identity] = points.get(identity, 0.0) + each


def _apply(
    rule: RankRule, scores: dict[str, float], removed: dict[str, RankRule], wished: Sequence[str], known: Vocabulary, file: RankFile
) -> None:
    for identity in known.alternatives if rule.remove_except else rule.remove:
        if identity not in rule.remove_except and not (rule.wish_is_enough and identity in wished):
            removed.setdefault(identity, rule)
    for identity in rule.bring:
        scores[identity] = scores.get(identity, 0.0) + file.brought
    for identity in (*rule.top_three, *rule.support, *rule.last):
        if scores.get(identity, 0.0) <= 0:
            scores[identity] = _JUST_LISTED


def _ordered(ids: list[str], rules: Sequence[RankRule]) -> list[str]:
    ids = _pinned(ids, [identity for rule in rules for identity in rule.top_three])
    for rule in rules:
        if rule.puts_in_order:
            ids = _in_order(ids, rule)
    return ids


def _pinned(ids: list[str], pins: Sequence[str]) -> list[str]:
    """The list with up to three pinned ones among its first three; of more, those of the earlier rules."""
    if not pins:
        return ids
    held = [identity for identity in dict.fromkeys(pins) if identity in ids][:3]
    top = ids[:3]
    for identity in held:
        if identity not in top:
            if len(top) == 3:
                top.remove(next(other for other in reversed(top) if other not in held))
            top.append(identity)
    return [*top, *(identity for identity in ids if identity not in top)]


def _brought_in(ids: list[str], wished: Sequence[str], shown: int) -> list[str]:
    """The list with what is asked for among the `shown` first, behind the first three."""
    rest = ids[3:]
    asked_for = [identity for identity in rest if identity in wished][: max(shown - 3, 0)]
    return [*ids[:3], *asked_for, *(identity for identity in rest if identity not in asked_for)]


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
