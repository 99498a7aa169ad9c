"""Asking the assistant."""

from typing import Any

from app.accounts.queries import current_place
from app.assistant.answering import Answer, Conversation, answer
from app.assistant.knowledge import knowledge, versions
from app.assistant.local import Local
from app.assistant.presenters import as_data
from app.directory import queries as directory
from app.events.actions import record
from app.events.kinds import AssistantAsked

WITH_SERVICES = 10
"""Alternatives for which local services are looked up: the first five, and the next that "more" opens."""


def ask(conversation: Conversation, place: Local, *, new_turn: bool) -> tuple[Answer, dict[str, Any]]:
    """The answer, and the same as plain data with local services. Ids of what was read are counted; no text is kept.

    `new_turn` is False when a chip was flipped or a question answered: that is the same question to us.
    """
    known = knowledge()
    made = answer(conversation, known)
    shown = [ranked.id for ranked in made.ranking.core[:WITH_SERVICES]]
    age = directory.data_age()
    stamps = {**versions(), "directory": age.isoformat() if age else ""}
    data = as_data(made, known, place, place.services(shown), stamps)
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
