"""Nobody who knows every other sheet, and everything that is published, learns what one person answered."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from app.content.reading import read_folder
from app.disclosure import noise
from app.disclosure.noise import best_guess
from app.relationships.surveys import closing
from app.relationships.surveys.closing import FAVOURABLE, TURNOUT, WHOLE, Cell, closed, telling
from app.relationships.surveys.schema import Survey

SURVEYS = read_folder(Path(__file__).resolve().parents[3] / "content" / "surveys", Survey)
PULSE = SURVEYS["pulse"]
AREAS = ("North", "South")
ROUNDS = 3_000
Sheet = Mapping[str, int]
Sheets = list[tuple[str, str, Sheet]]


def counted(sheets: Sheets) -> Counter[Cell]:
    """True counts of sheets: side, area and answers."""
    found: Counter[Cell] = Counter()
    for side, area, answers in sheets:
        found[Cell(side, area, TURNOUT, 0)] += 1
        found.update(Cell(side, area, item, option) for item, option in answers.items())
    return found


def everything(survey: Survey, side: str, option: int) -> Sheet:
    return {item.id: option for item in survey.asked(side)}


def spread(cell: Cell) -> float:
    return {TURNOUT: noise.TURNOUT_SPREAD, FAVOURABLE: noise.SHARED_SPREAD}.get(cell.item, noise.SPREAD)


def means(survey: Survey, true: Counter[Cell]) -> dict[Cell, int]:
    """What the figures would be without an error: what an attacker who knows all sheets works out for each of the two."""

    class NoError(Random):
        def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
            return mu

    return closed(survey, true, AREAS, NoError())


def guesses_right(survey: Survey, one: Counter[Cell], other: Counter[Cell], rounds: int = ROUNDS) -> float:
    """How often the best attacker names the truth: the likelier of the two, over everything that was published."""
    expected, chance, right = (means(survey, one), means(survey, other)), Random(7), 0
    for number in range(rounds):
        truth = number % 2
        shown = closed(survey, (one, other)[truth], AREAS, chance)
        likely = [sum(-((shown[cell] - mean[cell]) ** 2) / 2 / spread(cell) ** 2 for cell in shown) for mean in expected]
        right += (likely[1] > likely[0]) == bool(truth)
    return right / rounds


@pytest.mark.parametrize("name", SURVEYS)
def test_the_best_attacker_guesses_a_whole_sheet_no_better_than_the_page_says(name: str) -> None:
    survey = SURVEYS[name]
    side = next(iter(survey.sides))
    others = [(side, "North", everything(survey, side, 1))] * 11
    one, other = (counted([*others, (side, "North", everything(survey, side, option))]) for option in (0, 3 if name == "pulse" else 2))
    assert guesses_right(survey, one, other) <= best_guess(telling(survey, side)) + 0.03 <= 0.76


def test_whether_somebody_answered_at_all_is_no_plainer() -> None:
    others = [("gp", "North", everything(PULSE, "gp", 1))] * 11
    one, other = counted(others), counted([*others, ("gp", "North", everything(PULSE, "gp", 0))])
    assert guesses_right(PULSE, one, other) <= best_guess(telling(PULSE, "gp")) + 0.03


def test_a_single_answer_is_hardly_more_than_a_coin() -> None:
    others = [("gp", "North", everything(PULSE, "gp", 1))] * 11
    last = [everything(PULSE, "gp", 1) | {"trust_judgement": option} for option in (0, 4)]
    one, other = (counted([*others, ("gp", "North", sheet)]) for sheet in last)
    assert guesses_right(PULSE, one, other) <= 0.62


@pytest.mark.parametrize("planted", ["SPREAD", "TURNOUT_SPREAD", "SHARED_SPREAD"])
def test_the_attack_is_noticed_when_an_error_is_left_out(monkeypatch: pytest.MonkeyPatch, planted: str) -> None:
    monkeypatch.setattr(closing, planted, 0.0)
    monkeypatch.setattr(noise, planted, 0.01)
    others = [("gp", "North", everything(PULSE, "gp", 1))] * 11
    one, other = counted([*others, ("gp", "North", everything(PULSE, "gp", 0))]), counted(others)
    assert guesses_right(PULSE, one, other, 300) > 0.95


answers = st.dictionaries(st.sampled_from([item.id for item in PULSE.asked("gp")]), st.integers(0, 4))
sheets = st.lists(st.tuples(st.just("gp"), st.sampled_from(["", *AREAS]), answers), max_size=30)


@examples(max_examples=200)
@given(sheets, sheets.filter(bool), answers)
def test_any_two_sheets_of_a_person_among_any_others_are_as_near_as_is_said(others: Sheets, last: Sheets, instead: Sheet) -> None:
    side, area, sheet = last[0]
    one, other = (means(PULSE, counted([*others, (side, area, given)])) for given in (sheet, instead))
    assert one.keys() == other.keys(), "which figures there are must not tell"
    apart = sum(((one[cell] - other[cell]) / spread(cell)) ** 2 for cell in one) ** 0.5
    assert apart <= telling(PULSE, side) + 1e-9


def test_figures_stand_for_every_cell_whatever_was_answered() -> None:
    nothing, much = closed(PULSE, Counter(), AREAS, Random(1)), closed(PULSE, counted([("gp", "North", {"who_to_call": 2})] * 90), AREAS)
    assert nothing.keys() == much.keys()
    assert {cell.area for cell in nothing} == {WHOLE, *AREAS}
    assert {cell.item for cell in nothing if cell.area} == {TURNOUT, FAVOURABLE}, "few answer in a neighbourhood: one sum only"
