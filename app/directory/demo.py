"""The demonstration area's services, written by hand, into Open Referral UK records for the import."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import Field, model_validator

from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Reviewed, Strict
from app.directory.catalogue import DEMONSTRATION_TYPES, DemonstrationTypes
from app.directory.extras import LONGEST_SUMMARY

FOLDER = Path("demo") / "services"
SOURCE = "marlshire"
ADDRESS = "https://marlshire.example.org/services/"
Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Clock = Annotated[str, Field(pattern=r"^[0-2]\d:[0-5]\d$")]


class Organisation(Strict):
    name: str
    kind: Literal["council", "nhs", "charity", "company", "faith"]


class Hours(Strict):
    days: tuple[Day, ...] = Field(min_length=1)
    opens: Clock
    closes: Clock


class Location(Strict):
    name: str
    address: str
    town: str
    postcode: str
    lat: float
    lon: float


class Registration(Strict):
    """Registration with the Care Quality Commission. The location's number is invented, so it is never linked to."""

    regulated: bool
    rating: Literal["Outstanding", "Good", "Requires improvement", "Inadequate", "Not yet rated"] | None = None
    rated_on: date | None = None
    location_id: str


class DemonstrationService(Strict):
    """One invented service. What is not said is left out."""

    id: UUID
    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    organisation: Organisation
    summary: str = Field(max_length=LONGEST_SUMMARY)
    description: str
    types: tuple[str, ...] = Field(min_length=1)
    eligibility: str | None = None
    not_for: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    how_to_refer: tuple[str, ...] = ()
    self_referral: bool | None = None
    professional_referral: bool | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    referral_form_url: str | None = None
    cost: str | None = None
    cost_kind: Literal["free", "means_tested", "charge", "mixed"] | None = None
    wait: str | None = None
    accepting_referrals: bool | None = None
    opening_hours: tuple[Hours, ...] = ()
    always_open: bool = False
    locations: tuple[Location, ...] = ()
    area_served: str | None = None
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cqc: Registration | None = None
    assured_date: date | None = None
    status: Literal["active", "temporarily closed"] = "active"

    @model_validator(mode="after")
    def _id_is_of_its_slug(self) -> "DemonstrationService":
        if self.id != uuid5(NAMESPACE_URL, ADDRESS + self.slug):
            raise ValueError(f"id must be {uuid5(NAMESPACE_URL, ADDRESS + self.slug)}, the UUIDv5 of the slug's address")
        return self


class DemonstrationFile(Reviewed):
    """The services of one theme. A file without a head of its own has the head of the whole area."""

    author: str = "Fingerpost content"
    sources: tuple[str, ...] = ("fingerpost",)
    reviewed: date = date(2026, 11, 22)
    next_review: date = date(2027, 5, 22)
    services: tuple[DemonstrationService, ...] = Field(min_length=1)


def read_files(root: Path) -> dict[Path, DemonstrationFile]:
    """Every file, with its types checked against the closed list. Raises ContentError with all that is wrong."""
    terms = {entry.term for entry in read_yaml(root / DEMONSTRATION_TYPES, DemonstrationTypes).terms}
    found: dict[Path, DemonstrationFile] = {}
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            found[path] = read_yaml(path, DemonstrationFile)
        except ContentError as error:
            problems += error.problems
            continue
        for service in found[path].services:
            unknown = sorted(set(service.types) - terms)
            problems += [Problem(path, 0, f"{service.slug}: type {term!r} is not in the list.", "Mend it.") for term in unknown]
    if problems:
        raise ContentError(problems)
    return found


def heads(root: Path) -> dict[Path, Reviewed]:
    """The heads of all files, for the content check."""
    return dict(read_files(root))


def records(root: Path, council_code: str, council_name: str) -> list[dict[str, Any]]:
    """Every service as an Open Referral UK 3.0 record, with our own additions under "fingerpost"."""
    vocabulary = read_yaml(root / DEMONSTRATION_TYPES, DemonstrationTypes).vocabulary
    area = {"name": council_name, "extent": council_code, "extent_type": "GSS code"}
    services = [service for file in read_files(root).values() for service in file.services]
    return [_without_unsaid(_record(service, vocabulary) | {"service_areas": [_part(service, "area") | area]}) for service in services]


def _record(service: DemonstrationService, vocabulary: str) -> dict[str, Any]:
    organisation = uuid5(NAMESPACE_URL, f"{ADDRESS}organisation/{service.organisation.name}")
    return {
        "id": str(service.id),
        "organization_id": str(organisation),
        "name": service.name,
        "description": service.description,
        "status": service.status,
        "url": service.url,
        "email": service.email,
        "assured_date": service.assured_date and service.assured_date.isoformat(),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "eligibility_description": service.eligibility,
        "application_process": "\n".join(service.how_to_refer),
        "fees_description": service.cost,
        "wait_time": service.wait,
        "phones": [_part(service, "phone") | {"number": service.phone}] if service.phone else None,
        "languages": [_part(service, f"language/{name}") | {"name": name} for name in service.languages],
        "schedules": _schedules(service),
        "organization": {"id": str(organisation), "name": service.organisation.name, "description": service.organisation.kind},
        "service_at_locations": [_at(service, number, place) for number, place in enumerate(service.locations)],
        "attributes": [
            _part(service, f"type/{term}") | {"taxonomy_term": {"name": term, "taxonomy": vocabulary}} for term in service.types
        ],
        "source": SOURCE,
        "source_id": service.slug,
        "fingerpost": _own(service),
    }


def _own(service: DemonstrationService) -> dict[str, Any]:
    cqc = service.cqc.model_dump(mode="json", exclude={"location_id"}, exclude_none=True) if service.cqc else None
    return {
        "summary": service.summary,
        "accepting": service.accepting_referrals,
        "self_referral": service.self_referral,
        "professional_referral": service.professional_referral,
        "referral_form_url": service.referral_form_url,
        "not_for": service.not_for,
        "area_served": service.area_served,
        "access": list(service.access),
        "cost_kind": service.cost_kind,
        "cqc": cqc,
    }


def _schedules(service: DemonstrationService) -> list[dict[str, Any]]:
    if service.always_open:
        always = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59"}
        return [_part(service, "schedule/always") | always]
    return [
        _part(service, f"schedule/{number}")
        | {"freq": "WEEKLY", "byday": ",".join(hours.days), "opens_at": hours.opens, "closes_at": hours.closes}
        for number, hours in enumerate(service.opening_hours)
    ]


def _at(service: DemonstrationService, number: int, place: Location) -> dict[str, Any]:
    address = {"address_1": place.address, "city": place.town, "postal_code": place.postcode, "address_type": "physical"}
    location = {"location_type": "physical", "name": place.name, "latitude": place.lat, "longitude": place.lon}
    return _part(service, f"at/{number}") | {
        "location": _part(service, f"location/{number}")
        | location
        | {"addresses": [_part(service, f"address/{number}") | address | {"state_province": "Marlshire", "country": "GB"}]}
    }


def _part(service: DemonstrationService, what: str) -> dict[str, Any]:
    """The id of a part of a service, which never changes."""
    return {"id": str(uuid5(NAMESPACE_URL, f"{ADDRESS}{service.slug}/{what}"))}


def _without_unsaid(record: dict[str, Any]) -> dict[str, Any]:
    said = {name: _without_unsaid(value) if isinstance(value, dict) else value for name, value in record.items()}
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}
