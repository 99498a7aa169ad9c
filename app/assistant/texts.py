"""Texts that leave the room: record entry, referral, text message, hand-over. Made from ids and our own content alone.

What goes to the patient or into the record says no danger, nothing of the unpaid carer and no reason.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template

from app.assistant.answering import Answer, Knowledge
from app.assistant.codes import fitting
from app.assistant.knowledge import knowledge
from app.assistant.local import Local
from app.vocabulary import queries as vocabulary
from app.vocabulary.schema import Alternative

MOST_IN_LEAFLET = 4
"""Alternatives on one side of A4 in large print."""

_UNSAFE_AT_HOME = frozenset(("domestic_abuse", "safeguarding_adult_abuse", "modern_slavery"))
"""Dangers for which somebody at home may read what the patient carries out."""


def add_texts(data: dict[str, Any], answer: Answer, knowledge: Knowledge, place: Local) -> None:
    """Put the texts to an answer's data: to the whole of it, and to each of its first alternatives."""
    first = data["alternatives"][: knowledge.ranking.shown_first]
    data["texts"] = texts_of(answer, knowledge, place, first, data["versions"])
    for item in data["alternatives"]:
        item["refer_to"] = turn_to(item, place)
    for item in first:
        item["texts"] = texts_for(knowledge.vocabulary.alternatives[item["id"]], item, place)


def texts_of(
    answer: Answer, knowledge: Knowledge, place: Local, alternatives: Sequence[Mapping[str, Any]], versions: Mapping[str, str]
) -> dict[str, Any]:
    """The texts for a whole answer; `alternatives` are its first ones as plain data."""
    entries = [knowledge.vocabulary.alternatives[item["id"]] for item in alternatives]
    offered = [
        {"label": entry.label, "turn_to": turn_to(item, place)}
        for item, entry in zip(alternatives, entries, strict=True)
        if entry.for_whom == "patient"
    ]
    codes = fitting(knowledge.codes, [entry for entry in entries if entry.for_whom == "patient"])
    common = {"offered": offered, "day": date.today(), "codes": codes, "hide": bool(answer.red_flags), "versions": versions}
    return {
        "record": _text("record", **common) if offered else "",
        "handover": _text("handover", **common) if offered else "",
        "leaflet": [entry.id for entry in entries if entry.for_whom == "patient"][:MOST_IN_LEAFLET],
        "safe_to_give": not any(raised.flag.id in _UNSAFE_AT_HOME for raised in answer.red_flags),
    }


def texts_for(entry: Alternative, item: Mapping[str, Any], place: Local, code: str = "") -> dict[str, str]:
    """The referral and the text message for one alternative, with the code of a signpost where there is one."""
    told = vocabulary.told(place.council.checklist if place.council else ())
    referral = _text("referral", entry=entry, turn_to=turn_to(item, place), code=code, told=told)
    return {"referral": referral, "message": _text("message", entry=entry, number=number_of(item, entry, place), code=code)}


def texts_with_code(identity: str, place: Local, code: str) -> dict[str, str]:
    """The same for an alternative by its id, without an answer that it stood in."""
    entry = knowledge().vocabulary.alternatives[identity]
    services = [{"name": service.name, "phone": service.phone} for service, _ in place.services([identity]).get(identity, ())]
    item = {
        "local": place.says(identity), "responsible": place.responsible(entry.responsible), "responsible_kind": entry.responsible,
        "services": services,
    }  # fmt: skip
    return texts_for(entry, item, place, code)


def numbered(entries: Sequence[Alternative], place: Local) -> list[tuple[Alternative, str]]:
    """Alternatives with the number that the person may ring for each."""
    services = place.services([entry.id for entry in entries])
    found = []
    for entry in entries:
        lines = [{"phone": service.phone} for service, _ in services.get(entry.id, ())]
        found.append((entry, number_of({"local": place.says(entry.id), "services": lines}, entry, place)))
    return found


def turn_to(item: Mapping[str, Any], place: Local) -> str:
    """Whom a professional rings: the council's line for practices, else the nearest service, else the body responsible."""
    said = item["local"]
    if said.get("professionals") or said.get("number"):
        return f"{said.get('name') or item['responsible']}, {said.get('professionals') or said['number']}"
    for service in item["services"]:
        if service["phone"]:
            return f"{service['name']}, {service['phone']}"
    line = front_door(place) if item["responsible_kind"] == "council" else ""
    return f"{item['responsible']}, {line}" if line else str(item["responsible"])


def number_of(item: Mapping[str, Any], entry: Alternative, place: Local) -> str:
    """The number that the person may ring themselves, or nothing. Never one for practices."""
    if not entry.family_can_ask:
        return ""
    if item["local"].get("number"):
        return str(item["local"]["number"])
    own = next((service["phone"] for service in item["services"] if service["phone"]), "")
    return own or (front_door(place) if entry.responsible == "council" else "")


def front_door(place: Local) -> str:
    """The council's day line for adult social care, or nothing."""
    return str((place.council.contacts if place.council else {}).get("asc_day", {}).get("number", ""))


def _text(name: str, **values: Any) -> str:
    lines = render_template(f"assistant/texts/{name}.txt", **values).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())
