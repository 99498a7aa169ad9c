"""What other parts know of a place: plain, frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Council:
    """A council with adult social care duties.

    `contacts` holds asc_day, asc_out_of_hours, safeguarding and urgent_community_response, each {number, hours, note},
    and asc_form_url and asc_email; a key is absent where the council gave nothing. `alternatives` holds what the council
    says of an alternative in its area, by id, in the fields of places.schema.LocalAlternative; again only what was given.
    """

    code: str
    name: str
    is_demonstration: bool
    asc_name: str | None
    contacts: dict[str, Any]
    lat: float | None
    lon: float | None
    alternatives: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    thresholds: str = ""
    checklist: tuple[str, ...] = ()
    """What the council has said that it needs to know in a referral, by ids of content/checklist.yaml; empty where it has not."""


@dataclass(frozen=True)
class District:
    """A district council, what it answers for below a county council, and its number where the county gave one."""

    code: str
    name: str
    duties: tuple[str, ...]
    number: str | None


@dataclass(frozen=True)
class Practice:
    """A GP practice. `list_size` and `patients_65plus` count registered patients."""

    ods_code: str
    name: str
    address: str
    postcode: str
    phone: str
    lat: float | None
    lon: float | None
    council_code: str | None
    pcn_code: str
    pcn_name: str
    list_size: int | None
    patients_65plus: int | None


@dataclass(frozen=True)
class Point:
    """A position in WGS84 degrees, what people call it, its council, and its district's name and code where all of it lies in one."""

    lat: float
    lon: float
    name: str
    council_code: str | None
    district: str | None = None
    district_code: str | None = None
