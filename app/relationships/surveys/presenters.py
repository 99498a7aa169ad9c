"""What the pages of surveys show, as plain data."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from app.content.messages import say
from app.disclosure.noise import best_guess
from app.relationships.surveys import queries
from app.relationships.surveys.catalogue import surveys
from app.relationships.surveys.closing import telling
from app.relationships.surveys.queries import PULSE, VOICE, Answered, Share, SideFigures
from app.relationships.surveys.schema import Item, Survey


@dataclass(frozen=True)
class Row:
    """One question with what each side said, in the order of the survey's sides."""

    item: Item
    options: tuple[str, ...]
    sides: tuple[tuple[str, Answered], ...]


def results(name: str, council: str) -> dict[str, Any]:
    """What results.html shows: the questions of a survey that are set beside nothing from long ago, by side."""
    survey = surveys()[name]
    items = [item for item in survey.items if not item.then and not item.only_in_sessions]
    found = [queries.side_figures(name, council, side, [item for item in items if item.words(side)]) for side in survey.sides]
    return {
        "survey": survey,
        "sides": [(survey.sides[one.side], one) for one in found],
        "rows": [_row(survey, item, found) for item in items],
        "areas": queries.neighbourhoods(council) if name == PULSE else [],
        "guess": guess(survey),
    }


def beside_then(council: str) -> list[tuple[Item, Share | None]]:
    """The questions that were asked in 2012 and 2013, with what general practice says here now."""
    survey = surveys()[PULSE]
    items = [item for item in survey.asked(queries.GP) if item.then]
    return [(one.item, one.favourable) for one in queries.side_figures(PULSE, council, queries.GP, items).answered]


def guess(survey: Survey) -> int:
    """How often in a hundred somebody is right at best who knows all other sheets; a coin is right 50 times."""
    return round(100 * best_guess(max(telling(survey, side) for side in survey.sides)))


def as_csv(name: str, council: str) -> str:
    """The same figures as a sheet."""
    survey, page, text = surveys()[name], results(name, council), io.StringIO()
    writer = csv.writer(text)
    writer.writerow(say(f"surveys.column.{column}") for column in ("side", "question", "option", "percent", "low", "high"))
    for row in page["rows"]:
        for side, one in row.sides:
            for option, percent in zip(row.options, one.options or (), strict=False):
                writer.writerow([side, row.item.label, option, percent, "", ""])
            if one.favourable:
                ends = (round(end) for end in (one.favourable.percent, one.favourable.low, one.favourable.high))
                writer.writerow([side, row.item.label, " / ".join(_favourable(survey, row.item)), *ends])
    return text.getvalue()


def voice_sides() -> list[tuple[str, str]]:
    """Who answers older people's voice, by id and in words."""
    return list(surveys()[VOICE].sides.items())


def _row(survey: Survey, item: Item, found: list[SideFigures]) -> Row:
    answered = ((survey.sides[side.side], one) for side in found for one in side.answered if one.item is item)
    return Row(item, survey.options_of(item), tuple(answered))


def _favourable(survey: Survey, item: Item) -> list[str]:
    options = survey.options_of(item)
    return [options[place] for place in sorted(survey.favourable_of(item))]
