"""An answer as plain data, the same for the page, the API and the command line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.assistant.answering import Answer, Knowledge, RaisedFlag
from app.assistant.information import Wanted, unanswered
from app.assistant.informing import checked, contacts_of, told, withdrawn
from app.assistant.local import Local
from app.assistant.ranking import Ranked
from app.assistant.reporting import of_answer
from app.content.messages import say
from app.directory.queries import LiveService
from app.vocabulary.reading import Cue

Services = Mapping[str, Sequence[tuple[LiveService, float | None]]]


def as_data(
    answer: Answer,
    knowledge: Knowledge,
    place: Local,
    services: Services,
    versions: Mapping[str, str],
    off: Mapping[str, str],
    given: Sequence[Wanted],
    today: date,
) -> dict[str, Any]:
    """The whole answer in the shape of the contract of POST /api/assistant. `given` answers what was asked; `off` says why
    alternatives are switched off; what is past its review date on the day says so."""
    vocabulary = knowledge.vocabulary
    reading = answer.reading
    return {
        "red_flags": [_flag(raised, place, knowledge, today) for raised in answer.red_flags],
        "needs": [_need(identity, answer, knowledge) for identity in answer.needs],
        "absent": [
            {"id": item.id, "state": item.state, "spans": _spans(item.cues), "by_hand": any(cue.flipped for cue in item.cues)}
            for item in reading.not_present
        ],
        "cues": [{"id": cue.id, "span": list(cue.span), "state": cue.state, "rule": cue.rule} for cue in reading.cues],
        "alternatives": [_alternative(ranked, answer, knowledge, place, services, today) for ranked in answer.ranking.core],
        "support": [_alternative(ranked, answer, knowledge, place, services, today) for ranked in answer.ranking.support],
        "not_listed": [
            {"id": item.id, "text": item.text or _why_gone(item.id, answer, knowledge, place, off, today)}
            for item in answer.ranking.not_listed
        ],
        "changed": [vars(change) for change in answer.changed],
        "not_understood": [[turn, *span] for turn, read in enumerate(reading.turns) for span in read.not_understood],
        "identifiers": [[turn, *span] for turn, read in enumerate(reading.turns) for span in read.identifiers],
        "information": [told(item, knowledge, place, today) for item in given],
        "asked_unknown": unanswered(answer, given),
        "laid_aside": answer.reading.first,
        "question": answer.question
        and {
            "id": answer.question.id,
            "text": answer.question.text,
            "options": [{"id": option.id, "text": option.text} for option in answer.question.options],
            "past_review": answer.question.past_review(today),
        },
        "reading": {
            "typos": [
                {"span": [turn, typo.start, typo.end], "read_as": typo.read_as}
                for turn, read in enumerate(reading.turns)
                for typo in read.typos
            ],
            "attributes": dict(answer.facts.attributes),
        },
        "notes": [{"rule": rule, "text": text} for rule, text in answer.ranking.notes],
        "care_home": say("assistant.care_home", count=len(vocabulary.alternatives)),
        "versions": dict(versions),
        "report": of_answer(answer, knowledge, place.council.code if place.council else "", versions),
    }


def _spans(cues: Sequence[Cue]) -> list[list[int]]:
    return [list(cue.span) for cue in cues if cue.span[2]]


def _need(identity: str, answer: Answer, knowledge: Knowledge) -> dict[str, Any]:
    need = knowledge.vocabulary.needs[identity]
    cues = next((found.cues for found in answer.reading.needs if found.id == identity), ())
    rule = cues[0].rule if cues else "answer"
    return {"id": identity, "label": need.label, "about": need.about, "rule": rule, "spans": _spans(cues)}


def _flag(raised: RaisedFlag, place: Local, knowledge: Knowledge, today: date) -> dict[str, Any]:
    flag = raised.flag
    return {
        "id": flag.id,
        "label": flag.label,
        "level": flag.level,
        "action": flag.action,
        "contacts": contacts_of(flag.contacts, place),
        "helplines": list(flag.helplines),
        "rule": raised.cues[0].rule if raised.cues else raised.by_answer,
        "sources": [knowledge.vocabulary.sources[source].title for source in flag.sources],
        "spans": _spans(raised.cues),
        "past_review": flag.past_review(today),
    }


def _why_gone(identity: str, answer: Answer, knowledge: Knowledge, place: Local, off: Mapping[str, str], today: date) -> str:
    """Why an alternative that fits is not to be had, and what is the next best."""
    core, points = answer.ranking.core, answer.ranking.order.scores.get(identity, 0.0)
    best = next((ranked for ranked in core if ranked.score <= points), core[0] if core else None)
    following = knowledge.vocabulary.alternatives[best.id].label if best else say("assistant.nothing_else")
    entry = knowledge.vocabulary.alternatives[identity]
    if entry.withdrawn_by(today):
        return withdrawn(entry, knowledge, following)
    if identity in off:
        return say("assistant.switched_off", reason=off[identity], next=following)
    return say("assistant.not_offered", council=place.council.name if place.council else "", next=following)


def _alternative(ranked: Ranked, answer: Answer, knowledge: Knowledge, place: Local, services: Services, today: date) -> dict[str, Any]:
    entry = knowledge.vocabulary.alternatives[ranked.id]
    return {
        "id": entry.id,
        "label": entry.label,
        "score": ranked.score,
        "cautions": list(ranked.cautions),
        "because": because(ranked, answer, knowledge),
        "responsible": place.responsible(entry.responsible),
        "responsible_kind": entry.responsible,
        "local": place.says(entry.id),
        "how_to_refer": entry.how_to_refer,
        "cost": checked(entry.cost.text, entry.cost.check),
        "speed": checked(entry.speed.text, entry.speed.check),
        "eligibility": entry.eligibility,
        "sources": [knowledge.vocabulary.sources[source].title for source in entry.sources],
        "services": [_service(service, distance) for service, distance in services.get(entry.id, ())],
        "past_review": entry.past_review(today),
    }


def because(ranked: Ranked, answer: Answer, knowledge: Knowledge) -> list[dict[str, Any]]:
    """Why an alternative is offered: each reason with the rule that gave it, in words, and its sources."""
    vocabulary = knowledge.vocabulary
    cues = {found.id: found.cues for found in (*answer.reading.needs, *answer.reading.red_flags)}
    titles = [vocabulary.sources[source].title for source in vocabulary.alternatives[ranked.id].sources]
    reasons: list[dict[str, Any]] = []
    for reason in ranked.reasons:
        label = reason.id
        if reason.kind == "need":
            label = vocabulary.needs[reason.id].chip
        elif reason.kind == "red_flag":
            label = vocabulary.red_flags[reason.id].label
        rule = cues[reason.id][0].rule if cues.get(reason.id) else reason.id
        reasons.append(
            {
                "need": reason.id if reason.kind == "need" else "",
                "rule": rule,
                "text": say(f"assistant.because.{reason.kind}", label=label),
                "sources": titles,
                "spans": _spans(cues.get(reason.id, ())),
                "points": round(reason.weight, 3),
            }
        )
    return reasons


def _service(service: LiveService, distance: float | None) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "organisation": service.organisation,
        "phone": service.phone,
        "accepting": service.accepting,
        "checked_on": service.assured_on.isoformat() if service.assured_on else None,
        "distance_km": None if distance is None else round(distance, 1),
    }
