"""Asking the assistant, switching off what it must not say, and reports of wrong answers."""

from datetime import UTC, date, datetime
from typing import Any

from app.accounts.queries import current_place
from app.assistant.answering import Answer, Conversation, answer
from app.assistant.information import wanted
from app.assistant.knowledge import knowledge, knowledge_without, versions
from app.assistant.local import Local
from app.assistant.models import AnswerReport, SwitchedOff
from app.assistant.presenters import as_data
from app.assistant.queries import switched_off
from app.assistant.reporting import Outcome, Report, Unlisted, check
from app.assistant.texts import add_texts
from app.audit.actions import Deed, note
from app.directory import queries as directory
from app.events.actions import record
from app.events.kinds import AssistantAsked
from app.extensions import db
from app.places import queries as places
from app.search import queries as search
from app.tenancy import EVERYTHING, acting
from app.vocabulary.guarding import refuse_identifiers

WITH_SERVICES = 10
"""Alternatives for which local services are looked up: the first five, and the next that "more" opens."""


def ask(conversation: Conversation, place: Local, *, new_turn: bool) -> tuple[Answer, dict[str, Any]]:
    """The answer, and the same as plain data with local services. Ids of what was read are counted; no text is kept.

    `new_turn` is False when a chip was flipped or a question answered: that is the same question to us.
    """
    off = switched_off()
    known = knowledge_without(frozenset(off))
    gone = {identity: why for identity, why in off.items() if identity in known.vocabulary.alternatives}
    today = date.today()
    withdrawn = {identity for identity, entry in known.vocabulary.alternatives.items() if entry.withdrawn_by(today)}
    made = answer(conversation, known, place.not_offered() | gone.keys() | withdrawn)
    shown = [ranked.id for ranked in made.ranking.core[:WITH_SERVICES]]
    age = directory.data_age()
    stamps = {**versions(), "directory": age.isoformat() if age else ""}
    given = wanted(made, known, conversation.turns, lambda question: {fit.id: fit.score for fit in search.answering(question)})
    data = as_data(made, known, place, place.services(shown), stamps, gone, given, today)
    add_texts(data, made, known, place)
    if new_turn:
        chosen = current_place()
        first = tuple(ranked.id for ranked in made.ranking.core[: known.ranking.shown_first])
        event = AssistantAsked(tuple(made.needs), tuple(item.flag.id for item in made.red_flags), first)
        record(
            event,
            council=place.council.code if place.council else None,
            practice=chosen.practice.ods_code if chosen.practice else None,
        )
    return made, data


class UnknownId(ValueError):
    """Neither a rule nor an alternative has this id."""


def switch_off(*, identity: str, reason: str, by: str) -> None:
    """From the next answer on nothing uses this rule or alternative. Raises UnknownId, and Identifies where the reason names a person."""
    refuse_identifiers(reason)
    known = knowledge()
    if identity not in {*known.lexicon.rules, *known.vocabulary.alternatives, *(rule.id for rule in known.ranking.rules)}:
        raise UnknownId(identity)
    with db.writing() as session:
        session.merge(SwitchedOff(id=identity, reason=reason, by=by, at=datetime.now(UTC)))
        note(by=by, what=Deed.SWITCHED_OFF, about=identity)


def switch_on(*, identity: str, by: str) -> None:
    """Use it again. Raises UnknownId where it was not switched off."""
    with db.writing() as session:
        kept = session.get(SwitchedOff, identity)
        if kept is None:
            raise UnknownId(identity)
        session.delete(kept)
        note(by=by, what=Deed.SWITCHED_ON, about=identity)


def report_answer(*, report: Report) -> int:
    """Put a report into the queue, with the day; gives back its number. Raises Unlisted, and then nothing is kept."""
    check(report, knowledge(), versions())
    if report.council and places.council_or_none(report.council) is None:
        raise Unlisted("council")
    row = AnswerReport(day=datetime.now(UTC).date(), **report.model_dump(mode="json"))
    with acting(EVERYTHING), db.writing() as session:  # Anybody may send one; its number is said to whoever did.
        session.add(row)
    return row.id


class NotOpen(ValueError):
    """No report with this number waits in the queue."""


def settle_report(*, id: int, by: str, outcome: Outcome) -> None:
    """Take a report out of the queue, saying what came of it. Raises NotOpen."""
    with db.writing() as session:
        row = session.get(AnswerReport, id)
        if row is None or row.outcome:
            raise NotOpen(id)
        row.outcome, row.settled_by, row.settled_on = outcome.value, by, datetime.now(UTC).date()
        note(by=by, what=Deed.REPORT_SETTLED, about=f"report:{id}", council=row.council or None)
