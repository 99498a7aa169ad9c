"""What a text that is being typed may become: services and alternatives."""

from dataclasses import dataclass
from typing import Literal

from app.directory import queries as directory
from app.search import retrieval
from app.search.sync import reading
from app.search.words import words
from app.vocabulary import queries as vocabulary

SHORTEST = 2
MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class Suggestion:
    """Something to choose: a service or an alternative, by its id."""

    kind: Literal["service", "alternative"]
    label: str
    id: str


def suggest(text: str, *, council: str | None, limit: int = 8) -> tuple[Suggestion, ...]:
    """Alternatives asked for by words that begin so, then services so named; nothing before the second letter."""
    typed = words(text)
    if sum(map(len, typed)) < SHORTEST:
        return ()
    found = _alternatives(typed)[:MOST_ALTERNATIVES]
    return (*found, *_services(typed, council, limit - len(found)))


def _alternatives(typed: list[str]) -> list[Suggestion]:
    """Those with the words in their name first, then those with the words in what they are asked for as."""
    named, asked = [], []
    for identity, alternative in vocabulary.alternatives().items():
        suggestion = Suggestion("alternative", alternative.label, identity)
        if _begins(typed, alternative.label) or _begins(typed, alternative.short_label):
            named.append(suggestion)
        elif any(_begins(typed, phrase) for phrase in alternative.asked_for_as):
            asked.append(suggestion)
    return named + asked


def _begins(typed: list[str], phrase: str) -> bool:
    """True where every word but the last stands in the phrase, and a word of it begins with the last."""
    spoken = words(phrase)
    return set(typed[:-1]) <= set(spoken) and any(word.startswith(typed[-1]) for word in spoken)


def _services(typed: list[str], council: str | None, limit: int) -> list[Suggestion]:
    cards = reading(lambda opened: retrieval.beginning(opened, typed, council, limit))
    live = directory.by_ids([card.id for card in cards])
    return [Suggestion("service", live[card.id].name, card.id) for card in cards if card.id in live]
