"""What a text that is being typed may become: kinds of help, places, and services by their own or their organisation's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import current_app

from app.content.kinds import held
from app.directory import queries as directory
from app.directory.queries import LiveService
from app.search import completing, retrieval
from app.search.card import NATIONAL
from app.search.completing import Called
from app.search.facets import CATEGORY
from app.search.index import OpenIndex
from app.search.sync import reading
from app.search.words import words
from app.vocabulary import queries as vocabulary

SHORTEST = 2
LONGEST = 100
"""Letters and characters from which and to which a text is completed. What is longer is a situation, not a name."""

MOST = 8
MOST_OF_A_KIND = 2
"""Suggestions in all, and of each kind but services, which take what room is left."""

LOOKED_AT = 40
"""Services whose names are compared before the few that begin best are shown."""

BEFORE_A_PLACE = frozenset({"near", "in", "around"})
NO_TOWNS = frozenset({
    "avenue", "building", "campus", "centre", "close", "court", "crescent", "drive", "estate", "floor", "grounds", "grove", "hospital",
    "house", "lane", "mill", "parade", "park", "place", "precinct", "road", "square", "street", "terrace", "unit", "walk", "way",
})  # fmt: skip
"""What a part of an address ends with, or begins with, that is narrower than a town."""


@dataclass(frozen=True)
class Suggestion:
    """Something to choose: the services of a category, what an alternative is, the services near a place, or one service.

    `id` is the place's name for a place. A service has its organisation, where that has another name, and `elsewhere` where it
    serves another area only.
    """

    kind: Literal["category", "alternative", "place", "service"]
    id: str
    label: str
    organisation: str = ""
    elsewhere: bool = False


def suggest(text: str, *, council: str | None) -> tuple[Suggestion, ...]:
    """The best few of each kind, those of the council's area first; one slip is forgiven where nothing begins as typed.

    Nothing before the second letter. Raises IndexNotReady.
    """
    typed = words(text) if len(text) <= LONGEST else []
    if sum(map(len, typed)) < SHORTEST:
        return ()

    def work(opened: OpenIndex) -> tuple[Suggestion, ...]:
        readings = (typed, *_put_right(typed, opened))
        return next((found for reading in readings if (found := _beginning(reading, opened, council))), ())

    return reading(work)


def _beginning(typed: list[str], opened: OpenIndex, council: str | None) -> tuple[Suggestion, ...]:
    found = (*_kinds(typed, opened), *_places(typed, opened, council))
    return (*found, *_services(typed, opened, council, MOST - len(found)))


def _kinds(typed: list[str], opened: OpenIndex) -> list[Suggestion]:
    """Each kind of help as its services, where there are any, and as what it is."""
    known = vocabulary.alternatives()
    begun = completing.kinds_begun(typed, _called())
    standing = [known[identity] for identity in begun if not known[identity].withdrawn_by(date.today())][:MOST_OF_A_KIND]
    provided = [kind for kind in standing if opened.frequency("facet", f"{CATEGORY}:{kind.id}")]
    categories = [Suggestion("category", kind.id, kind.short_label) for kind in provided]
    return categories + [Suggestion("alternative", kind.id, kind.label) for kind in standing]


def _called() -> tuple[Called, ...]:
    return held(current_app, "kinds as they are called", lambda: completing.called(vocabulary.alternatives()))


def _places(typed: list[str], opened: OpenIndex, council: str | None) -> list[Suggestion]:
    """Towns and outcodes of the services' addresses: those where services for the council's area are, then the most used."""
    name = " ".join(typed[1:] if typed[0] in BEFORE_A_PLACE else typed)
    if len(name) < SHORTEST:
        return []
    towns = [(town, count) for town, count in opened.terms("town", name) if NO_TOWNS.isdisjoint((town.split()[0], town.split()[-1]))]
    towns = sorted(towns, key=lambda entry: -entry[1])[:MOST]
    ours = {town for town, _ in towns if council and retrieval.serves_from(opened, town, council)}
    towns.sort(key=lambda entry: (entry[0] != name, entry[0] not in ours, -entry[1]))
    shown = [town.upper() if any(map(str.isdigit, town)) else town.title() for town, _ in towns]
    return [Suggestion("place", town, town) for town in shown[:MOST_OF_A_KIND]]


def _services(typed: list[str], opened: OpenIndex, council: str | None, room: int) -> list[Suggestion]:
    cards = retrieval.beginning(opened, typed, council, LOOKED_AT)
    if council and len(cards) < room:
        cards = list({card.id: card for card in (*cards, *retrieval.beginning(opened, typed, None, LOOKED_AT))}.values())
    ours = {card.id for card in cards if council is None or not {council, NATIONAL}.isdisjoint(card.served)}
    live = directory.by_ids([card.id for card in cards])

    def order(service: LiveService) -> tuple[bool, bool, bool, str]:
        name = words(service.name)
        return service.id not in ours, not completing.starts_with(typed, name), not completing.holds(typed, name), service.name.lower()

    return [
        Suggestion(
            "service",
            service.id,
            service.name,
            service.organisation if service.organisation != service.name else "",
            service.id not in ours,
        )
        for service in sorted(live.values(), key=order)[:room]
    ]


def _put_right(typed: list[str], opened: OpenIndex) -> Iterator[list[str]]:
    """The words with one of them put right: first the last, which may be unfinished, then the others. No English word is a slip."""
    for index in sorted(range(len(typed)), key=lambda at: at != len(typed) - 1):
        if typed[index] in vocabulary.english():
            continue
        known = _words_known(typed[index][0], opened)
        for right in completing.nearly(typed[index], known, whole=index != len(typed) - 1):
            yield [*typed[:index], right, *typed[index + 1 :]]


def _words_known(letter: str, opened: OpenIndex) -> Iterator[tuple[str, int]]:
    """Words of names, towns and kinds of help that may begin with this letter, with the number of services that use them."""
    yield from opened.terms("title", letter)
    yield from ((part, count) for town, count in opened.terms("town", letter) for part in town.split())
    yield from ((word, 1) for kind in _called() for phrase in (*kind.names, *kind.phrases) for word in phrase)
