"""What an editor types is read as a feed is; what they leave alone stays as its source gave it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.desk.entry import CHOICES, SAID, read_entry, typed_of
from app.directory.findings import Fault
from app.directory.service import LiveService, Site, from_record, to_record
from app.places.records import Point

TODAY = date(2026, 11, 23)
HALL, ANNEXE = Site("Hall", "Low Road", "ZZ1 1AA", 53.541, -2.112), Site("Annexe", "High Road", "ZZ1 1AB", 53.6, -2.2)
SERVICE = LiveService(
    id="1", name="Lunch club", status="active", source="feed", source_id="1", sites=(HALL, ANNEXE), lat=HALL.lat, lon=HALL.lon,
    how_to_refer=("Ring " + "long " * 100,), alternatives=("meals", "day_centre"), minimum_age=64.5, online=True, alert="Closed on Monday",
    description="First.\n\nSecond.",
)  # fmt: skip


def locate(postcode: str) -> Point | None:
    return Point(53.5, -2.0, postcode, None) if postcode == "ZZ2 2BB" else None


def after(**typed: Any) -> tuple[LiveService, dict[str, Fault]]:
    return read_entry(typed_of(SERVICE) | typed, SERVICE, TODAY, locate)


def test_what_nobody_touched_stays_whatever_a_reading_would_make_of_it() -> None:
    assert after() == (SERVICE, {})
    assert after(alternatives=["meals", "day_centre"]) == (SERVICE, {}), "in whatever order a page sends them"


def test_each_value_is_read_as_from_a_feed() -> None:
    typed = {
        "name": "  Lunch <b>club</b>\u202e ", "phone": "01632 960001", "url": "example.org", "how_to_refer": "Ring\n\n Wait \nRing",
        "self_referral": "no", "accepting": "yes", "minimum_age": "", "maximum_age": "90", "assured_on": "2/11/2026",
        "alternatives": ["meals"],
    }  # fmt: skip
    found = replace(
        SERVICE, name="Lunch club", phone="01632 960001", url="https://example.org", how_to_refer=("Ring", "Wait"), self_referral=False,
        accepting=True, minimum_age=None, maximum_age=90.0, assured_on=date(2026, 11, 2), alternatives=("meals",),
    )  # fmt: skip
    assert after(**typed) == (found, {})


def test_the_map_follows_the_postcode_and_other_places_stay() -> None:
    moved, faults = after(site_postcode="zz2 2bb")
    assert moved.sites == (Site("Hall", "Low Road", "ZZ2 2BB", 53.5, -2.0), ANNEXE)
    assert (moved.lat, moved.lon, faults) == (53.5, -2.0, {})


def test_another_name_of_the_place_does_not_move_it() -> None:
    renamed, _ = after(site_name="Village hall")
    assert renamed.sites == (replace(HALL, name="Village hall"), ANNEXE)


def test_a_place_can_be_taken_out() -> None:
    without, _ = after(site_name="", site_address="", site_postcode="")
    assert (without.sites, without.lat) == ((ANNEXE,), ANNEXE.lat)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"minimum_age": "90", "maximum_age": "60"}, {"minimum_age": Fault.AGE_NOT_USABLE}),
        ({"site_postcode": "nowhere"}, {"site_postcode": Fault.POSTCODE_NOT_USABLE}),
        ({"site_address": "x" * 400}, {"site_address": Fault.TOO_LONG}),
        ({"name": "A refuge from domestic abuse"}, {"site_address": Fault.REFUGE_ADDRESS}),
        ({"name": "", "phone": "none"}, {"name": Fault.NAME_MISSING, "phone": Fault.PHONE_NOT_USABLE}),
        ({"email": "lunch.club@example.org"}, {}),
        ({"email": "jane.doe@example.org"}, {"email": Fault.PERSONAL_EMAIL}),
    ],
)
def test_what_cannot_be_used_is_named_by_its_field(typed: dict[str, str], fault: dict[str, Fault]) -> None:
    assert after(**typed)[1] == fault


FREE = [name for name, was in typed_of(SERVICE).items() if isinstance(was, str) and name not in (*CHOICES, *SAID)]


@given(st.dictionaries(st.sampled_from(FREE), st.text(max_size=60)))
def test_whatever_is_typed_is_read_or_refused_by_its_field(typed: dict[str, str]) -> None:
    found, faults = after(**typed)
    assert faults.keys() <= typed.keys()
    assert faults or from_record(to_record(found)) == found
