"""A live service as Open Referral UK 3.0 gives it, so that reading it again gives the same service. Pure.

What the UK profile dropped goes out under its name in HSDS; what no standard has a place for, under our own name. Of the feed's own
record only what is checked here is repeated: never contacts, never a place.
"""

from collections.abc import Mapping
from typing import Any

from app.directory.cleaning import LONGEST_LINE, line, paragraphs
from app.directory.extras import OWN, OWN_TAXONOMY
from app.directory.findings import Notebook
from app.directory.opening import codes_of, is_time
from app.directory.oruk import ids
from app.directory.record import opening_lines, terms_of
from app.directory.service import ENGLAND, LiveService, Site
from app.directory.tidying import tidy

Json = dict[str, Any]
_UNSAID: tuple[Any, ...] = (None, "", [], {}, ())
_TIMES = ("opens_at", "closes_at")


def summary(service: LiveService, original: Mapping[str, Any]) -> Json:
    """The form of a service in a list: what it has one of, and its organisation."""
    organisation = _organisation(service, original)
    return said({
        "id": service.id,
        "organization_id": organisation.get("id"),
        "name": service.name,
        "description": service.description,
        "url": service.url,
        "email": service.email,
        "status": service.status,
        "fees": service.cost,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.assured_on and service.assured_on.isoformat(),
        "alert": service.alert,
        "last_modified": service.modified_on and f"{service.modified_on.isoformat()}T00:00:00Z",
        "eligibility_description": service.eligibility,
        "application_process": "\n".join(service.how_to_refer),
        "wait_time": service.wait,
        "organization": organisation,
        "source": service.source,
        "source_id": service.source_id,
        OWN: _own(service),
    })  # fmt: skip


def full(service: LiveService, original: Mapping[str, Any], labels: Mapping[str, str]) -> Json:
    """A service with everything that belongs to it. `labels` names the alternatives by id."""
    feed = tidy({name: original[name] for name in ("attributes", "schedules") if name in original}, "", Notebook())
    return summary(service, original) | said({
        "phones": [_part(service, "phone") | {"number": service.phone}] if service.phone else [],
        "schedules": _schedules(service, feed.get("schedules", [])),
        "service_areas": _areas(service),
        "service_at_locations": [at_location(service, number) for number in range(places(service))],
        "languages": [_part(service, "language", number) | {"name": name} for number, name in enumerate(service.languages)],
        "attributes": _attributes(service, feed, labels),
    })  # fmt: skip


def places(service: LiveService) -> int:
    """How many places it works from; online counts as one, the last."""
    return len(service.sites) + service.online


def at_location(service: LiveService, number: int) -> Json:
    """The service at one of its places, counted from 0."""
    place = _location(service, number, service.sites[number]) if number < len(service.sites) else _online(service, number)
    at = {"id": ids.of_part(service.id, "at", number), "service_id": service.id}
    return at | {"location_id": place["id"], "location": place}


def term(vocabulary: str, name: str, description: str = "") -> Json:
    """A term; its own name stands where nobody has described it."""
    found = {"id": ids.of_term(vocabulary, name), "name": name, "description": description or name}
    return found | ({"taxonomy": vocabulary, "taxonomy_id": ids.of_vocabulary(vocabulary)} if vocabulary else {})


def said(record: Json) -> Json:
    """Without what is not said: the standard wants such a field left out."""
    return {name: value for name, value in record.items() if value not in _UNSAID}


def _part(service: LiveService, part: str, number: int = 0) -> Json:
    return {"id": ids.of_part(service.id, part, number), "service_id": service.id}


def _organisation(service: LiveService, original: Mapping[str, Any]) -> Json:
    if not service.organisation:
        return {}
    given = original.get("organization")
    known = given if isinstance(given, dict) else {}
    identity = ids.uuid_or_none(known.get("id")) or ids.of_organisation(service.source, service.organisation)
    description = paragraphs(known.get("description"), "organization.description", Notebook())
    return {"id": identity, "name": service.organisation, "description": description or service.organisation}


def _own(service: LiveService) -> Json:
    cqc = service.cqc
    registered = {
        "regulated": cqc.regulated,
        "rating": cqc.rating,
        "rated_on": cqc.rated_on and cqc.rated_on.isoformat(),
        "location_id": cqc.url.rpartition("/")[2],
        "state": cqc.state,
    } if cqc else {}  # fmt: skip
    return said({
        "summary": service.summary,
        "accepting": service.accepting,
        "self_referral": service.self_referral,
        "professional_referral": service.professional_referral,
        "referral_form_url": service.referral_form_url,
        "not_for": service.not_for,
        "area_served": service.area_served,
        "access": list(service.access),
        "cost_kind": service.cost_kind,
        "cqc": said(registered),
    })  # fmt: skip


def _areas(service: LiveService) -> list[Json]:
    codes = (*(service.district_codes or service.council_codes), *([ENGLAND] if service.national else []))
    name = {"name": service.area_served} if service.area_served else {}
    extents = [{"extent": code, "extent_type": "GSS code"} for code in codes] or ([{}] if name else [])
    return [_part(service, "area", number) | name | extent for number, extent in enumerate(extents)]


def _location(service: LiveService, number: int, site: Site) -> Json:
    kind = "postal" if site.postal else "physical"
    place = {"id": ids.of_part(service.id, "location", number), "location_type": kind, "name": site.name}
    complete = site.address and site.postcode
    return said(
        place
        | {"latitude": site.lat, "longitude": site.lon}
        | {"addresses": [_address(service, number, site, place["id"], kind)] if complete else []}
        | {OWN: {} if complete else said({"address": site.address, "postcode": site.postcode})}
    )


def _address(service: LiveService, number: int, site: Site, location_id: str, kind: str) -> Json:
    """The last part of an address stands for its town, and the town for the county, which we do not hold."""
    street, _, town = site.address.rpartition(", ")
    if not street or street == town or f"{street.strip()}, {town.strip()}" != site.address:
        street = town = site.address
    return {
        "id": ids.of_part(service.id, "address", number),
        "location_id": location_id,
        "address_1": street,
        "city": town,
        "state_province": town,
        "postal_code": site.postcode,
        "country": "GB",
        "address_type": kind,
    }


def _online(service: LiveService, number: int) -> Json:
    return {"id": ids.of_part(service.id, "location", number), "location_type": "virtual"}


def _schedules(service: LiveService, given: list[Json]) -> list[Json]:
    """The feed's own schedules where they say the same as our opening times; otherwise those, each in its words."""
    kept = [_schedule(schedule) for schedule in given]
    if opening_lines(kept, Notebook()) != service.opening:
        kept = [{"description": text} for text in service.opening]
    return [_part(service, "schedule", number) | schedule for number, schedule in enumerate(filter(None, kept))]


def _schedule(given: Json) -> Json:
    times = {key: str(given.get(key, "")) for key in _TIMES}
    monthly = str(given.get("freq", "")).upper() == "MONTHLY"
    days = ",".join(codes_of(str(given.get("byday", ""))))
    found = {"byday": days} | (times if all(is_time(text) for text in times.values()) else {})
    found |= {"description": line(given.get("description"), "", Notebook(), LONGEST_LINE)}
    return {"freq": "MONTHLY" if monthly else "WEEKLY"} | said(found) if days or "opens_at" in found else said(found)


def _attributes(service: LiveService, feed: Mapping[str, Any], labels: Mapping[str, str]) -> list[Json]:
    alternatives = [(OWN_TAXONOMY, labels[name]) for name in service.alternatives if name in labels]
    terms = (*terms_of(dict(feed), Notebook()), *alternatives)
    return [
        {"id": ids.of_part(service.id, "attribute", number), "link_id": service.id, "link_type": "service"}
        | {"taxonomy_term_id": ids.of_term(*pair), "taxonomy_term": term(*pair)}
        for number, pair in enumerate(terms)
    ]
