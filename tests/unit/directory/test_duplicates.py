"""Which services are suggested to be one, and which that look alike are not."""

from itertools import count

import pytest

from app.directory.desk.duplicates import Entry, pairs

HALL, NEXT_DOOR, ACROSS_TOWN = (53.5400, -2.1100), (53.5412, -2.1120), (53.5700, -2.1500)
PHONE, OTHER_PHONE = "01632 960100", "01632 960200"
_numbers = count()


def entry(name: str, organisation: str = "", phone: str = "", at: tuple[float, float] | None = HALL) -> Entry:
    return Entry(f"id-{next(_numbers):03}", name, organisation, phone, [at] if at else [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry("Marlbury Carers Centre"), entry("The Marlbury Carers' Centre")),
        (entry("Library and Wellbeing Centre"), entry("Library & Wellbeing Centre", at=NEXT_DOOR)),
        (entry("Food bank, Marlbury"), entry("Marlbury food bank")),
        (entry("Being There", phone=PHONE), entry("Being There", phone="+441632960100", at=ACROSS_TOWN)),
        (entry("Stroke Support Group"), entry("Stroke Suport Group", at=None)),
        (entry("Friendship lunch club", "Age Marl", PHONE), entry("Lunch club", "Age Marl", PHONE, at=NEXT_DOOR)),
    ],
)
def test_these_may_be_one(one: Entry, other: Entry) -> None:
    (pair,) = pairs([one, other], ())
    assert {pair.one.id, pair.other.id} == {one.id, other.id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry("Lunch club", "Age Marl", PHONE), entry("Befriending", "Age Marl", PHONE)),
        (entry("Well Pharmacy", phone=PHONE), entry("Well Pharmacy", phone=OTHER_PHONE, at=ACROSS_TOWN)),
        (entry("Memory café group 1"), entry("Memory café group 2")),
        (entry("Homes Association, 1A Toll Road"), entry("Homes Association, 1B Toll Road")),
        (entry("Coffee and chat Mondays"), entry("Coffee and chat Fridays")),
        (entry("Friendship lunch club", "Age Marl", PHONE), entry("Lunch club", "Church House", PHONE)),
        (entry("Friendship lunch club", "Age Marl", PHONE), entry("Lunch club", "Age Marl", OTHER_PHONE)),
    ],
)
def test_these_are_two(one: Entry, other: Entry) -> None:
    assert pairs([one, other], ()) == []


def test_what_somebody_found_to_be_two_is_not_suggested_again() -> None:
    one, other = entry("Carers Centre"), entry("Carers Centre")
    assert pairs([one, other], {frozenset({other.id, one.id})}) == []


def test_the_likeliest_come_first_and_each_pair_once() -> None:
    same = [entry("Carers Centre", phone=PHONE), entry("Carers Centre", phone=PHONE)]
    nearly = [entry("Stroke Support Group"), entry("Stroke Suport Group")]
    found = pairs([*nearly, *same], ())
    assert [pair.one.name for pair in found] == ["Carers Centre", "Stroke Support Group"]


def test_what_very_many_share_says_nothing() -> None:
    """A word or a place that very many share is not gone through pair by pair."""
    many = [entry(f"Care home {word}{place}", phone=PHONE) for place in range(100) for word in ("Ash", "Oak", "Elm")]
    twice = [entry("Poppy Fields"), entry("Poppy fields")]
    assert {pair.one.name for pair in pairs([*many, *twice], ())} == {"Poppy Fields"}
