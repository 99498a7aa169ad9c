"""Putting candidates in order: how well the words fit, how near the service is, and whether its entry can be relied on. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from operator import mul
from typing import NamedTuple

from app.search.card import BETWEEN_FIELDS, DISTRICT, KIND_FIELDS, NATIONAL, TEXT_FIELDS, Card, marked
from app.search.lexicon import Lexicon
from app.search.nearness import Position, nearest_km
from app.search.query import Asked, Evidence
from app.search.weights import WEIGHTS, Weights
from app.search.words import signature, spaced

ROUND_THE_CORNER_KM = 1.0
_PLAINLY = 3
"""Fields, from the first, in which neighbours are looked for: name, types and summary."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place that distance is measured from. `named` is True where the search itself names it. `district` is a code, where the
    place says in which one somebody lives."""

    position: Position | None = None
    council: str | None = None
    named: bool = False
    district: str | None = None

    def is_served_by(self, card: Card) -> bool:
        """Whether a service is for the council's area, and not for another of its districts alone."""
        if self.council not in card.served:
            return False
        only = [code for code in card.served if code.startswith(DISTRICT)] if self.district else []
        return not only or f"{DISTRICT}{self.district}" in only or f"{DISTRICT}{self.council}" in only


class Found(NamedTuple):
    """A service that fits."""

    card: Card
    score: float
    fit: float
    km: float | None


def rank(
    asked: Asked,
    candidates: list[Card],
    term_weights: tuple[float, ...],
    where: Where,
    today: int,
    weights: Weights = WEIGHTS,
) -> list[Found]:
    """All candidates that fit, the best first. `today` is a day's ordinal.

    The engine's own score only picks the candidates: it counts what was replaced since the index was built, so that an index made
    afresh would give another order.
    """
    return _ordered(_weighing(asked, term_weights, where, today, weights), candidates)


def worth_showing(ranked: list[Found], weights: Weights = WEIGHTS) -> list[Found]:
    """Without those that are far worse than the best."""
    floor = max(ranked[0].score * weights.least_of_best, weights.least_score) if ranked else 0.0
    return [item for item in ranked if item.score >= floor]


def of_council(
    asked: Asked,
    candidates: list[Card],
    term_weights: tuple[float, ...],
    where: Where,
    today: int,
    council: str,
    weights: Weights = WEIGHTS,
) -> tuple[list[Found], bool]:
    """The council's own services and national ones that are worth showing, and True; where they are few or something elsewhere
    is much better, what is worth showing of all, and False."""
    weigh = _weighing(asked, term_weights, where, today, weights)
    area = replace(where, council=council)
    ours: list[Card] = []
    others: list[Card] = []
    for card in candidates:
        (ours if area.is_served_by(card) or NATIONAL in card.served else others).append(card)
    own = _ordered(weigh, ours)
    good = worth_showing(own, weights)
    if len(good) >= weights.few and not _outdone(good[0].score, others, weigh, asked, where, weights):
        return good, True
    return worth_showing(_sorted([*own, *_ordered(weigh, others)]), weights), False


def _outdone(best: float, others: list[Card], weigh: "Weigh", asked: Asked, where: Where, weights: Weights) -> bool:
    """True where one of the others is much better. Most are too far away to be, however well they fit: these are not weighed."""
    most = weights.nearly * weights.accepting * (1.0 + weights.all_terms + weights.phrase + weights.name_share)
    by_name = max(weights.by_its_name, weights.comes_to_you if asked.place_terms else 0.0)
    for card in others:
        near = max(nearness(card, nearest_km(card.positions, where.position), where, weights, visits=True), by_name)
        if most * near > best and (found := weigh(card)) and weights.nearly * found.score > best:
            return True
    return False


Weigh = Callable[[Card], Found | None]
"""Weighs a card, or gives None where it does not fit."""


def _ordered(weigh: Weigh, cards: list[Card]) -> list[Found]:
    return _sorted([found for card in cards if (found := weigh(card))])


def _sorted(found: list[Found]) -> list[Found]:
    return sorted(found, key=lambda item: (-item.score, item.card.name, item.card.id))


def weigh_terms(
    asked: Asked, used: list[int], size: int, lexicon: Lexicon, english: Collection[str], weights: Weights = WEIGHTS
) -> tuple[float, ...]:
    """How much each term says: rare words more. `used` counts the services that hold each term. A word of the `english` that
    none holds is something that nobody offers; another one may be a name or a slip."""
    explained = {index for item in asked.evidence if item.kind != "word" for index in item.covers}
    in_phrases = _in_phrases(asked)
    helps = any(item.helps for item in asked.evidence)
    maybe_name = asked.strange if len(asked.terms) < weights.shortest_story else frozenset()
    together = _said_together(asked)
    found = []
    for index, (term, count) in enumerate(zip(asked.terms, used, strict=True)):
        weight = 1.0 + min(log(1 + size / (1 + max(count, size / 200))), 5.0)
        if index in asked.place_terms:
            weight *= weights.place_word
        elif term.stem in lexicon.audience or (term.stem in lexicon.weak and index not in in_phrases):
            weight *= weights.weak_word
        elif not count and index not in explained and term.word not in english:
            weight *= weights.unknown_word
        elif index not in explained and ((helps and index not in maybe_name and term.word in english) or _counts_something(term.word)):
            weight *= weights.story
        found.append(weight / together.get(index, 1))
    return tuple(found)


def _counts_something(word: str) -> bool:
    """ "82", "3x", "30yo"."""
    return word[0].isdigit()


def _said_together(asked: Asked) -> dict[int, int]:
    """For each term that counts only as part of what says a need, how many words say it: they weigh as one."""
    apart = {index for item in asked.evidence if item.kind not in ("word", "need", "akin") for index in item.covers}
    sizes: dict[int, int] = {}
    for item in asked.evidence:
        if item.kind == "need":
            for index in item.covers - apart:
                sizes[index] = min(sizes.get(index, len(item.covers)), len(item.covers))
    return sizes


def _in_phrases(asked: Asked) -> frozenset[int]:
    """The terms that belong to a known phrase of several words."""
    return frozenset(index for item in asked.evidence if item.kind == "phrase" for index in item.covers)


def _weighing(asked: Asked, term_weights: tuple[float, ...], where: Where, today: int, weights: Weights) -> Weigh:
    """All that is the same for every card is worked out once."""
    sought = _sought(asked, weights)
    unfound, total = [0.0] * len(asked.terms), sum(term_weights)
    whole = weights.description * weights.synonym
    stems = frozenset(term.stem for term in asked.terms)
    pairs = [spaced((first.stem, second.stem)) for first, second in pairwise(asked.terms)]
    most_added = weights.all_terms + weights.phrase + weights.name_share
    named_so = frozenset(asked.terms[index].stem for index in asked.place_terms)
    name_asked = _name_asked(asked, term_weights, weights)
    visiting = [marked(identity) for identity in asked.visiting]

    def weigh(card: Card) -> Found | None:
        strengths = unfound[:]
        one_part, helps = _find(sought, card, strengths)
        if named_so:
            nearby = _nearby(card, where, weights)
            for index in asked.place_terms:
                strengths[index] = max(strengths[index], nearby)
        fit = sum(map(mul, term_weights, strengths)) / total if total else 1.0
        least = weights.least_helping if helps else weights.least_fit
        share, bears = 0.0, False
        if strengths:
            bears = bool(name_asked) and _bears(name_asked, card)
            fit = max(fit, weights.one_part * one_part, weights.bears_name if bears else 0.0)
            if fit + most_added < least:
                return None
            share = _name_share(stems, card)
            fit += weights.all_terms * (min(strengths) >= whole)
            fit += weights.phrase * _side_by_side(pairs, strengths, card) + weights.name_share * share
        if fit < least:
            return None
        km = nearest_km(card.positions, where.position)
        near = max(
            nearness(card, km, where, weights, visits=_visits(visiting, card)),
            _by_name(card, named_so, weights, asked=share >= weights.most_of_name or bears),
        )
        return Found(card, fit * near * reliability(card, today, weights), fit, km)

    return weigh


def _by_name(card: Card, named_so: frozenset[str], weights: Weights, *, asked: bool) -> float:
    """Nearness of a service that bears the name of the place, or whose own name was `asked` for, wherever its office is."""
    if named_so and named_so.issubset(card.name):
        return weights.comes_to_you
    return weights.by_its_name if asked else 0.0


def _name_asked(asked: Asked, term_weights: tuple[float, ...], weights: Weights) -> list[list[str]]:
    """What each of the words that may be a name looks like in a name; none where most of what was said are other words."""
    indices = [index for index in asked.strange if term_weights[index] >= weights.rare]
    rest = sum(weight for index, weight in enumerate(term_weights) if index not in asked.place_terms)
    if not indices or sum(term_weights[index] for index in indices) < weights.most_of_search * rest:
        return []
    own = ("word", "name")
    return [[spaced(item.phrase) for item in asked.evidence if item.kind in own and index in item.covers] for index in indices]


def _bears(name_asked: list[list[str]], card: Card) -> bool:
    """True for a service whose name holds all the words that may be one."""
    name = spaced(card.name)
    return all(any(part in name for part in parts) for parts in name_asked)


def _visits(visiting: list[str], card: Card) -> bool:
    """True for a service that comes to where somebody lives with what is asked for."""
    return any(identity in card.kinds for identity in visiting)


def matching(asked: Asked, weights: Weights = WEIGHTS) -> Callable[[Card], list[tuple[Evidence, str]]]:
    """What gives the evidence that a card holds, the strongest first, each with the field that held it."""
    sought = _sought(asked, weights)

    def matched(card: Card) -> list[tuple[Evidence, str]]:
        found = [(item, field) for item in sought if (field := item.field_in(card)) is not None]
        found.sort(key=lambda entry: -entry[0].strengths[entry[1]])
        return [(item.evidence, (KIND_FIELDS if item.evidence.alternative else TEXT_FIELDS)[field]) for item, field in found]

    return matched


class _Sought(NamedTuple):
    """Evidence ready to be looked for: as a card holds it, and how strongly each field tells for it."""

    evidence: Evidence
    covers: tuple[int, ...]
    wanted: str
    strengths: tuple[float, ...]
    is_kind: bool
    helps: bool
    tells: bool
    signature: int

    def field_in(self, card: Card) -> int | None:
        """The number of the strongest field that holds it; None where none does."""
        text = card.kinds if self.is_kind else card.text
        at = text.find(self.wanted)
        return None if at < 0 else text.count(BETWEEN_FIELDS, 0, at)


def _find(sought: list[_Sought], card: Card, strengths: list[float]) -> tuple[float, bool]:
    """Put in how far each term is found; the strongest that answers a part of the search by itself, and whether a kind of help is
    found. It is `field_in` for all of them, in a third of the time."""
    one_part, helps = 0.0, False
    _, _, told, held, kinds, *_ = card
    for _, covers, wanted, by_field, is_kind, helping, tells, bits in sought:
        if bits & held != bits:
            continue
        text = kinds if is_kind else told
        at = text.find(wanted)
        if at < 0:
            continue
        strength = by_field[text.count(BETWEEN_FIELDS, 0, at)]
        for index in covers:
            if strengths[index] < strength:
                strengths[index] = strength
        if tells and one_part < strength:
            one_part = strength
        helps = helps or helping
    return one_part, helps


def _sought(asked: Asked, weights: Weights) -> list[_Sought]:
    in_phrases = _in_phrases(asked)
    found: list[_Sought] = []
    for item in asked.evidence:
        covers = tuple(item.covers)
        if item.alternative:
            listed = {"need": weights.need, "akin": weights.akin}.get(item.kind, weights.alternative)
            spoken_of = weights.described if item.kind == "alternative" else weights.described_for_need
            kinds = (listed, spoken_of / weights.alternative * listed)
            found.append(_Sought(item, covers, marked(item.alternative), kinds, True, True, item.tells, 0))
        else:
            share = {"synonym": weights.synonym, "akin": weights.akin}.get(item.kind, 1.0)
            if item.kind == "word" and item.covers & in_phrases:
                share *= weights.in_phrase
            fields = tuple(getattr(weights, field) * share for field in TEXT_FIELDS)
            found.append(_Sought(item, covers, spaced(item.phrase), fields, False, item.helps, item.tells, signature(item.phrase)))
    return found


def _nearby(card: Card, where: Where, weights: Weights) -> float:
    km = nearest_km(card.positions, where.position)
    if km is None:
        return weights.types if where.is_served_by(card) else 0.0
    return 1.0 / (1.0 + (km / weights.named_scale_km) ** 2)


def _side_by_side(pairs: list[str], strengths: list[float], card: Card) -> float:
    """The share of neighbours that stand side by side where it is plain; it is not looked for where one of the two is nowhere."""
    found = 0
    for index, pair in enumerate(pairs):
        if strengths[index] and strengths[index + 1]:
            at = card.text.find(pair)
            found += at >= 0 and card.text.count(BETWEEN_FIELDS, 0, at) < _PLAINLY
    return found / len(pairs) if pairs else 0.0


def _name_share(stems: frozenset[str], card: Card) -> float:
    return sum([part in stems for part in card.name]) / len(card.name) if card.name else 0.0


def nearness(card: Card, km: float | None, where: Where, weights: Weights = WEIGHTS, *, visits: bool = False) -> float:
    """1 round the corner, falling smoothly with distance, but never below what serving the area is worth: more where it `visits`."""
    if where.position is None and where.council is None:
        return 1.0
    serves = where.is_served_by(card)
    floor = weights.elsewhere
    if serves:
        floor = weights.visits if visits else weights.serves_named if where.named else weights.serves
    if NATIONAL in card.served:
        floor = max(floor, weights.national)
    if km is None:
        floor = max(floor, weights.comes_to_you) if serves else floor
        km = nearest_km(card.letters, where.position)
        if km is None:
            return floor
    away = max(km - ROUND_THE_CORNER_KM, 0.0)
    scale = weights.named_scale_km if where.named else weights.scale_km
    return floor + (1.0 - floor) / (1.0 + (away / scale) ** 2)


def reliability(card: Card, today: int, weights: Weights = WEIGHTS) -> float:
    """Below 1 for entries not checked for a year, services that take no referrals and those closed for now."""
    factor = 1.0 if card.assured and today - card.assured <= weights.stale_days else weights.stale
    if card.accepting is not None:
        factor *= weights.accepting if card.accepting else weights.not_accepting
    return factor * (weights.closed if card.closed else 1.0)
