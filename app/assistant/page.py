"""What the answer's page needs beside the data of the API: the turns, the chips and the fields that carry the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from app.accounts.actions import new_token
from app.assistant.answering import Answer, Conversation, Knowledge
from app.assistant.conversation import joined
from app.assistant.reporting import Fault
from app.content.messages import say
from app.vocabulary import identifiers
from app.vocabulary.assertion import State
from app.vocabulary.reading import Cue


@dataclass(frozen=True)
class Chip:
    """A need or danger as read, the words it was read from, and what its button sends to turn it round."""

    label: str
    state: str
    words: tuple[str, ...]
    flip: str


@dataclass(frozen=True)
class Line:
    """One line of the trace: the words and where they stand (characters from 1), what they were read as, how, by which rule."""

    words: str
    turn: int
    start: int
    end: int
    label: str
    state: str
    rule: str
    source: str


def page_of(conversation: Conversation, answer: Answer, data: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Everything that assistant/answer.html shows."""
    vocabulary = knowledge.vocabulary
    first = knowledge.ranking.shown_first
    raised = "residential_request" in answer.needs
    return {
        "answer": data,
        "turns": [marked(turn, text, answer.reading.cues) for turn, text in enumerate(conversation.turns)],
        "earlier": [identifiers.blank(text) for text in conversation.turns],
        "answers": joined(conversation.answers),
        "flipped": joined(conversation.flipped),
        "present": [_chip(found.id, found.cues, State.ABSENT, conversation, knowledge) for found in answer.reading.needs],
        "not_present": [
            _chip(item.id, item.cues, State.PRESENT, conversation, knowledge, item.state) for item in answer.reading.not_present
        ],
        "trace": [_line(cue, conversation, knowledge) for cue in answer.reading.cues],
        "could_add": [need for need in vocabulary.needs.values() if need.id not in answer.needs],
        "alternatives": vocabulary.alternatives,
        "needs": vocabulary.needs,
        "first": data["alternatives"][:first],
        "more": data["alternatives"][first:],
        "home_was_raised": raised,
        "signpost": "" if any(raised.flag.safeguarding for raised in answer.red_flags) else new_token(),
        "faults": {fault.value: say(f"assistant.fault.{fault}") for fault in Fault},
        "nothing_read": not (answer.needs or answer.red_flags or data["alternatives"] or data["not_listed"]),
    }


def _chip(identity: str, cues: tuple[Cue, ...], to: State, conversation: Conversation, knowledge: Knowledge, state: str = "") -> Chip:
    entry = knowledge.vocabulary.needs.get(identity)
    label = entry.chip if entry else knowledge.vocabulary.red_flags[identity].label
    said = tuple(dict.fromkeys(conversation.turns[cue.span[0]][cue.span[1] : cue.span[2]] for cue in cues if cue.span[2]))
    return Chip(label, state, said, ",".join(f"{cue.id}={to}" for cue in cues))


def _line(cue: Cue, conversation: Conversation, knowledge: Knowledge) -> Line:
    turn, start, end = cue.span
    vocabulary, rule = knowledge.vocabulary, knowledge.lexicon.rules.get(cue.rule)
    source = vocabulary.sources.get(rule.source) if rule else None
    entry = vocabulary.needs.get(cue.gives) or vocabulary.red_flags[cue.gives]
    words = identifiers.blank(conversation.turns[turn])[start:end]
    return Line(words, turn + 1, start + 1, end, entry.label, cue.state, cue.rule, source.title if source else "")


def marked(turn: int, text: str, cues: tuple[Cue, ...]) -> Markup:
    """A message with the words that were read marked, and with anything that looks like an identifier blanked."""
    safe = identifiers.blank(text)
    html, position = Markup(), 0
    for start, end in _merged(sorted((cue.span[1], cue.span[2]) for cue in cues if cue.span[0] == turn and cue.span[2])):
        html += escape(safe[position:start]) + Markup("<mark>") + escape(safe[start:end]) + Markup("</mark>")
        position = end
    return html + escape(safe[position:])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
