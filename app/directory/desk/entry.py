"""What an editor types about a service, read as a feed is: cleaned by the same functions, and what cannot be used is named. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.directory import values
from app.directory.cleaning import LONGEST_LINE, LONGEST_TEXT, line, paragraphs
from app.directory.extras import LONGEST_SUMMARY
from app.directory.findings import Fault, Notebook
from app.directory.personal import is_persons_email
from app.directory.record import is_refuge
from app.directory.service import LiveService, Site
from app.directory.sites import Locate, sites_of

LINES = {"name": LONGEST_LINE, "organisation": LONGEST_LINE, "summary": LONGEST_SUMMARY, "area_served": LONGEST_LINE}
TEXTS = {"description": LONGEST_TEXT, "eligibility": 2_000, "not_for": 2_000, "cost": 1_000, "wait": LONGEST_LINE}
LISTS = ("how_to_refer", "opening", "access", "languages")
CHOICES = ("status", "cost_kind")
SAID = ("accepting", "self_referral", "professional_referral")
URLS = ("url", "referral_form_url")
AGES = ("minimum_age", "maximum_age")
SITE = ("site_name", "site_address", "site_postcode")
YES_NO = {"yes": True, "no": False, "": None}

Reader = Callable[[Any, str, date, Notebook], Any]

_UNUSABLE = frozenset({
    Fault.TOO_LONG, Fault.NAME_MISSING, Fault.TEST_RECORD, Fault.URL_NOT_USABLE, Fault.EMAIL_NOT_USABLE, Fault.PERSONAL_EMAIL,
    Fault.PHONE_NOT_USABLE, Fault.AGE_NOT_USABLE, Fault.DATE_NOT_USABLE, Fault.DATE_IN_FUTURE, Fault.POSTCODE_NOT_USABLE,
    Fault.REFUGE_ADDRESS,
})  # fmt: skip
_FIELD_OF = {"location.name": "site_name", "address.address_1": "site_address", "address.postal_code": "site_postcode"}


def typed_of(service: LiveService) -> dict[str, Any]:
    """The service as the fields of the form hold it."""
    site = service.sites[0] if service.sites else Site("", "", "", None, None)
    said = {value: word for word, value in YES_NO.items()}
    ages = {name: getattr(service, name) for name in AGES}
    return {
        **{name: getattr(service, name) for name in (*LINES, *TEXTS, *CHOICES, *URLS, "phone", "email")},
        **{name: "\n".join(getattr(service, name)) for name in LISTS},
        **{name: said[getattr(service, name)] for name in SAID},
        **{name: "" if age is None else f"{age:g}" for name, age in ages.items()},
        "alternatives": sorted(service.alternatives),
        "assured_on": service.assured_on.strftime("%d/%m/%Y") if service.assured_on else "",
        **dict(zip(SITE, (site.name, site.address, site.postcode), strict=True)),
    }


def read_entry(typed: Mapping[str, Any], before: LiveService, today: date, locate: Locate) -> tuple[LiveService, dict[str, Fault]]:
    """The service as somebody has typed it, and the fields that cannot be used so, each with why. What was not touched stays as its
    source gave it."""
    notes = Notebook()
    typed = {**typed, "alternatives": sorted(typed["alternatives"])}
    was = typed_of(before)
    touched = {name for name in was if typed[name] != was[name]}
    read = {name: _READERS[name](typed[name], name, today, notes) for name in sorted(touched & _READERS.keys())}
    if touched & set(AGES):
        read |= dict(zip(AGES, values.ages_of({name: typed[name] for name in AGES if typed[name]}, notes), strict=True))
    after = replace(before, **read)
    if touched & set(SITE):
        after = _placed(after, typed, before, locate, notes)
    _judge(after, touched, notes)
    unusable = [finding for finding in notes.findings if finding.fault in _UNUSABLE]
    return after, {_FIELD_OF.get(one.field, one.field): one.fault for one in reversed(unusable)}


def _lines(text: str, where: str, notes: Notebook) -> tuple[str, ...]:
    found = (line(one, where, notes) for one in text.splitlines())
    return tuple(dict.fromkeys(one for one in found if one))


def _line(longest: int) -> Reader:
    return lambda text, where, _today, notes: line(text, where, notes, longest)


def _text(longest: int) -> Reader:
    return lambda text, where, _today, notes: paragraphs(text, where, notes, longest)


_READERS: Mapping[str, Reader] = {
    **{name: _line(longest) for name, longest in LINES.items()},
    **{name: _text(longest) for name, longest in TEXTS.items()},
    **dict.fromkeys(LISTS, lambda text, where, _today, notes: _lines(text, where, notes)),
    **dict.fromkeys(CHOICES, lambda choice, *_: choice),
    **dict.fromkeys(SAID, lambda word, *_: YES_NO[word]),
    **dict.fromkeys(URLS, lambda text, where, _today, notes: values.url_of(line(text, where, notes, 2_000), where, notes)),
    "phone": lambda text, where, _today, notes: values.phone_of(line(text, where, notes), where, notes),
    "email": lambda text, where, _today, notes: values.email_of(line(text, where, notes), where, notes),
    "alternatives": lambda chosen, *_: tuple(chosen),
    "assured_on": lambda text, where, today, notes: values.date_of(text or None, where, today, notes),
}
"""How each field is read that was touched. Ages are read together, and so are the parts of a place."""


def _placed(after: LiveService, typed: Mapping[str, Any], before: LiveService, locate: Locate, notes: Notebook) -> LiveService:
    """The first place as it was typed, before the others. Its position is the postcode's, unless the postcode stays the same."""
    location: dict[str, Any] = {
        "name": typed["site_name"],
        "addresses": [{"address_1": typed["site_address"], "postal_code": typed["site_postcode"]}],
    }
    old = before.sites[0] if before.sites else None
    if old and old.lat is not None and old.postcode == typed["site_postcode"]:
        location |= {"latitude": old.lat, "longitude": old.lon}
    first = sites_of({"service_at_locations": [{"location": location}]}, locate, notes) if any(typed[name] for name in SITE) else ()
    sites = (*first, *before.sites[1:])
    lat, lon = next(((site.lat, site.lon) for site in sites if site.lat is not None), (None, None))
    return replace(after, sites=sites, lat=lat, lon=lon)


def _judge(after: LiveService, touched: set[str], notes: Notebook) -> None:
    """What a feed's entry is refused for, or kept from being shown."""
    if not after.name:
        notes.note(Fault.NAME_MISSING, "name")
    elif values.is_junk(after.name):
        notes.note(Fault.TEST_RECORD, "name")
    says = "\n".join((after.name, after.organisation, after.description, *(site.name for site in after.sites)))
    if "email" in touched and after.email and is_persons_email(after.email, says):
        notes.note(Fault.PERSONAL_EMAIL, "email")
    if after.sites and is_refuge(f"{after.name} {after.description}"):
        notes.note(Fault.REFUGE_ADDRESS, "site_address")
