"""How many text messages a text takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.sms import fitted, parts, spelt


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("£" * 160, 1), ("é" * 160, 1),
        ("€" * 80, 1), ("€" * 81, 2), ("\n" * 160, 1),
        ("Ł" * 70, 1), ("Ł" * 71, 2), ("Ł" * 134, 2), ("Ł" * 135, 3), ("a" * 70 + "ß" + "ŷ", 2), ("😀" * 35, 1), ("😀" * 36, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # The two places of a euro sign are not parted, so that the first message stays one short.
    ],
)  # fmt: skip
def test_it_is_counted_as_networks_charge_it(text: str, count: int) -> None:
    assert parts(text) == count


def test_typographic_signs_do_not_make_a_message_wide() -> None:
    typed = "“Don’t wait” – ring… " * 8
    assert parts(typed) == 3
    assert spelt("“Don’t wait” – ring…") == '"Don\'t wait" - ring...'
    assert parts(spelt(typed)) == 2


@given(st.text(max_size=1000), st.integers(1, 3))
def test_what_is_fitted_fits_and_keeps_its_beginning(words: str, most: int) -> None:
    text = fitted(lambda cut: f"01632 960001 Name. {cut} Nothing has been sent.", words, most)
    assert parts(text) <= most
    assert text.startswith("01632 960001 Name. ") and text.endswith("Nothing has been sent.")


def test_nothing_is_cut_that_fits() -> None:
    assert fitted(lambda cut: f"Ring. {cut}", "Visits at home for company.", 1) == "Ring. Visits at home for company."
    assert "..." not in fitted(lambda cut: cut, "a" * 160, 1)
