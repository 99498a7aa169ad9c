"""What answers a question, as plain data: a passage of our own, whom to ring in a danger, or the part of an alternative's text
that was asked about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.assistant.answering import Knowledge, asked_about
from app.assistant.information import Wanted
from app.assistant.local import Local
from app.content.messages import say
from app.vocabulary.schema import Alternative, Claim, Passage, RedFlag


def told(item: Wanted, knowledge: Knowledge, place: Local, today: date) -> dict[str, Any]:
    """The text with its title, its sources and the day of its review; `topics` are what it is about: subjects, and ids of
    alternatives that it speaks of."""
    vocabulary = knowledge.vocabulary
    topics: list[str]
    source: Passage | RedFlag | Alternative
    if item.danger:
        source = flag = vocabulary.red_flags[item.danger]
        numbers = [f"{line['name']}: {line['number'] or line['hours']}" for line in contacts_of(flag.contacts, place)]
        identity, topics = f"{flag.id}.contacts", [flag.id]
        title = say("assistant.crisis_contacts", label=flag.label)
        text = say("assistant.crisis_whom", numbers="; ".join([*numbers, *flag.helplines]), action=flag.action)
    elif item.passage:
        source = passage = vocabulary.passages[item.passage]
        identity, title, text = passage.id, passage.title, passage.text
        topics = [*passage.topics, *asked_about([f"{title}. {text}"], knowledge)]
    else:
        source = entry = vocabulary.alternatives[item.alternative]
        topic = knowledge.lexicon.topics[item.topic]
        identity, topics = f"{item.alternative}.{item.topic}", [item.alternative, item.topic]
        title, text = f"{entry.label}: {topic.label}", _part(entry, topic.says, knowledge, place, today)
    return {
        "id": identity,
        "topics": topics,
        "title": title,
        "passage": text,
        "sources": [vocabulary.sources[name].title for name in source.sources],
        "reviewed": source.reviewed.isoformat(),
        "past_review": source.past_review(today),
        "clinical_check": source.clinical_check,
    }


def _part(entry: Alternative, field: str, knowledge: Knowledge, place: Local, today: date) -> str:
    if entry.withdrawn_by(today):
        return withdrawn(entry, knowledge, say("assistant.nothing_else"))
    said: Any = getattr(entry, field)
    if field == "responsible":
        return place.responsible(said)
    if isinstance(said, Claim):
        return checked(said.text, said.check)
    return said if isinstance(said, str) else " ".join(said)


def withdrawn(entry: Alternative, knowledge: Knowledge, following: str) -> str:
    """When and why it was withdrawn, and what its file names instead, or what follows it in the answer."""
    assert entry.withdrawn
    nearest = knowledge.vocabulary.alternatives.get(entry.withdrawn.instead)
    day = f"{entry.withdrawn.on.day} {entry.withdrawn.on:%B %Y}"
    return say("assistant.withdrawn", day=day, reason=entry.withdrawn.why, next=nearest.label if nearest else following)


def checked(text: str, check: str) -> str:
    """A claim as it may be shown: one that is not sure says so."""
    return say("assistant.typically", text=text) if check == "U" else text


def contacts_of(kinds: Sequence[str], place: Local) -> list[dict[str, str]]:
    """The numbers for a danger: 999, or the council's; a missing one is said to be missing."""
    found = []
    for kind in kinds:
        if kind == "none":
            continue
        if kind == "emergency":
            found.append({"kind": kind, "name": say("contact.emergency"), "number": "999", "hours": ""})
            continue
        line = (place.council.contacts if place.council else {}).get(kind, {})
        name = say(f"contact.{kind}")
        missing = say("contact.missing", name=name) if place.council else say("contact.no_council")
        found.append({"kind": kind, "name": name, "number": line.get("number", ""), "hours": line.get("hours", "") if line else missing})
    return found
