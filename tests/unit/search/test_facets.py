"""What results can be narrowed by, and how many would be left."""

from typing import Any

import pytest

from app.directory.queries import Cqc, LiveService, Site
from app.search.facets import counts, facets_of

PLACE = Site("Hall", "1 High Street", "ZZ1 1AA", 54.4, 0.6)


def live(**more: Any) -> LiveService:
    return LiveService(id="a", name="Lunch club", status="active", source="marlshire", source_id="1", **more)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"cost_kind": "means_tested"}, "cost:means_tested"),
        ({"accepting": False}, "taking:no"),
        ({"self_referral": True}, "refer:self"),
        ({"referral_form_url": "https://example.org/form"}, "refer:form"),
        ({"opening": ("Monday to Friday, 9am to 5pm",)}, "day:WE"),
        ({"sites": (PLACE,)}, "mode:in_person"),
        ({"online": True}, "mode:online"),
        ({"languages": ("Polish",)}, "language:polish"),
        ({"cqc": Cqc(regulated=True, rating="Requires improvement", rated_on=None, url="")}, "rating:requires_improvement"),
        ({"alternatives": ("lunch_club",)}, "category:lunch_club"),
    ],
)
def test_what_an_entry_says_can_be_chosen(said: dict[str, Any], value: str) -> None:
    assert value in facets_of(live(**said))


def test_what_an_entry_does_not_say_is_no_value() -> None:
    assert facets_of(live()) == ()


def test_an_address_for_letters_is_no_place_to_go_to() -> None:
    assert facets_of(live(sites=(Site("Office", "", "ZZ1 1AA", 54.4, 0.6, postal=True),))) == ()


def test_choices_are_counted_and_stand_in_their_order() -> None:
    counted = counts(["day:TU", "day:MO", "language:urdu", "day:MO", "language:polish", "language:urdu"], [1.0, 4.0, None])
    assert list(counted["day"].items()) == [("MO", 2), ("TU", 1)]
    assert list(counted["language"].items()) == [("urdu", 2), ("polish", 1)]
    assert counted["within"] == {"2": 1, "5": 2, "10": 2, "20": 2}
