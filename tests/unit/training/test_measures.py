"""The measures equal values that others published or computed, to the last digit that is given."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.training.measures.gain import chi_squared, hake, mcnemar, paired
from app.training.measures.intervals import chance_of_chi_squared, chance_of_turns, feldt, wilson
from app.training.measures.items import discrimination, efficiency, facility
from app.training.measures.moments import Pairs, Values, correlation, covariance, deviation, firsts, mean, seconds, sums, variance
from app.training.measures.reliability import alpha, standard_error

Row = tuple[int, ...]


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    return shared / "data" / "quiz-stats"


@pytest.fixture(scope="module")
def expected(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / "expected.json").read_text())
    return found


@pytest.fixture(scope="module")
def reference(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / "reference_values.json").read_text())
    return found


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def responses(data: Path, name: str, items: list[str]) -> Counter[Row]:
    file = next(data.glob(f"{name}*.csv"))
    found: Counter[Row] = Counter()
    for row in rows_of(file):
        found[tuple(int(row[item]) for item in items)] += int(row.get("count") or 1)
    return found


def held_against_rest(found: Counter[Row], item: int) -> Pairs:
    pairs: Counter[tuple[int, int]] = Counter()
    for row, number in found.items():
        pairs[row[item], sum(row) - row[item]] += number
    return pairs


def totals(found: Counter[Row]) -> Values:
    every: Counter[int] = Counter()
    for row, number in found.items():
        every[sum(row)] += number
    return every


def exactly(value: float, places: int = 10) -> Any:
    """Equal to the digits that are printed."""
    return pytest.approx(value, abs=0.51 * 10**-places)


@pytest.mark.parametrize("name", ["lsat6", "lsat7", "mathexam14w"])
def test_each_question_of_a_real_test_has_the_known_figures(name: str, data: Path, expected: dict[str, Any]) -> None:
    items = expected[name]["items"]
    found = responses(data, name, list(items))
    for number, known in enumerate(items.values()):
        answers = held_against_rest(found, number)
        assert facility(answers).value == exactly(known["facility"])
        assert deviation(firsts(answers)) == exactly(known["sd"])
        assert discrimination(answers) == exactly(known["moodle_discrimination_index_pct"] / 100)
        assert discrimination(answers) == exactly(known["r_rest"])
        assert efficiency(answers) == exactly(known["moodle_discriminative_efficiency_pct"] / 100)
        assert correlation({(item, item + rest): times for (item, rest), times in answers.items()}) == exactly(known["r_total"])
        others = [variance(firsts(held_against_rest(found, other))) for other in range(len(items)) if other != number]
        assert alpha(others, variance(seconds(answers))) == exactly(known["alpha_if_deleted"])


@pytest.mark.parametrize("name", ["lsat6", "lsat7", "mathexam14w"])
def test_each_real_test_has_the_known_reliability(name: str, data: Path, expected: dict[str, Any]) -> None:
    known = expected[name]
    found = responses(data, name, list(known["items"]))
    scores = totals(found)
    assert sums(held_against_rest(found, 0)) == scores
    assert mean(scores) == exactly(known["mean_total"]) and deviation(scores) == exactly(known["sd_total"])
    value = alpha([variance(firsts(held_against_rest(found, item))) for item in range(known["k"])], variance(scores))
    assert value == exactly(known["alpha"]) and value == exactly(known["kr20"])
    assert feldt(value, known["n"], known["k"]) == (exactly(known["alpha_ci95_feldt"][0], 6), exactly(known["alpha_ci95_feldt"][1], 6))
    assert standard_error(deviation(scores), value) == exactly(known["sem"], 8)


def test_lsat7_has_the_figures_of_the_documentation_of_mirt(data: Path) -> None:
    """R's mirt, itemstats(expand.table(LSAT7)), as printed there: three places."""
    found = responses(data, "lsat7", ["Q1", "Q2", "Q3", "Q4", "Q5"])
    value = alpha([variance(firsts(held_against_rest(found, item))) for item in range(5)], variance(totals(found)))
    assert value is not None
    assert f"{mean(totals(found)):.3f} {deviation(totals(found)):.3f} {value:.3f}" == "3.707 1.199 0.453"
    assert f"{standard_error(deviation(totals(found)), value):.3f} {discrimination(held_against_rest(found, 0)):.3f}" == "0.886 0.246"


@pytest.mark.parametrize("scale", ["agree", "conscientious", "extraversion", "neuroticism", "openness"])
def test_missing_answers_give_the_known_alpha_by_complete_people_and_by_pairs(scale: str, data: Path, expected: dict[str, Any]) -> None:
    known = expected["bfi"][scale]
    people = [[scored(row[item.lstrip("-")], item) for item in known["items"]] for row in rows_of(data / "bfi.csv")]
    complete = Counter(tuple(one for one in person if one is not None) for person in people if None not in person)
    assert complete.total() == known["n_complete"]
    value = alpha([variance(firsts(held_against_rest(complete, item))) for item in range(5)], variance(totals(complete)))
    assert value == exactly(known["alpha_complete_cases"])
    table = [[covariance(together(people, one, other)) or 0 for other in range(5)] for one in range(5)]
    assert alpha([table[item][item] for item in range(5)], sum(map(sum, table))) == exactly(known["alpha_pairwise_cov"])


def scored(cell: str, item: str) -> int | None:
    if not cell:
        return None
    return 7 - int(cell) if item.startswith("-") else int(cell)


def together(people: list[list[int | None]], one: int, other: int) -> Pairs:
    pairs: Counter[tuple[int, int]] = Counter()
    for person in people:
        first, second = person[one], person[other]
        if first is not None and second is not None:
            pairs[first, second] += 1
    return pairs


def test_students_sleepers_gain_what_student_found(data: Path, reference: dict[str, Any]) -> None:
    known = reference["paired_t_student_sleep"]
    found = paired(Counter((float(row["drug2"]), float(row["drug1"])) for row in rows_of(data / "student_sleep_paired.csv")))
    assert found is not None and found.interval is not None
    assert (found.people, found.difference) == (known["n"], exactly(known["mean_diff"], 12))
    assert (found.t, found.p) == (exactly(known["t"], 9), exactly(known["p"]))
    assert found.interval == (exactly(known["ci95"][0], 12), exactly(known["ci95"][1], 12))


def test_paired_scores_of_pupils_have_the_known_figures(data: Path, reference: dict[str, Any]) -> None:
    known = reference["paired_t_baumann"]
    rows = rows_of(data / "baumann_prepost.csv")
    found = paired(Counter((int(row["pretest.1"]), int(row["post.test.1"])) for row in rows))
    assert found is not None and found.interval is not None and found.effect is not None and found.t is not None
    assert (found.before, found.later) == (exactly(known["mean_pre"], 11), exactly(known["mean_post"], 11))
    assert (found.t, found.p) == (exactly(known["t"], 9), exactly(known["p"], 13))
    assert found.interval == (exactly(known["ci95"][0], 12), exactly(known["ci95"][1], 12))
    assert found.effect == exactly(known["cohen_dz"]) and found.difference / found.effect == exactly(known["sd_diff"])
    scores = Counter((int(row["pretest.1"]), int(row["post.test.1"])) for row in rows)
    assert correlation(scores) == exactly(known["r_pre_post"])
    for group, values in known["by_group"].items():
        part = paired(Counter((int(row["pretest.1"]), int(row["post.test.1"])) for row in rows if row["group"] == group))
        assert part is not None and part.interval is not None
        assert (part.people, part.difference) == (values["n"], exactly(values["mean_diff"], 11))
        assert part.interval == (exactly(values["ci95"][0]), exactly(values["ci95"][1])) and part.p == exactly(values["p"], 9)


def test_mcnemar_equals_r(reference: dict[str, Any]) -> None:
    known = reference["mcnemar"]
    (_, lost), (gained, _) = known["table"]
    assert chi_squared(gained, lost) == exactly(known["chi2"], 7)
    assert chance_of_chi_squared(known["chi2"]) == exactly(known["p"], 12) and mcnemar(gained, lost) == exactly(known["p"], 12)
    assert chance_of_turns(gained, lost) == exactly(known["exact_p"], 15)


def test_few_turns_are_judged_exactly() -> None:
    """By hand: of six turns all go one way with 2 * (1/2)^6; of 24 that are 12 and 12, certainly."""
    assert mcnemar(6, 0) == 2 / 64 and mcnemar(12, 12) == 1 and mcnemar(0, 0) is None
    assert mcnemar(24, 0) == 2 / 2**24 and mcnemar(25, 0) == exactly(5.733e-07)


def test_wilson_equals_newcombes_examples(reference: dict[str, Any]) -> None:
    for known in reference["wilson_ci95_no_cc"]:
        assert wilson(known["x"], known["n"]) == (exactly(known["ci"][0], 12), exactly(known["ci"][1], 12))


def test_hakes_gain_is_that_of_the_means_as_published() -> None:
    """PMC8045292, table 1: of 20 points, a gain of 11.1 that is 225.8% of the mean before."""
    before = 11.1 / 2.258
    assert hake(before, before + 11.1, 20) == pytest.approx(0.736, abs=0.0005)
    assert hake(20, 20, 20) is None
