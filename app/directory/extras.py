"""What HSDS and our own additions say beyond Open Referral UK: cost, waiting, how to refer, registration. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.directory import values
from app.directory.cleaning import LONGEST_TEXT, line, paragraphs
from app.directory.findings import Fault, Notebook
from app.directory.service import CQC_STATES, Cqc, CqcState

OWN = "fingerpost"
"""Under this name a record may carry what no standard has a place for."""

OWN_TAXONOMY = "Fingerpost alternatives"
"""The vocabulary under which we give out which alternatives a service provides."""

COST_KINDS = ("free", "means_tested", "charge", "mixed")
LONGEST_SUMMARY = 140
_CQC_LOCATION = re.compile(r"\b1-\d{6,12}\b")
_CQC_RATING = re.compile(
    r"CQC overall rating: (Outstanding|Good|Requires improvement|Inadequate)(?: \((?:published )?(\d{1,2} [A-Z][a-z]+ \d{4})\))?"
)
_CQC_STATES_IN_WORDS: dict[str, CqcState] = {"Recorded by CQC as dormant": "dormant", "Not yet rated by CQC": "not_yet_rated"}
_CQC_PAGE = "https://www.cqc.org.uk/location/"
_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=[A-Z])")
_STEP_MARK = re.compile(r"^(?:(?:\d{1,2}[.)]|[-*•])\s+)+")


@dataclass(frozen=True, slots=True)
class Extras:
    """Our own additions to a record; None, an empty text or tuple is not said."""

    raw: dict[str, Any]
    summary: str
    accepting: bool | None
    self_referral: bool | None
    professional_referral: bool | None
    referral_form_url: str
    not_for: str
    area_served: str
    access: tuple[str, ...]
    national: bool


def extras_of(record: dict[str, Any], notes: Notebook) -> Extras:
    """The additions, with HSDS 3.1's service_capacity as the other way to say whether there is room."""
    given = record.get(OWN, {})
    if not isinstance(given, dict):
        notes.note(Fault.WRONG_TYPE, OWN, given)
        given = {}
    form = line(given.get("referral_form_url"), "referral_form_url", notes, 2000)
    accepting = values.yes_or_no(given.get("accepting"), "accepting", notes)
    access = given.get("access", [])
    return Extras(
        raw=given,
        summary=line(given.get("summary"), "summary", notes, LONGEST_SUMMARY),
        accepting=_has_room(record) if accepting is None else accepting,
        self_referral=values.yes_or_no(given.get("self_referral"), "self_referral", notes),
        professional_referral=values.yes_or_no(given.get("professional_referral"), "professional_referral", notes),
        referral_form_url=values.url_of(form, "referral_form_url", notes),
        not_for=paragraphs(given.get("not_for"), "not_for", notes, 2000),
        area_served=line(given.get("area_served"), "area_served", notes),
        access=tuple(line(item, "access", notes) for item in access) if isinstance(access, list) else (),
        national=values.yes_or_no(given.get("national"), "national", notes) is True,
    )


def _has_room(record: dict[str, Any]) -> bool | None:
    available = [values.number(item.get("available")) for item in record.get("service_capacity", ())]
    known = [number for number in available if number is not None]
    return sum(known) > 0 if known else None


def summary_of(extras: Extras, description: str) -> str:
    """One line of what it does: its own, or the description's first sentence as far as it fits."""
    if extras.summary or not description:
        return extras.summary
    first = _SENTENCE_END.split(" ".join(description.split()), maxsplit=1)[0]
    return first if len(first) <= LONGEST_SUMMARY else first[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def cost_of(record: dict[str, Any], extras: Extras, notes: Notebook) -> tuple[str, str]:
    """Cost in words and its kind: free, means_tested, charge or mixed, empty where the feed does not say."""
    options = record.get("cost_options", ())
    amounts = [amount for option in options if (amount := values.number(option.get("amount"))) is not None]
    kind = line(extras.raw.get("cost_kind"), "cost_kind", notes)
    if kind not in COST_KINDS:
        kind = "" if not amounts else "mixed" if min(amounts) == 0 < max(amounts) else "charge" if max(amounts) > 0 else "free"
    priced = "; ".join(text for option in options if (text := _cost_option(option, notes)))
    return paragraphs(record.get("fees_description") or record.get("fees") or priced, "fees", notes, 1000), kind


def _cost_option(option: dict[str, Any], notes: Notebook) -> str:
    amount = values.number(option.get("amount"))
    price = "" if amount is None else f"£{amount:.0f}" if amount == int(amount) else f"£{amount:.2f}"
    name, per = (line(option.get(key), f"cost_options.{key}", notes) for key in ("option", "amount_description"))
    detail = " ".join(part for part in (price, per) if part)
    return ": ".join(part for part in (name, detail) if part)


def steps_of(record: dict[str, Any], notes: Notebook) -> tuple[str, ...]:
    """How to refer, a step a line, without the feed's own numbering."""
    text = paragraphs(record.get("application_process"), "application_process", notes, 3000)
    return tuple(_STEP_MARK.sub("", step) for step in text.splitlines() if step)


def cqc_of(record: dict[str, Any], extras: Extras, today: date, notes: Notebook) -> Cqc | None:
    """Registration with the Care Quality Commission: our own addition, or a location's number among the accreditations.

    Then the rating is the one that the description gives in CQC's words, if it does.
    """
    given = extras.raw.get("cqc")
    if isinstance(given, dict):
        location = _CQC_LOCATION.fullmatch(str(given.get("location_id", "")))
        return Cqc(
            regulated=given.get("regulated") is True,
            rating=line(given.get("rating"), "cqc.rating", notes),
            rated_on=values.date_of(given.get("rated_on"), "cqc.rated_on", today, notes),
            url=_CQC_PAGE + location[0] if location else "",
            state=next((state for state in CQC_STATES if state == given.get("state")), ""),
        )
    accreditations = line(record.get("accreditations"), "accreditations", notes, 2000)
    if "CQC" not in accreditations and "Care Quality Commission" not in accreditations:
        return None
    location = _CQC_LOCATION.search(accreditations)
    description = line(record.get("description"), "description", notes, LONGEST_TEXT)
    rated = _CQC_RATING.search(description)
    return Cqc(
        regulated=True,
        rating=rated[1] if rated else "",
        rated_on=_day_in_words(rated[2]) if rated and rated[2] else None,
        url=_CQC_PAGE + location[0] if location else "",
        state=next((state for phrase, state in _CQC_STATES_IN_WORDS.items() if phrase in description), ""),
    )


def _day_in_words(text: str) -> date | None:
    """The day of "14 June 2022", or None."""
    try:
        return datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None
