"""Figures in words, each with what stands behind it. What may not be shown says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.content.messages import say
from app.training.measures.courses import Gain, Retention
from app.training.measures.gain import Turned
from app.training.measures.intervals import Interval, feldt
from app.training.measures.items import Share
from app.training.measures.moments import Pairs, deviation, firsts, size, sums, variance
from app.training.measures.reliability import alpha, standard_error
from app.training.measures.rules import Standing, may_show_alpha, of_discrimination
from app.training.measures.schema import Limits

SMALL_CHANCE = 0.001
"""A chance below this is said to be below it."""


@dataclass(frozen=True)
class Figure:
    """What is shown, and what stands behind it or why it is not shown."""

    value: str
    behind: str


def hidden(why: str, **values: object) -> Figure:
    """A figure that may not be shown; `why` is the end of the message's id."""
    return Figure(say("training_measures.hidden"), say(f"training_measures.{why}", **values))


def share(found: Share, needed: int) -> Figure:
    """A share with its interval."""
    if found.value is None or found.interval is None or found.whole < needed:
        return hidden("few_answers", needed=needed, number=found.whole)
    low, high = (percent(end) for end in found.interval)
    behind = say("training_measures.share", part=found.part, whole=found.whole, low=low, high=high)
    return Figure(say("training_measures.percent", value=percent(found.value)), behind)


def part(found: Share) -> Figure:
    """A share of at least one, without an interval."""
    behind = say("training_measures.part", part=found.part, whole=found.whole)
    return Figure(say("training_measures.percent", value=percent(found.value or 0)), behind)


def apart(value: float | None, answered: int, limits: Limits) -> Figure:
    """An index of discrimination or its efficiency."""
    standing = of_discrimination(answered, limits)
    if standing is Standing.HIDDEN:
        return hidden("few_answers", needed=limits.discrimination, number=answered)
    if value is None:
        return Figure(say("training_measures.unknown"), say("training_measures.no_variety"))
    return Figure(decimal(value), say(f"training_measures.{standing}", number=answered))


def reliability(items: Sequence[Pairs], limits: Limits) -> tuple[Figure, Figure]:
    """Alpha, and the standard error of a score, of a form by its questions."""
    learners = size(items[0]) if items else 0
    if learners < limits.alpha_learners:
        return (hidden("few_learners", needed=limits.alpha_learners, number=learners),) * 2
    if not may_show_alpha(learners, len(items), limits):
        return (hidden("few_questions", needed=limits.alpha_items, number=len(items)),) * 2
    totals = sums(items[0])
    value = alpha([variance(firsts(item)) for item in items], variance(totals))
    between = None if value is None else feldt(value, learners, len(items))
    error = standard_error(deviation(totals), value)
    if value is None or between is None or error is None:
        return (Figure(say("training_measures.unknown"), say("training_measures.no_spread")),) * 2
    ends = {"number": learners, "low": decimal(between.low), "high": decimal(between.high), "items": len(items)}
    short = "alpha_short" if len(items) < limits.short_below else "alpha"
    behind = say(f"training_measures.{short}", **ends)
    return Figure(decimal(value), behind), Figure(decimal(error), say("training_measures.error", items=len(items)))


def gain(found: Gain | None, limits: Limits) -> Figure:
    """The difference in percentage points of the same people."""
    if found is None or found.paired.people < limits.pairs:
        return hidden("few_people", needed=limits.pairs, number=found.paired.people if found else 0)
    pair = found.paired
    before, later = percent(pair.before / found.most), percent(pair.later / found.most)
    known = {"before": before, "later": later, "number": pair.people}
    value = say("training_measures.points", value=signed(pair.difference / found.most))
    if pair.interval is None or pair.effect is None:
        return Figure(value, say("training_measures.gain_alike", **known))
    low, high = (signed(end / found.most) for end in _within(pair.interval, found.most))
    return Figure(value, say("training_measures.gain", **known, low=low, high=high, effect=decimal(pair.effect)))


def _within(interval: Interval, most: int) -> Interval:
    """An interval of a difference, cut at what a difference can be."""
    return Interval(max(-most, interval.low), min(most, interval.high))


def normalised(found: Gain | None, limits: Limits) -> list[Figure]:
    """Hake's gain of the means, and Marx and Cummings's mean change."""
    if found is None or found.paired.people < limits.pairs:
        return [gain(found, limits)]
    known = (("hake", found.hake), ("change", found.change))
    return [
        Figure(say("training_measures.unknown"), say("training_measures.nothing_to_gain"))
        if value is None
        else Figure(decimal(value), say(f"training_measures.{name}"))
        for name, value in known
    ]


def turns(found: Turned, limits: Limits) -> tuple[Figure, Figure, Figure]:
    """An outcome before, later, and who turned."""
    if found.people < limits.pairs:
        return (hidden("few_people", needed=limits.pairs, number=found.people),) * 3
    before, later = (part(Share(right, found.people)) for right in (found.right_before, found.right_later))
    return before, later, Figure(say("training_measures.turns", gained=found.gained, lost=found.lost), _chance(found.p))


def _chance(p: float | None) -> str:
    if p is None:
        return say("training_measures.no_turn")
    if p < SMALL_CHANCE:
        return say("training_measures.chance_small", p=SMALL_CHANCE)
    return say("training_measures.chance", p=f"{p:.3f}")


def came(found: Retention) -> Figure:
    """How many of those to whom a follow-up was open did it."""
    return part(found.done) if found.done.whole else Figure(say("training_measures.unknown"), say("training_measures.nobody"))


def stayed(found: Retention, most: int, limits: Limits) -> Figure:
    """What those who did a follow-up knew in each form, and what everybody knew before."""
    means = (found.before, found.after, found.later, found.before_of_all)
    if found.done.part < limits.pairs or None in means:
        return hidden("few_learners", needed=limits.pairs, number=found.done.part)
    before, after, later, everybody = (percent((value or 0) / most) for value in means)
    value = say("training_measures.stayed", before=before, after=after, later=later)
    return Figure(value, say("training_measures.all_before", value=everybody))


def percent(value: float) -> str:
    """A share as a whole number of a hundred."""
    return f"{100 * value:.0f}"


def signed(value: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return _with_minus(f"{100 * value:+.0f}") if round(100 * value) else "0"


def decimal(value: float) -> str:
    """Two places."""
    return _with_minus(f"{value:.2f}") if round(100 * value) else "0.00"


def _with_minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
