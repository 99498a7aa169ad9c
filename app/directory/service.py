"""A service as every other part of Fingerpost knows it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

ENGLAND = "E92000001"
"""The GSS code of all of England: the area of a national service."""


_DATES = ("assured_on", "modified_on")
_SAID_EVEN_IF_NO = frozenset({"accepting", "self_referral", "professional_referral", "minimum_age", "lat", "lon"})


@dataclass(frozen=True, slots=True)
class Site:
    """One place that a service works from. `postal` is an address for letters only, not one to visit."""

    name: str
    address: str
    postcode: str
    lat: float | None
    lon: float | None
    postal: bool = False


CqcState = Literal["", "inherited", "not_yet_rated", "dormant", "deregistered"]
CQC_STATES: tuple[CqcState, ...] = get_args(CqcState)


@dataclass(frozen=True, slots=True)
class Cqc:
    """What an entry says of its registration with the Care Quality Commission; an empty text is not said.

    `state` is what the rest cannot say: "inherited", the rating was given under an earlier registration; "not_yet_rated";
    "dormant", registered but giving no care; "deregistered", the registration has ended.
    """

    regulated: bool
    rating: str
    rated_on: date | None
    url: str
    state: CqcState = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveService:
    """One service that is published now. An empty text or tuple, or None, is what the entry does not say.

    `status` is active, inactive, defunct or temporarily closed. `lat` and `lon` are its first site's, in WGS84 degrees.
    `council_codes` are the councils whose area it serves, `district_codes` the parts, where of a county it serves some districts alone:
    these, and whole councils beside them; `national` serves all of England. Ages are in years. `online` is said where it
    can be used from home through a screen.
    """

    id: str
    name: str
    status: str
    source: str
    source_id: str
    organisation: str = ""
    summary: str = ""
    description: str = ""
    council_code: str | None = None
    council_codes: tuple[str, ...] = ()
    district_codes: tuple[str, ...] = ()
    area_served: str = ""
    national: bool = False
    accepting: bool | None = None
    assured_on: date | None = None
    modified_on: date | None = None
    lat: float | None = None
    lon: float | None = None
    sites: tuple[Site, ...] = ()
    alternatives: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    cost: str = ""
    cost_kind: str = ""
    wait: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    referral_form_url: str = ""
    how_to_refer: tuple[str, ...] = ()
    self_referral: bool | None = None
    professional_referral: bool | None = None
    eligibility: str = ""
    not_for: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    opening: tuple[str, ...] = ()
    online: bool = False
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    alert: str = ""
    cqc: Cqc | None = None


_FIELDS, _OF_SITE, _OF_CQC = (tuple(field.name for field in fields(kind)) for kind in (LiveService, Site, Cqc))
_TUPLES = frozenset(field.name for field in fields(LiveService) if isinstance(field.default, tuple))
_UNSAID: tuple[Any, ...] = (None, "", (), [], False)


def to_record(service: LiveService) -> dict[str, Any]:
    """The service as JSON data, without what the entry does not say."""
    said = ((name, getattr(service, name)) for name in _FIELDS)
    record = {name: value for name, value in said if value not in _UNSAID or (name in _SAID_EVEN_IF_NO and value is not None)}
    for name in _DATES:
        if name in record:
            record[name] = record[name].isoformat()
    if service.sites:
        record["sites"] = tuple({name: getattr(site, name) for name in _OF_SITE} for site in service.sites)
    if cqc := service.cqc:
        record["cqc"] = {name: getattr(cqc, name) for name in _OF_CQC} | {"rated_on": cqc.rated_on and cqc.rated_on.isoformat()}
    return record


def from_record(record: Mapping[str, Any]) -> LiveService:
    """The service that `to_record` wrote."""
    values = dict(record)
    for name in _TUPLES & values.keys():
        values[name] = tuple(values[name])
    for name in _DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    values["sites"] = tuple(Site(**site) for site in record.get("sites", ()))
    if cqc := record.get("cqc"):
        rated_on = cqc["rated_on"]
        values["cqc"] = Cqc(**{**cqc, "rated_on": date.fromisoformat(rated_on) if rated_on else None})
    return LiveService(**values)


def identity_of(text: str) -> str:
    """A service's id in its usual form, or nothing where the text cannot be one."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""
