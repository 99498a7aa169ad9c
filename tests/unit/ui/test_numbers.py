"""Numbers that people read aloud: no two alike, no wrong sign unnoticed, and read however somebody types them."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.ui.numbers import LETTERS, as_kept, in_groups, new_number

A_NUMBER = st.builds(new_number)


@given(A_NUMBER, st.sampled_from(["", "-", " ", " - ", "–"]), st.booleans())
def test_a_number_is_read_however_it_is_typed(number: str, between: str, small: bool) -> None:
    typed = in_groups(number).replace("-", between)
    assert as_kept(f" {typed.lower() if small else typed}\t") == number
    assert as_kept(typed.replace("0", "O").replace("1", "l")) == number


@given(A_NUMBER)
def test_every_single_wrong_sign_is_noticed(number: str) -> None:
    for place, letter in product(range(len(number)), LETTERS):
        assert letter == number[place] or as_kept(number[:place] + letter + number[place + 1 :]) is None


@given(st.text() | st.text(LETTERS + LETTERS.lower() + " -.", min_size=10, max_size=20))
def test_any_text_is_a_number_or_is_refused(typed: str) -> None:
    number = as_kept(typed)
    assert number is None or (set(number) <= set(LETTERS) and as_kept(in_groups(number)) == number)


def test_a_hundred_thousand_are_all_different() -> None:
    assert len({new_number() for _ in range(100_000)}) == 100_000
