"""From the text of a search to what it asks for, with this machine's index and the places known to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import cast

from flask import Flask, current_app

from app.content.kinds import held
from app.places import queries as places
from app.places.geometry import kilometres
from app.places.queries import Point
from app.search import catalogue, concepts, lexicon, query, retrieval
from app.search.index import OpenIndex
from app.search.lexicon import Lexicon, helping
from app.search.naming import Names
from app.search.nearness import Position
from app.search.passages import PassageIndex, askable
from app.search.query import Asked, NamedPlace
from app.search.ranking import Where
from app.search.spelling import Speller
from app.search.sync import reading
from app.search.words import words
from app.vocabulary import queries as vocabulary

LONGEST_NAME = 3
"""Words in the longest place name that is looked for."""

SAME_TOWN_KM = 60.0
"""Of several towns with one name, the one within this distance of the practice is meant."""

SAME_REGION_KM = 100.0
"""An outcode alone that is farther from the practice is taken for something else: "B12 injections"."""


@dataclass(frozen=True)
class Understood:
    """A search, read, and its text with the spelling put right where that was needed."""

    text: str
    asked: Asked
    corrected: str | None


@dataclass(frozen=True)
class Knowledge:
    """What reading needs to know of one state of the index."""

    opened: OpenIndex
    lexicon: Lexicon
    speller: Speller
    names: Names
    councils: dict[str, str]
    """Names without "Council", in lower case, and codes."""

    towns: frozenset[str]
    """Names of the councils' own towns: asking the database for every word that is no town took a millisecond each."""


def understand(text: str, opened: OpenIndex, where: Where, *, exact: bool) -> Understood:
    """Read a search. `where` is the practice or place that it is made from; `exact` leaves the spelling alone."""
    known = knowledge(opened)
    place, rest = _postcode(text, where)
    spoken = words(rest)
    corrections: dict[str, str] = {}
    heard = [] if exact else [item for item in known.names.heard(spoken) if retrieval.entitled(opened, item[1])]
    if not exact:
        named = {word for said, _ in heard for word in said}
        corrections = {word: right for word in spoken if word not in named and (right := _corrected(word, known, where)) != word}
    spoken = [part for word in spoken for part in corrections.get(word, word).split()]
    place_words: frozenset[str] = frozenset()
    if place is None:
        place, place_words = _place_named(spoken, known, where)
    corrected = query.rewritten(text, corrections) if corrections else None
    needs = [(helping(vocabulary.needs()[need], known.lexicon.akin), said) for need, said in vocabulary.needs_said(corrected or text)]
    return Understood(text, query.read(spoken, known.lexicon, place, place_words, needs, heard), corrected)


def knowledge(opened: OpenIndex) -> Knowledge:
    """What is known with this state of the index; made once for each state."""
    kept = cast(Knowledge | None, current_app.extensions.get("search_knowledge"))
    if kept is None or kept.opened is not opened:
        kept = _learn(opened)
        current_app.extensions["search_knowledge"] = kept
    return kept


def words_known(app: Flask | None = None) -> Lexicon:
    """The search words and the vocabulary, read once for an application."""
    app = app or current_app
    known = vocabulary.vocabulary(app)
    root = app.config["CONTENT_DIR"]
    return held(app, "search words", lambda: lexicon.build(catalogue.load(root).values(), known.alternatives, known.needs))


def passages_known(app: Flask | None = None) -> PassageIndex:
    """The passages by what they are asked for, read once for an application."""
    app = app or current_app
    if "search_passages" not in app.extensions:
        files = concepts.load(app.config["CONTENT_DIR"]).values()
        app.extensions["search_passages"] = PassageIndex(
            askable(vocabulary.vocabulary(app)), files, words_known(app), vocabulary.english(app)
        )
    return cast(PassageIndex, app.extensions["search_passages"])


def _learn(opened: OpenIndex) -> Knowledge:
    called = {" ".join(words(council.name)): council.code for council in places.councils()}
    councils = {name.replace(" council", "").replace(" demonstration", ""): code for name, code in called.items()}
    speller = Speller(opened.terms("headword"), opened.terms("word"), words_known(), vocabulary.english())
    names = Names((word for word, _ in opened.terms("title")), words_known(), vocabulary.english())
    return Knowledge(opened, words_known(), speller, names, councils, places.towns_named())


def position_of(text: str, council: str | None) -> Point | None:
    """Where a postcode, practice code or town is; by the addresses in the directory where the tables of places do not know it."""
    point = places.locate(text, council) or places.locate(text)
    if point:
        return point
    name = query.outcode(text) or " ".join(words(text))
    named = reading(lambda opened: _by_addresses(name, opened, None))
    return Point(*named.position, named.label, named.council) if named and named.position else None


def _postcode(text: str, where: Where) -> tuple[NamedPlace | None, str]:
    found = query.postcode_in(text)
    point = position_of(found[0], None) if found else None
    if not found or not point:
        return None, text
    bare = query.outcode(found[0]) == found[0]
    if bare and where.position and kilometres(*where.position, point.lat, point.lon) > SAME_REGION_KM:
        return None, text
    return NamedPlace(point.name, (point.lat, point.lon), point.council_code, narrow=False, district=point.district_code), found[1]


def _corrected(word: str, known: Knowledge, where: Where) -> str:
    right = known.speller.corrected(word)
    return word if right != word and word in known.towns and places.locate(word, where.council) else right


def _place_named(spoken: list[str], known: Knowledge, where: Where) -> tuple[NamedPlace | None, frozenset[str]]:
    """The longest name of a town or council among the words. A name made of everyday words only is not taken for one."""
    for name in _runs(spoken):
        if all(word in known.lexicon.known for word in name) or query.outcode(name[0]):
            continue
        place = _town(" ".join(name), known, where) or _council(" ".join(name), known)
        if place:
            return place, frozenset(name)
    return None, frozenset()


def _runs(spoken: list[str]) -> Iterator[tuple[str, ...]]:
    for length in range(min(LONGEST_NAME, len(spoken)), 0, -1):
        for start in range(len(spoken) - length + 1):
            yield tuple(spoken[start : start + length])


def _town(name: str, known: Knowledge, where: Where) -> NamedPlace | None:
    """A town by the addresses in the directory, or by a council's own list."""
    if known.opened.frequency("town", name):
        return _by_addresses(name, known.opened, where.position)
    located = name in known.towns or any(map(str.isdigit, name))
    strange = located and any(not known.speller.knows(word) for word in name.split())
    point = places.locate(name, where.council) if strange else None
    return NamedPlace(point.name, (point.lat, point.lon), point.council_code) if point else None


def _by_addresses(name: str, opened: OpenIndex, here: Position | None) -> NamedPlace | None:
    """The middle of the services whose addresses hold the name."""
    cards = [card for card in retrieval.named(opened, name) if card.positions]
    if here:
        cards = [card for card in cards if kilometres(*card.positions[0], *here) <= SAME_TOWN_KM] or cards
    if not cards:
        return None
    lat, lon = (median(card.positions[0][axis] for card in cards) for axis in (0, 1))
    served = [code for card in cards for code in card.served]
    shown = name.title() if name.isalpha() or " " in name else name.upper()
    return NamedPlace(shown, (lat, lon), max(sorted(set(served)), key=served.count) if served else None)


def _council(name: str, known: Knowledge) -> NamedPlace | None:
    code = known.councils.get(name)
    return NamedPlace(name.title(), None, code, narrow=False) if code else None
