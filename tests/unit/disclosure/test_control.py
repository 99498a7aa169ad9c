"""What may be published. Each rule has a case that only this rule holds back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.control import (
    RULES,
    THRESHOLDS,
    Count,
    People,
    Practices,
    Published,
    Reason,
    few_people,
    few_practices,
    one_practice,
    publish,
    rounded,
    share,
    total,
)

practices = st.dictionaries(st.sampled_from(["", "A81001", "A81002", "A81003", "A81004", "A81005"]), st.integers(0, 60))
people = st.integers(0, 200).flatmap(lambda value: st.tuples(st.just(value), st.integers(0, value)))


def use(**by_practice: int) -> Count:
    """Unsigned use; `unknown` is the use from no known practice."""
    contributions = {"" if code == "unknown" else code: number for code, number in by_practice.items()}
    return Count(sum(contributions.values()), Practices(contributions))


def about(value: int, distinct: int) -> Count:
    return Count(value, People(distinct))


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (about(50, 9), Reason.FEW_PEOPLE),
        (use(), Reason.FEW_PRACTICES),
        (use(a=10, b=10), Reason.FEW_PRACTICES),
        (use(a=10, b=10, c=0), Reason.FEW_PRACTICES),
        (use(a=10, b=10, unknown=10), Reason.FEW_PRACTICES),
        (use(a=11, b=5, c=5), Reason.ONE_PRACTICE),
        (use(a=4, b=4, c=4, unknown=5), Reason.ONE_PRACTICE),
    ],
)
def test_a_count_that_breaks_a_rule_is_held_back(count: Count, reason: Reason) -> None:
    assert publish(count) == Published(suppressed=reason)


@pytest.mark.parametrize(
    ("count", "rule"),
    [
        (about(50, 9), few_people),
        (use(a=10, b=10), few_practices),
        (use(a=11, b=5, c=5), one_practice),
        (use(a=4, b=4, c=4, unknown=5), one_practice),
    ],
)
def test_each_rule_is_needed(count: Count, rule: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking one rule out publishes what it alone held back."""
    assert publish(count).value is None
    monkeypatch.setattr("app.disclosure.control.RULES", tuple(kept for kept in RULES if kept is not rule))
    assert publish(count).value is not None


@pytest.mark.parametrize(
    ("count", "value"),
    [
        (about(10, 10), 10),
        (about(12, 10), 10),
        (about(13, 10), 15),
        (use(a=1, b=1, c=1), 5),
        (use(a=5, b=3, c=2), 10),
        (use(a=4, b=4, c=4, unknown=2), 15),
    ],
)
def test_a_count_at_the_threshold_is_published_rounded(count: Count, value: int) -> None:
    assert publish(count) == Published(value)


@pytest.mark.parametrize(("value", "base", "nearest"), [(0, 5, 0), (2, 5, 0), (3, 5, 5), (7, 5, 5), (8, 5, 10), (5, 10, 10), (15, 10, 20)])
def test_rounding_is_to_the_nearest_with_halves_away_from_zero(value: int, base: int, nearest: int) -> None:
    assert rounded(value, base) == nearest


def test_a_total_is_the_sum_of_published_cells_and_never_the_true_one() -> None:
    cells = [publish(use(a=4, b=4, c=4)), publish(use(a=9)), publish(use(a=3, b=3, c=2))]
    assert total(cells) == Published(20)


def test_a_total_of_nothing_published_is_held_back() -> None:
    assert total([publish(use(a=9)), publish(use())]).suppressed is Reason.NO_PART_PUBLISHED


def test_a_share_is_worked_out_from_rounded_values() -> None:
    assert share(use(a=11, b=11, c=11), use(a=4, b=4, c=4)) == Published(78)


@pytest.mark.parametrize(
    ("part", "rest", "reason"),
    [
        (use(a=20, b=20, c=20), use(), Reason.FEW_PRACTICES),
        (use(), use(a=20, b=20, c=20), Reason.FEW_PRACTICES),
        (use(a=20, b=20, c=20), use(a=4), Reason.FEW_PRACTICES),
        (use(a=9, b=9, c=6), use(a=4, b=4, c=4), Reason.SMALL_WHOLE),
    ],
)
def test_a_share_that_tells_of_few_is_held_back(part: Count, rest: Count, reason: Reason) -> None:
    assert share(part, rest).suppressed is reason


@pytest.mark.parametrize(
    ("value", "behind"),
    [(5, People(6)), (-1, People(-1)), (5, Practices({"A81001": 4})), (0, Practices({"A81001": -1, "A81002": 1}))],
)
def test_a_count_that_does_not_add_up_is_refused(value: int, behind: People | Practices) -> None:
    with pytest.raises(ValueError, match="count"):
        Count(value, behind)


@given(practices)
def test_use_is_published_only_when_no_practice_can_be_seen_in_it(contributions: dict[str, int]) -> None:
    value = sum(contributions.values())
    known = [number for code, number in contributions.items() if code and number]
    cell = publish(Count(value, Practices(contributions)))
    if cell.value is None:
        assert len(known) < THRESHOLDS.practices or 2 * (max(known) + contributions.get("", 0)) > value
    else:
        assert len(known) >= THRESHOLDS.practices
        assert max(known) + contributions.get("", 0) <= value / 2
        assert cell.value % 5 == 0
        assert abs(cell.value - value) <= 2


@given(people)
def test_figures_about_people_stand_on_enough_of_them(pair: tuple[int, int]) -> None:
    value, distinct = pair
    cell = publish(about(value, distinct))
    assert (cell.value is None) == (distinct < THRESHOLDS.people)


@given(practices, st.sampled_from(["A81001", "A81002", "A81006"]))
def test_one_use_more_is_seen_in_one_step_of_rounding_or_not_at_all(contributions: dict[str, int], code: str) -> None:
    before = publish(Count(sum(contributions.values()), Practices(contributions)))
    more = {**contributions, code: contributions.get(code, 0) + 1}
    after = publish(Count(sum(more.values()), Practices(more)))
    if before.value is not None and after.value is not None:
        assert after.value - before.value in (0, THRESHOLDS.rounding)


@given(st.lists(practices, max_size=6))
def test_a_total_never_holds_what_its_cells_hold_back(table: list[dict[str, int]]) -> None:
    cells = [publish(Count(sum(row.values()), Practices(row))) for row in table]
    without_the_held_back = [cell for cell in cells if cell.value is not None]
    assert total(cells) == total(without_the_held_back)


@given(practices, practices)
def test_a_share_is_never_shown_without_both_of_its_parts(part: dict[str, int], rest: dict[str, int]) -> None:
    counts = Count(sum(part.values()), Practices(part)), Count(sum(rest.values()), Practices(rest))
    cell = share(*counts)
    if cell.value is not None:
        assert all(publish(count).value for count in counts)
        assert 0 < cell.value < 100
