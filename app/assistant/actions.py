"""Asking the assistant, and switching off what it must not say."""

from datetime import UTC, date, datetime
from typing import Any

from app.accounts.queries import current_place
from app.assistant.answering import Answer, Conversation, answer
from app.assistant.knowledge import knowledge, knowledge_without, versions
from app.assistant.local import Local
from app.assistant.models import SwitchedOff
from app.assistant.presenters import as_data
from app.assistant.queries import switched_off
from app.assistant.texts import add_texts
from app.directory import queries as directory
from app.events.actions import record
from app.events.kinds import AssistantAsked
from app.extensions import db

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
    data = as_data(made, known, place, place.services(shown), stamps, gone, today)
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
    """From the next answer on nothing uses this rule or alternative. Raises UnknownId."""
    known = knowledge()
    if identity not in {*known.lexicon.rules, *known.vocabulary.alternatives, *(rule.id for rule in known.ranking.rules)}:
        raise UnknownId(identity)
    with db.writing() as session:
        session.merge(SwitchedOff(id=identity, reason=reason, by=by, at=datetime.now(UTC)))


def switch_on(*, identity: str) -> None:
    """Use it again. Raises UnknownId where it was not switched off."""
    with db.writing() as session:
        kept = session.get(SwitchedOff, identity)
        if kept is None:
            raise UnknownId(identity)
        session.delete(kept)
