"""To which council a service goes when others take over, and which files say so."""

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from app.places.succession import Heir, Succession, councils_now

EAST, WEST, LATER = "E99000003", "E99000004", "E99000009"
ONE = "0b0e5a0c-6c1f-4c55-9f5b-3f7c3f1d8a11"


def heirs(*codes: str, services: frozenset[str] = frozenset()) -> tuple[Heir, ...]:
    return tuple(Heir(code, services if code == WEST else frozenset()) for code in codes)


def now(known: dict[str, Sequence[Heir]], places: Sequence[str | None] = (), *, keeps: bool = True) -> tuple[str, ...]:
    return councils_now("E99000001", lambda code: known.get(code, ()), ONE, places, keeps=keeps)


def test_a_council_that_is_still_there_stays() -> None:
    assert now({}) == ("E99000001",)


def test_after_a_merger_everything_is_the_new_councils_wherever_it_lies() -> None:
    assert now({"E99000001": heirs(EAST)}, [None, "E08000004"]) == (EAST,)


def test_of_a_divided_council_a_service_goes_where_its_addresses_lie() -> None:
    divided = {"E99000001": heirs(EAST, WEST)}
    assert now(divided, [None, WEST]) == (WEST,)
    assert now(divided, [WEST, EAST, WEST]) == (WEST, EAST)


def test_one_given_by_name_goes_there_though_it_lies_elsewhere() -> None:
    assert now({"E99000001": heirs(EAST, WEST, services=frozenset({ONE}))}, [EAST]) == (WEST,)


def test_nothing_is_guessed_where_nothing_says_where_it_lies() -> None:
    assert now({"E99000001": heirs(EAST, WEST)}, [None, "E08000004"]) == ()


def test_what_another_council_keeps_serves_all_that_the_area_has_become() -> None:
    assert now({"E99000001": heirs(EAST, WEST)}, ["E08000004"], keeps=False) == (EAST, WEST)


def test_what_took_over_may_itself_have_ended_since() -> None:
    chain = {"E99000001": heirs(EAST, WEST), EAST: heirs(LATER)}
    assert now(chain, [LATER]) == (LATER,)
    assert now(chain, [], keeps=False) == (LATER, WEST)


A_MERGER: dict[str, Any] = {"day": "2026-04-01", "ended": ["E99000001", "E99000002"], "successors": [{"code": EAST}]}
A_DIVISION: dict[str, Any] = {
    "day": "2026-04-01",
    "ended": ["E99000001"],
    "successors": [{"code": EAST, "districts": ["E07999001"]}, {"code": WEST, "postcodes": ["ZZ2", "ZZ1 1"], "services": [ONE]}],
}


def test_a_merger_and_a_division_are_read() -> None:
    assert not Succession.model_validate(A_MERGER).divides
    assert Succession.model_validate(A_DIVISION).codes == (EAST, WEST)


@pytest.mark.parametrize(
    "wrong",
    [
        A_MERGER | {"successors": [{"code": "E99000001"}]},
        A_MERGER | {"ended": []},
        A_MERGER | {"successors": [{"code": EAST, "postcodes": ["ZZ1"]}]},
        A_DIVISION | {"successors": [{"code": EAST}, {"code": EAST}]},
        A_DIVISION | {"successors": [{"code": EAST, "districts": ["E07999001"]}, {"code": WEST, "districts": ["E07999001"]}]},
        A_DIVISION | {"successors": [{"code": EAST}, {"code": WEST, "postcodes": ["ZZ1 1BD"]}]},
        A_DIVISION | {"surprise": 1},
    ],
)
def test_a_file_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Succession.model_validate(wrong)
