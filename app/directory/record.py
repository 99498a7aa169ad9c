"""One Open Referral UK 3.0 service, as a feed gives it, into a service that is safe to show, with what was found. Pure."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from app.directory import values
from app.directory.cleaning import LONGEST_LINE, line, paragraphs
from app.directory.extras import OWN_TAXONOMY, cost_of, cqc_of, extras_of, steps_of, summary_of
from app.directory.findings import Fault, Notebook, Verdict
from app.directory.opening import Hours, hours_of, opening_of
from app.directory.personal import is_persons_email, is_persons_phone
from app.directory.service import ENGLAND, LiveService, Site
from app.directory.sites import Locate, is_online, sites_of
from app.directory.tidying import tidy
from app.places.queries import Heir, councils_now

LONGEST_SOURCE = 120
_READ = frozenset({
    "id", "name", "description", "url", "email", "status", "fees", "fees_description", "accreditations", "minimum_age", "maximum_age",
    "assured_date", "alert", "last_modified", "schedules", "service_areas", "service_at_locations", "languages", "organization",
    "organization_id", "cost_options", "contacts", "attributes", "phones", "eligibility_description", "application_process",
    "wait_time", "service_capacity", "source", "source_id", "fingerpost",
})  # fmt: skip
_WHOLE_COUNTRY = {ENGLAND, "K02000001", "K03000001", "K04000001"}
_AREA_CODE = re.compile(r"\b[EWSN]\d{8}\b|\bK0[2-4]000001\b")
_REFUGE = re.compile(r"\b(?:refuges?|safe houses?)\b", re.IGNORECASE)
_FROM_ABUSE = re.compile(r"\b(?:domestic|abuse[ds]?|violence|violent|fleeing|women'?s?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a record is read against: the feed's fallbacks, today, and where places are.

    `council_of` gives the council with social care duties for a district's or council's GSS code, or None; `heirs_of` those that
    have taken its place. `own` is said of what belongs to this source and this council, whatever it says of itself: no record can
    then speak for another source, and what is said to serve all of England serves this council.
    """

    source: str
    council: str | None
    today: date
    locate: Locate
    council_of: Callable[[str], str | None]
    heirs_of: Callable[[str], Sequence[Heir]]
    own: bool = False


@dataclass(slots=True)
class Reading:
    """What came of one record: the service, or None where it is refused, and everything found on the way.

    `modified` is the feed's last_modified as sortable text; `organisation_key` tells two organisations apart;
    `terms` are (vocabulary, term) pairs; `unknown_areas` codes that no council has. `original` is the record as JSON;
    `columns` what its source calls the fields, where it has its own names.
    """

    notes: Notebook = field(default_factory=Notebook)
    service: LiveService | None = None
    service_id: str = ""
    identity: str = ""
    source: str = ""
    source_id: str = ""
    organisation_key: str = ""
    modified: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    hours: tuple[Hours, ...] = ()
    unknown_areas: tuple[str, ...] = ()
    original: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def read(raw: object, setting: Setting, notes: Notebook | None = None, text: str = "") -> Reading:
    """Read one record, which came as this text if that is known. Nothing in it raises: what cannot be used is left out and noted, and
    some faults refuse it."""
    reading = Reading(notes or Notebook())
    try:
        return _read(raw, text, setting, reading)
    except RecursionError:  # Nested more deeply than any service is.
        reading.notes.note(Fault.NOT_A_SERVICE, "")
        return Reading(reading.notes)


def _read(raw: object, text: str, setting: Setting, reading: Reading) -> Reading:
    if not isinstance(raw, dict):
        reading.notes.note(Fault.NOT_A_SERVICE, "", json.dumps(raw)[:400])
        return reading
    record = tidy({name: raw[name] for name in raw if name in _READ}, "", reading.notes)
    _identify(reading, raw, record, setting)
    name = line(record.get("name"), "name", reading.notes)
    if not name:
        reading.notes.note(Fault.NAME_MISSING, "name", raw.get("name", ""))
    elif values.is_junk(name):
        reading.notes.note(Fault.TEST_RECORD, "name", name)
    status = values.status_of(record.get("status"), reading.notes)
    if reading.notes.verdict is not Verdict.REJECT:
        reading.service = _unless_refused(reading, _service(reading, record, setting, name, status))
    else:
        _hidden(f"{name} {record.get('description', '')}", record, reading.notes)
    reading.original = _original(raw, text, reading.notes)
    return reading


def _unless_refused(reading: Reading, service: LiveService) -> LiveService | None:
    return None if reading.notes.verdict is Verdict.REJECT else service


def _identify(reading: Reading, raw: dict[str, Any], record: dict[str, Any], setting: Setting) -> None:
    notes, identity = reading.notes, record.get("id")
    said = "" if setting.own else line(record.get("source"), "source", notes, LONGEST_SOURCE)
    reading.source = said or setting.source
    if not isinstance(identity, str | int) or isinstance(identity, bool):
        notes.note(Fault.ID_MISSING, "id", raw.get("id", ""))
        return
    if max(len(str(identity)), len(str(record.get("source_id", "")))) > LONGEST_LINE:
        notes.note(Fault.ID_TOO_LONG, "id", identity)
        return
    reading.identity = line(identity, "id", notes)
    reading.source_id = line(record.get("source_id"), "source_id", notes) or reading.identity
    reading.service_id = values.uuid_of(reading.identity, reading.source, notes)


def _service(reading: Reading, record: dict[str, Any], setting: Setting, name: str, status: str) -> LiveService:
    notes = reading.notes
    description = paragraphs(record.get("description"), "description", notes)
    sites = () if _hidden(f"{name} {description}", record, notes) else sites_of(record, setting.locate, notes)
    organisation = _organisation(reading, record)
    says = " ".join((name, organisation, description, *(f"{site.name} {site.address}" for site in sites)))
    positions = [(site.lat, site.lon) for site in sites if site.lat is not None]
    extras = extras_of(record, notes)
    lowest, highest = values.ages_of(record, notes)
    cost, cost_kind = cost_of(record, extras, notes)
    reading.terms = terms_of(record, notes)
    reading.hours = hours_of(record.get("schedules", ()))
    councils, districts, national = _areas(reading, record, setting, national=extras.national)
    councils = _of_today(reading, councils, sites, setting)
    if not councils and not national:
        councils = _in_which(sites, setting)[:1]
    return LiveService(
        id=reading.service_id,
        name=name,
        status=status,
        source=reading.source,
        source_id=reading.source_id,
        organisation=organisation,
        summary=summary_of(extras, description),
        description=description,
        council_code=councils[0] if councils else None,
        council_codes=councils,
        district_codes=districts,
        area_served=extras.area_served or _area_names(record, notes),
        national=national,
        accepting=extras.accepting,
        assured_on=values.date_of(record.get("assured_date"), "assured_date", setting.today, notes),
        modified_on=_modified(reading, record, setting),
        lat=positions[0][0] if positions else None,
        lon=positions[0][1] if positions else None,
        sites=sites,
        types=tuple(dict.fromkeys(term for _, term in reading.terms)),
        cost=cost,
        cost_kind=cost_kind,
        wait=paragraphs(record.get("wait_time"), "wait_time", notes, LONGEST_LINE),
        phone=_phone(record, notes),
        email=_email(record, says, notes),
        url=values.url_of(line(record.get("url"), "url", notes, 2000), "url", notes),
        referral_form_url=extras.referral_form_url,
        how_to_refer=steps_of(record, notes),
        self_referral=extras.self_referral,
        professional_referral=extras.professional_referral,
        eligibility=paragraphs(record.get("eligibility_description"), "eligibility_description", notes, 2000),
        not_for=extras.not_for,
        minimum_age=lowest,
        maximum_age=highest,
        opening=opening_lines(record.get("schedules", ()), notes),
        online=is_online(record),
        access=_access(record, extras.access, notes),
        languages=_languages(record, notes),
        alert=paragraphs(record.get("alert"), "alert", notes, LONGEST_LINE),
        cqc=cqc_of(record, extras, setting.today, notes),
    )


def is_refuge(text: str) -> bool:
    """True for what is said of a refuge from abuse, whose whereabouts nobody may read here."""
    return bool(_REFUGE.search(text) and _FROM_ABUSE.search(text))


def _hidden(text: str, record: dict[str, Any], notes: Notebook) -> bool:
    """True where places are left out, and that is noted."""
    if not is_refuge(text):
        return False
    if "service_at_locations" in record:
        notes.note(Fault.REFUGE_ADDRESS, "service_at_locations")
    return True


def _original(raw: dict[str, Any], text: str, notes: Notebook) -> str:
    hidden = any(finding.fault is Fault.REFUGE_ADDRESS for finding in notes.findings)
    if text.isprintable() and text and not hidden:  # Others may hold what no reader of JSON but ours forgives.
        return text
    return json.dumps({name: item for name, item in raw.items() if not hidden or name != "service_at_locations"})


def _organisation(reading: Reading, record: dict[str, Any]) -> str:
    organisation = record.get("organization")
    if not isinstance(organisation, dict) or not organisation.get("name"):
        reading.notes.note(Fault.ORGANISATION_MISSING, "organization", record.get("organization_id", ""))
        reading.organisation_key = str(record.get("organization_id", ""))
        return ""
    if "description" not in organisation:
        reading.notes.note(Fault.ORGANISATION_WITHOUT_DESCRIPTION, "organization.description")
    name = line(organisation["name"], "organization.name", reading.notes)
    reading.organisation_key = str(organisation.get("id", name))
    return name


def _areas(reading: Reading, record: dict[str, Any], setting: Setting, *, national: bool) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The councils served, each by its code: those that the feed names, or else the import's own; the parts that it names, where of a
    county these are districts alone; and whether all of England."""
    areas = record.get("service_areas", ())
    codes = [code for area in areas for code in _AREA_CODE.findall(str(area.get("extent", "")))]
    local = [code for code in dict.fromkeys(codes) if code not in _WHOLE_COUNTRY]
    reading.unknown_areas = tuple(code for code in local if setting.council_of(code) is None)
    known = [setting.council_of(code) or code for code in sorted(local, key=lambda code: code in reading.unknown_areas)]
    everywhere = len(codes) > len(local) and len(local) == 0 or (national and not codes)
    in_part = tuple(local) if any(setting.council_of(code) not in (None, *local) for code in local) else ()
    if setting.own and setting.council:
        names_nobody_else = everywhere or len(reading.unknown_areas) == len(local)
        if not names_nobody_else and not any(_is_of(code, setting.council, setting) for code in known):
            reading.notes.note(Fault.OTHER_COUNCIL, "service_areas.extent", ", ".join(local))
        has_ended = bool(setting.heirs_of(setting.council))
        return tuple(dict.fromkeys(known if known and has_ended else (setting.council, *known))), in_part, False
    fallback = [setting.council] if setting.council and not known and not everywhere else []
    return tuple(dict.fromkeys(known or fallback)), in_part, bool(everywhere)


def _is_of(code: str, council: str, setting: Setting) -> bool:
    """Whether one of two councils is the other, or has become it or a part of it."""
    return code == council or any(_is_of(*pair, setting) for pair in _a_step_on(code, council, setting))


def _a_step_on(code: str, council: str, setting: Setting) -> Iterator[tuple[str, str]]:
    yield from ((heir.code, council) for heir in setting.heirs_of(code))
    yield from ((code, heir.code) for heir in setting.heirs_of(council))


def _of_today(reading: Reading, councils: tuple[str, ...], sites: tuple[Site, ...], setting: Setting) -> tuple[str, ...]:
    """What these councils have become. One that was divided stays, as unknown, where nothing says to which part the service went."""
    found: list[str] = []
    for code in councils:
        places = _in_which(sites, setting) if len(setting.heirs_of(code)) > 1 else ()
        now = councils_now(code, setting.heirs_of, reading.service_id, places, keeps=code == councils[0])
        reading.unknown_areas += () if now else (code,)
        found += now or [code]
    return tuple(dict.fromkeys(found))


def _in_which(sites: tuple[Site, ...], setting: Setting) -> tuple[str, ...]:
    """The councils in which its addresses lie, the first address's first."""
    points = (setting.locate(site.postcode) for site in sites if site.postcode)
    return tuple(dict.fromkeys(point.council_code for point in points if point and point.council_code))


def _area_names(record: dict[str, Any], notes: Notebook) -> str:
    names = [line(area.get("name"), "service_areas.name", notes) for area in record.get("service_areas", ())]
    return line(", ".join(dict.fromkeys(name for name in names if name)), "service_areas.name", notes)


def _modified(reading: Reading, record: dict[str, Any], setting: Setting) -> date | None:
    day = values.date_of(record.get("last_modified"), "last_modified", setting.today, reading.notes)
    if day:
        try:
            moment = datetime.fromisoformat(str(record["last_modified"]).strip())
        except ValueError:
            moment = datetime(day.year, day.month, day.day)
        reading.modified = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return day


def terms_of(record: dict[str, Any], notes: Notebook) -> tuple[tuple[str, str], ...]:
    """The (vocabulary, term) pairs of a tidy record. Our own vocabulary is left out: we tell alternatives from the others."""
    found: dict[tuple[str, str], None] = {}
    for attribute in record.get("attributes", ()):
        term = attribute.get("taxonomy_term")
        if isinstance(term, dict):
            name = line(term.get("name"), "taxonomy_term.name", notes)
            vocabulary = line(term.get("taxonomy"), "taxonomy_term.taxonomy", notes)
            if name and vocabulary != OWN_TAXONOMY:
                found[vocabulary, name] = None
    return tuple(found)


def opening_lines(schedules: Iterable[dict[str, Any]], notes: Notebook) -> tuple[str, ...]:
    """Opening times in words that are safe to show, each once."""
    cleaned = [schedule | {"description": line(schedule.get("description"), "schedules.description", notes)} for schedule in schedules]
    lines = (line(text, "schedules", notes) for text in opening_of(cleaned))
    return tuple(dict.fromkeys(text for text in lines if text))


def _phone(record: dict[str, Any], notes: Notebook) -> str:
    of_contacts = [(phone, contact) for contact in record.get("contacts", ()) for phone in contact.get("phones", ())]
    for phone, contact in (*((phone, {}) for phone in record.get("phones", ())), *of_contacts):
        if number := values.phone_of(line(phone.get("number"), "phones.number", notes), "phones.number", notes):
            if not is_persons_phone(number, contact):
                return number
            notes.note(Fault.PERSONAL_PHONE, "contacts.phones")
    return ""


def _email(record: dict[str, Any], says: str, notes: Notebook) -> str:
    for owner, where in ((record, "email"), *((contact, "contacts.email") for contact in record.get("contacts", ()))):
        if email := values.email_of(line(owner.get("email"), where, notes), where, notes):
            if not is_persons_email(email, says):
                return email
            notes.note(Fault.PERSONAL_EMAIL, where)
    return ""


def _languages(record: dict[str, Any], notes: Notebook) -> tuple[str, ...]:
    names = [line(item.get("name") or item.get("code"), "languages.name", notes) for item in record.get("languages", ())]
    return tuple(dict.fromkeys(name for name in names if name))


def _access(record: dict[str, Any], said: tuple[str, ...], notes: Notebook) -> tuple[str, ...]:
    entries = [entry.get("location", {}) for entry in record.get("service_at_locations", ())]
    found = [item for place in entries if isinstance(place, dict) for item in place.get("accessibility", ())]
    texts = [line(item.get("description") or item.get("details"), "accessibility", notes) for item in found]
    return tuple(dict.fromkeys(text for text in (*said, *texts) if text))
