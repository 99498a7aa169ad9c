"""What is left of a round when it closes. Pure: true counts in, uncertain ones out.

For the whole council each option of each question. For a neighbourhood, where few answer, one sum only: how many of the answers to the
questions that both professions are asked were favourable.
"""

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from app.disclosure.noise import SHARED_SPREAD, SPREAD, TURNOUT_SPREAD, gap, uncertain
from app.relationships.surveys.schema import Survey

TURNOUT = "_turnout"
ASKED = "_asked"
"""How many were asked. It is kept as it is: it says nothing of who answered."""
FAVOURABLE = "_favourable"
WHOLE = ""


class Cell(NamedTuple):
    """Where a number stands: side, area ("" for the whole council), item and the place of the option."""

    side: str
    area: str
    item: str
    option: int


def closed(survey: Survey, true: Counter[Cell], areas: Iterable[str], chance: Random | None = None) -> dict[Cell, int]:
    """The figures of a round. `true` holds each option by area, with the turnout under TURNOUT. Which cells there are depends on the
    survey and on `areas` alone, never on what was answered."""
    found: dict[Cell, int] = {}
    neighbourhoods = sorted(set(areas) - {WHOLE})
    for side in survey.sides:
        everywhere = [WHOLE, *neighbourhoods]
        for item in survey.asked(side):
            for option in range(len(survey.options_of(item))):
                total = sum(true[Cell(side, area, item.id, option)] for area in everywhere)
                found[Cell(side, WHOLE, item.id, option)] = uncertain(total, SPREAD, chance)
        turnout = {area: true[Cell(side, area, TURNOUT, 0)] for area in everywhere}
        found[Cell(side, WHOLE, TURNOUT, 0)] = uncertain(sum(turnout.values()), TURNOUT_SPREAD, chance)
        for area in neighbourhoods:
            places = [(item.id, place) for item in survey.mirrored() for place in survey.favourable_of(item)]
            favourable = sum(true[Cell(side, area, item, place)] for item, place in places)
            found[Cell(side, area, FAVOURABLE, 0)] = uncertain(favourable, SHARED_SPREAD, chance)
            found[Cell(side, area, TURNOUT, 0)] = uncertain(turnout[area], TURNOUT_SPREAD, chance)
    return found


def telling(survey: Survey, side: str) -> float:
    """How far apart, in standard deviations, all figures of a round are for two sheets of one person that differ in every answer."""
    whole = [(2**0.5, SPREAD)] * len(survey.asked(side))
    near = [(float(len(survey.mirrored())), SHARED_SPREAD)] if survey.favourable else []
    turnout = [(1.0, TURNOUT_SPREAD)] * (1 + len(near))
    return gap([*whole, *near, *turnout])
