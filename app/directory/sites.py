"""Where a service works from: addresses, postcodes and positions of a feed, each checked against the other. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.directory.cleaning import line
from app.directory.extras import OWN
from app.directory.findings import Fault, Notebook
from app.directory.service import Site
from app.directory.values import number
from app.places.geometry import kilometres
from app.places.records import Point

FARTHEST_FROM_POSTCODE_KM = 20.0
"""A position farther than this from its own postcode is a mistake."""

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-HJ-NP-Z]?)([0-9][A-Z]{2})")
_TO_DIGIT = str.maketrans("OI", "01")

Locate = Callable[[str], Point | None]
"""Where a full postcode is, or None where it is not known."""


@dataclass(frozen=True, slots=True)
class _Position:
    lat: float
    lon: float

    @property
    def in_uk(self) -> bool:
        return 49.0 <= self.lat <= 61.0 and -9.0 <= self.lon <= 2.5


def postcode_of(value: str, where: str, notes: Notebook) -> str:
    """A postcode as it is usually written, or nothing. A letter O or I in a digit's place is taken for the digit."""
    if not value:
        return ""
    tight = re.sub(r"[^A-Z0-9]", "", value.upper())
    inward = tight[-3:-2].translate(_TO_DIGIT) + tight[-2:]
    candidates = (tight, tight[:-3] + inward, tight[:1] + tight[1:-3].translate(_TO_DIGIT) + inward)
    for candidate in (*candidates, tight[:2] + tight[2:-3].translate(_TO_DIGIT) + inward):
        if match := _POSTCODE.fullmatch(candidate):
            usual = f"{match[1]} {match[2]}"
            if usual != value:
                notes.note(Fault.POSTCODE_WRITTEN_OTHERWISE, where, value)
            return usual
    notes.note(Fault.POSTCODE_NOT_USABLE, where, value)
    return ""


def is_online(record: dict[str, Any]) -> bool:
    """True where one of the feed's locations is a virtual one."""
    locations = (entry.get("location") for entry in record.get("service_at_locations", ()))
    return any(isinstance(location, dict) and location.get("location_type") == "virtual" for location in locations)


def postcodes_in(raw: Any) -> Iterator[str]:
    """What stands as a postcode in a record that nobody has tidied yet: a guess at what `sites_of` will look up."""
    entries = raw.get("service_at_locations") if isinstance(raw, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        location = entry.get("location") if isinstance(entry, dict) else None
        addresses = location.get("addresses") if isinstance(location, dict) else None
        for address in addresses if isinstance(addresses, list) else ():
            if isinstance(address, dict) and isinstance(written := address.get("postal_code"), str):
                yield written


def sites_of(record: dict[str, Any], locate: Locate, notes: Notebook) -> tuple[Site, ...]:
    """Every site once, in the feed's order; online ones are left out."""
    found: list[Site] = []
    for entry in record.get("service_at_locations", ()):
        location = entry.get("location")
        if isinstance(location, dict) and location.get("location_type") != "virtual":
            site = _site(location, locate, notes)
            if site and site not in found:
                found.append(site)
    return tuple(found)


def _site(location: dict[str, Any], locate: Locate, notes: Notebook) -> Site | None:
    """The place. Under our own name stands what is known of an address that the standard calls incomplete."""
    addresses = location.get("addresses", ())
    address = next((item for item in addresses if item.get("address_type") == "physical"), addresses[0] if addresses else {})
    own = location[OWN] if isinstance(location.get(OWN), dict) else {}
    parts = [line(address.get(key), f"address.{key}", notes) for key in ("address_1", "address_2", "city")]
    joined = ", ".join(dict.fromkeys(part for part in parts if part)) or own.get("address")
    written = line(address.get("postal_code") or own.get("postcode"), "address.postal_code", notes)
    postcode = postcode_of(written, "address.postal_code", notes)
    position = _position(location, locate(postcode) if postcode else None, notes)
    site = Site(
        name=line(location.get("name"), "location.name", notes),
        address=line(joined, "address", notes),
        postcode=postcode,
        lat=position.lat if position else None,
        lon=position.lon if position else None,
        postal="postal" in (location.get("location_type"), address.get("address_type")),
    )
    return site if site.name or site.address or site.postcode or position else None


def _position(location: dict[str, Any], postcode: Point | None, notes: Notebook) -> _Position | None:
    """The position given, where it is in the United Kingdom and near its postcode; otherwise the postcode's own."""
    given = _given_position(location, notes)
    if postcode is None:
        return given
    there = _Position(postcode.lat, postcode.lon)
    if given is None:
        return there
    if kilometres(given.lat, given.lon, there.lat, there.lon) > FARTHEST_FROM_POSTCODE_KM:
        notes.note(Fault.COORDINATES_FAR_FROM_POSTCODE, "location.latitude", f"{given.lat}, {given.lon}")
        return there
    return given


def _given_position(location: dict[str, Any], notes: Notebook) -> _Position | None:
    raw = location.get("latitude"), location.get("longitude")
    if raw == (None, None):
        return None
    shown = f"{raw[0]}, {raw[1]}"
    lat, lon = number(raw[0]), number(raw[1])
    if lat is None or lon is None:
        notes.note(Fault.COORDINATES_NOT_USABLE, "location.latitude", shown)
        return None
    if isinstance(raw[0], str) or isinstance(raw[1], str):
        notes.note(Fault.COORDINATES_AS_TEXT, "location.latitude", shown)
    if (position := _Position(lat, lon)).in_uk:
        return position
    if (turned := _Position(lon, lat)).in_uk:
        notes.note(Fault.COORDINATES_SWAPPED, "location.latitude", shown)
        return turned
    notes.note(Fault.COORDINATES_NOT_USABLE, "location.latitude", shown)
    return None
