"""What lies around a place is drawn where it is."""

from math import atan2, degrees, dist, hypot

import pytest

from app.search.schematic import DISC, MIDDLE, OUTER, RING_LABEL, SIZE, Spot, bearing, direction, rings, spots

HERE = (53.5, -2.1)


@pytest.mark.parametrize(
    ("to", "degrees_from_north", "said"),
    [
        ((53.6, -2.1), 0, "north"),
        ((53.5, -2.0), 90, "east"),
        ((53.4, -2.1), 180, "south"),
        ((53.5, -2.2), 270, "west"),
        ((53.5595, -2.0), 45, "north-east"),
        ((53.4405, -2.2), 225, "south-west"),
    ],
)
def test_bearings_are_true_and_said_in_words(to: tuple[float, float], degrees_from_north: float, said: str) -> None:
    assert bearing(HERE, to) == pytest.approx(degrees_from_north, abs=0.2)
    assert direction(bearing(HERE, to)) == said


@pytest.mark.parametrize(
    ("towards", "said"), [(22.4, "north"), (22.6, "north-east"), (337.6, "north"), (359.9, "north"), (337.4, "north-west")]
)
def test_a_direction_is_the_nearest_of_eight(towards: float, said: str) -> None:
    assert direction(towards) == said


@pytest.mark.parametrize(
    ("distances", "shown"),
    [([], [1]), ([0.3], [1]), ([0.3, 1.8], [1, 2]), ([4.0], [1, 2, 5]), ([1.0, 10.0], [1, 2, 5, 10]), ([12.0], [2, 5, 10, 20])],
)
def test_rings_are_picked_so_that_the_outer_one_holds_all(distances: list[float], shown: list[int]) -> None:
    picked = rings(distances)
    assert [ring.km for ring in picked] == shown
    assert picked[-1].radius == pytest.approx(OUTER)
    assert [ring.radius for ring in picked] == sorted(ring.radius for ring in picked)


def drawn(*places: tuple[float, float]) -> tuple[Spot, ...]:
    return spots(places, rings([km for km, _ in places]))


@pytest.mark.parametrize("towards", [0, 30, 90, 135, 180, 260, 359])
def test_a_place_is_drawn_in_its_direction_with_north_at_the_top(towards: float) -> None:
    (spot,) = drawn((7.0, towards))
    assert degrees(atan2(spot.x - MIDDLE, MIDDLE - spot.y)) % 360 == pytest.approx(towards, abs=0.5)


def test_a_place_at_a_rings_distance_is_drawn_on_the_ring() -> None:
    picked = rings([10.0])
    for ring, spot in zip(picked, spots([(ring.km, 70.0) for ring in picked], picked), strict=True):
        assert hypot(spot.x - MIDDLE, spot.y - MIDDLE) == pytest.approx(ring.radius, abs=0.2)


def test_a_quarter_of_the_distance_is_half_of_the_way() -> None:
    near, far = drawn((5.0, 90.0), (20.0, 90.0))
    assert (near.x - MIDDLE) == pytest.approx((far.x - MIDDLE) / 2, abs=0.2)


def test_a_number_stands_on_its_place_where_there_is_room() -> None:
    assert not any(spot.is_beside for spot in drawn((4.0, 10.0), (4.0, 100.0), (4.0, 280.0)))


CROWD = [(3.0, 40.0)] * 12 + [(3.1, 41.0), (3.2, 44.0), (2.9, 38.0)] + [(0.0, 0.0)] * 5 + [(10.0, 180.0)] * 5 + [(9.9, 0.0)] * 5


def test_numbers_overlap_neither_each_other_nor_the_rings_words_nor_the_edge() -> None:
    found = drawn(*CROWD)
    numbers = [(spot.number_x, spot.number_y) for spot in found]
    for index, number in enumerate(numbers):
        assert all(dist(number, other) >= 2 * DISC for other in numbers[:index])
        assert all(DISC <= part <= SIZE - DISC for part in number)
        assert all(dist(number, (MIDDLE, ring.label_y)) >= DISC + RING_LABEL for ring in rings([10.0]))
        assert dist(number, (MIDDLE, MIDDLE)) > DISC


def test_a_number_never_covers_the_dot_of_another_place() -> None:
    found = drawn(*CROWD)
    for spot in found:
        others = [(other.x, other.y) for other in found if (other.x, other.y) != (spot.x, spot.y)]
        assert all(dist((spot.number_x, spot.number_y), other) >= DISC for other in others)


def test_the_same_places_are_drawn_the_same_way_each_time() -> None:
    assert drawn(*CROWD) == drawn(*CROWD)


def test_more_numbers_than_the_drawing_holds_are_still_all_there() -> None:
    assert len(drawn(*[(1.0, 90.0)] * 400)) == 400
