"""Which of several services comes first."""

from app.directory.nearness import Candidate, distance_km, nearest_first
from app.places.records import Point

HERE = Point(53.5, -2.1, "here", None)
NEAR, FAR, FARTHER = [53.51, -2.1], [53.6, -2.1], [54.5, -2.1]


def order(*candidates: Candidate, near: Point | None = HERE, anywhere: bool = True) -> list[str]:
    return [service_id for service_id, _ in nearest_first(candidates, near, anywhere=anywhere)]


def a_candidate(name: str, accepting: bool | None = None, positions: list[list[float]] | None = None, national: bool = False) -> Candidate:
    return Candidate(name, name, accepting, positions or [], national)


def test_accepting_goes_before_nearer_and_nearer_before_farther() -> None:
    full, open_far, open_near = a_candidate("a", False, [NEAR]), a_candidate("b", True, [FAR]), a_candidate("c", True, [NEAR])
    unsaid = a_candidate("d", None, [NEAR])
    assert order(full, open_far, open_near, unsaid) == ["c", "b", "d", "a"]


def test_a_service_that_comes_to_people_stands_between_near_and_far() -> None:
    assert order(a_candidate("far", None, [FAR]), a_candidate("comes"), a_candidate("near", None, [NEAR])) == ["near", "comes", "far"]


def test_the_nearest_of_several_sites_counts() -> None:
    assert order(a_candidate("one", None, [[53.53, -2.1]]), a_candidate("many", None, [FARTHER, NEAR])) == ["many", "one"]
    assert distance_km([FARTHER, NEAR], HERE) is not None and (distance_km([FARTHER, NEAR], HERE) or 9) < 2


def test_national_services_come_after_local_ones() -> None:
    assert order(a_candidate("a", None, [NEAR], national=True), a_candidate("b", None, [FAR])) == ["b", "a"]


def test_without_a_council_only_what_is_around_or_national_is_named() -> None:
    everything = (a_candidate("near", None, [NEAR]), a_candidate("far", None, [FARTHER]), a_candidate("n", national=True), a_candidate("x"))
    assert order(*everything, anywhere=False) == ["near", "n"]
    assert order(*everything, near=None, anywhere=False) == ["n"]
