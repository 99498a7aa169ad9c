"""Which practice is meant by a hasty name."""

import pytest

from app.places.matching import Named, closest, key_of
from app.places.records import Point

PRACTICES = [
    Named("Z99001", key_of("Beck Lane Surgery Marlbury"), 54.40, 0.60, "E99000001"),
    Named("Z99002", key_of("The Tanner Row Medical Centre Marlbury"), 54.39, 0.60, "E99000001"),
    Named("Z99003", key_of("St. Aldhelm's Med Ctr Kelderby"), 54.52, 0.56, "E99000001"),
    Named("Z99004", key_of("Park Surgery Farley"), 50.90, -1.40, "E99000002"),
    Named("Z99005", key_of("Park Surgery Sallowby"), 54.36, 0.72, "E99000001"),
    Named("Z99006", key_of("Dr McNulty & Partners Ottermarsh"), None, None, None),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("beck lane", "Z99001"),
        ("bekc lane", "Z99001"),
        ("lane beck", "Z99001"),
        ("Tannr Row", "Z99002"),
        ("st aldhelms medical centre", "Z99003"),
        ("St Aldhelm’s", "Z99003"),
        ("doctor mcnulty", "Z99006"),
        ("park sallowby", "Z99005"),
        ("tan", "Z99002"),
    ],
)
def test_the_practice_meant_comes_first(typed: str, first: str) -> None:
    assert closest(typed, PRACTICES, limit=3)[0] == first


@pytest.mark.parametrize("typed", ["", "!!!", "quixotic zebra", "\x00"])
def test_nothing_fits(typed: str) -> None:
    assert closest(typed, PRACTICES, limit=3) == []


def test_of_equal_names_the_one_of_the_same_council_comes_first() -> None:
    marlshire = Point(54.40, 0.60, "Marlbury", "E99000001")
    southern = Point(50.91, -1.41, "Farley", "E99000002")
    assert closest("park surgery", PRACTICES, limit=2, near=marlshire) == ["Z99005", "Z99004"]
    assert closest("park surgery", PRACTICES, limit=2, near=southern) == ["Z99004", "Z99005"]


def test_no_more_than_asked_for() -> None:
    assert len(closest("surgery", PRACTICES, limit=2)) == 2


def test_beside_a_whole_match_only_what_is_nearly_written_so() -> None:
    assert closest("beck lane", [*PRACTICES, Named("Z99007", key_of("Becklane Practice"), None, None, None)], limit=5) == [
        "Z99001",
        "Z99007",
    ]
    assert closest("park farley", PRACTICES, limit=5) == ["Z99004"]
