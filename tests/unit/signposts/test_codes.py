"""Reference codes: no two alike, no mistake unnoticed, and read however somebody types them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signposts.codes import LENGTH, SIGNS, Mistake, Mistyped, new_code, read_code, shown

A_CODE = st.builds(new_code)


@given(A_CODE, st.sampled_from(["", "-", " ", " - ", "–"]), st.booleans())
def test_a_code_is_read_however_it_is_typed(code: str, between: str, small: bool) -> None:
    typed = shown(code).replace("-", between)
    assert read_code(f" {typed.lower() if small else typed}\t") == code


@given(A_CODE)
def test_every_single_wrong_sign_is_noticed(code: str) -> None:
    for place, sign in product(range(LENGTH), SIGNS):
        if sign != code[place]:
            with pytest.raises(Mistyped) as raised:
                read_code(code[:place] + sign + code[place + 1 :])
            assert raised.value.mistake is Mistake.CHECK


@given(A_CODE, st.integers(0, LENGTH - 2))
def test_two_neighbours_that_change_places_are_noticed(code: str, place: int) -> None:
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if turned != code:
        with pytest.raises(Mistyped):
            read_code(turned)


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [("", Mistake.LENGTH), ("BCDF-2345", Mistake.LENGTH), ("BCDF-2345-GHJT-2", Mistake.LENGTH), ("BCDF-2345-GH0T", Mistake.SIGN),
     ("BCDF-2345-GHIT", Mistake.SIGN), ("BCDF-2345-GHJT; DROP", Mistake.SIGN), ("ＢCDF-2345-GHJT", Mistake.SIGN)],
)  # fmt: skip
def test_what_cannot_be_a_code_says_why(typed: str, mistake: Mistake) -> None:
    with pytest.raises(Mistyped) as raised:
        read_code(typed)
    assert raised.value.mistake is mistake


def test_a_hundred_thousand_codes_are_all_different_and_hold_no_word() -> None:
    codes = {new_code() for _ in range(100_000)}
    assert len(codes) == 100_000
    assert not set("".join(codes)) & set("01AEIOU")
