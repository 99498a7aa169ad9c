"""What the index keeps of a service comes back as it was, and services around a place are all among its squares."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.geometry import kilometres
from app.search.card import Card, joined, kinds_of
from app.search.cards import NAME, CardReader, CardWriter
from app.search.nearness import squares, squares_around
from app.search.words import signature

TEXT = " beck lane \n day care \n lunch \n  \n sale \n lunch and music "
CARD = Card(
    id="a", name=("beck", "lane"), text=TEXT, signature=signature(TEXT.split()), kinds=kinds_of(["lunch_club"], ["day_care"]),
    facets=joined(["cost:free", "language:british sign language"]), served=("E08000009", "national"),
    positions=((53.4245, -2.3223), (53.5, -2.0)), letters=(), accepting=False, closed=True, assured=740_000,
)  # fmt: skip


def test_a_card_is_read_as_it_was_written() -> None:
    bare = Card("b", (), "  \n  \n  \n  \n  \n  ", 0, kinds_of((), ()), "", (), (), (), None, False, None)
    assert [Card.loads(card.dumps()) for card in (CARD, bare)] == [CARD, bare]


def test_cards_are_found_again_after_more_were_added(tmp_path: Path) -> None:
    places = []
    for text in (b"one", b"", b"three"):
        writer = CardWriter(tmp_path)
        places.append(writer.add(text))
        writer.close()
    assert [CardReader(tmp_path).read(place) for place in places] == [b"one", b"", b"three"]


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 40, b"short"])
def test_a_damaged_card_is_an_error(tmp_path: Path, spoilt: bytes) -> None:
    writer = CardWriter(tmp_path)
    place = writer.add(b"a card of some length")
    writer.close()
    (tmp_path / NAME).write_bytes(spoilt)
    with pytest.raises(ValueError, match="damaged"):
        CardReader(tmp_path).read(place)


@given(st.floats(50, 55.8), st.floats(-6, 1.8), st.floats(-0.4, 0.4), st.floats(-0.6, 0.6), st.sampled_from([2.0, 5.0, 10.0, 20.0, 30.0]))
def test_everything_within_the_distance_lies_in_the_squares(lat: float, lon: float, north: float, east: float, km: float) -> None:
    here, there = (lat, lon), (lat + north, lon + east)
    if kilometres(*here, *there) <= km:
        assert not set(squares(there)).isdisjoint(squares_around(here, km))
