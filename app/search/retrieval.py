"""From a search that has been read to the services worth ranking."""

from collections.abc import Mapping, Sequence

from tantivy import Occur, Query

from app.search.card import NATIONAL, TEXT_FIELDS, Card
from app.search.documents import SCHEMA
from app.search.facets import CATEGORY, Narrowing
from app.search.index import OpenIndex
from app.search.nearness import Position, squares_around
from app.search.query import Asked, Evidence
from app.search.ranking import Where

MOST = 300
AROUND, ANYWHERE = 80, 20
"""How many candidates are taken at all; and how many of them from around the council and from beyond, if there is a council."""

ENDINGS = 50
"""Words that an unfinished one may become: those that most services use."""

AREA_KM = 30.0
BOOSTS = {"name": 4.0, "types": 3.0, "organisation": 2.0, "summary": 2.0, "description": 1.0, "places": 1.0}
ALTERNATIVE_SCORE = {"alternative": 12.0, "need": 5.0, "akin": 4.0}
PHRASE_SCORE = 8.0
SYNONYM_SHARE = 0.8
DESCRIBED_SHARE = 0.8


def candidates(opened: OpenIndex, asked: Asked, where: Where, narrowing: Narrowing) -> list[Card]:
    """Services that hold any of the evidence and all that was chosen. What was chosen lists its
    services without any words, too."""
    chosen = [_holds("facet", term) for term in narrowing.terms]
    if not chosen and not asked.evidence:
        return []
    single = {item: _single(item) for item in asked.evidence if len(item.phrase) < 2}
    if narrowing.within_km and where.position:
        chosen.append(_within(where.position, narrowing.within_km))
    if narrowing.council:
        served = _served(narrowing.council)
        return opened.find(_all([*_any_of(asked.evidence, single, served), *chosen, served]), MOST)
    found: dict[str, Card] = {}
    for area, evidence, upto in _areas(asked, where):
        within = [Query.const_score_query(area, 0.0)] if area else []
        found |= {card.id: card for card in opened.find(_all([*_any_of(evidence, single, area), *chosen, *within]), upto)}
    return list(found.values())


def named(opened: OpenIndex, town: str) -> list[Card]:
    """Services with an address in a town, some from every part of it where there are many."""
    return opened.spread("town", town, MOST)


def entitled(opened: OpenIndex, name: Sequence[str]) -> bool:
    """True where a service's name and its organisation's hold all these words."""
    return bool(opened.find(_all([_holds("title", word) for word in name]), 1))


def serves_from(opened: OpenIndex, town: str, council: str) -> bool:
    """True where a service for the council's area has an address in the town."""
    return bool(opened.find(_all([_holds("town", town), _holds("served", council)]), 1))


def beginning(opened: OpenIndex, typed: list[str], council: str | None, limit: int) -> list[Card]:
    """Services whose name or organisation holds these words, the last of which may be unfinished."""
    begun = sorted(opened.terms("title", typed[-1]), key=lambda entry: -entry[1])
    endings = [term for term, _ in begun[:ENDINGS]]
    if not endings:
        return []
    required = [_holds("title", word) for word in typed[:-1]]
    required.append(_any([_holds("title", term) for term in endings]))
    local = [_served(council)] if council else []
    return opened.find(_all([*required, *local]), limit)


def _areas(asked: Asked, where: Where) -> list[tuple[Query | None, Sequence[Evidence], int]]:
    """From near to far, by what to find services there, and how many: what serves the council, what is around the place, and all.

    Beyond the council single words find enough, and far away those that were typed, for what is meant there is meant by its name.
    """
    if not where.council and not where.position:
        return [(None, asked.evidence, MOST)]
    typed = [item for item in asked.evidence if item.kind == "word"]
    found: list[tuple[Query | None, Sequence[Evidence], int]] = [(None, typed, ANYWHERE)]
    if where.position:
        around = _within(where.position, AREA_KM)
        single = [item for item in asked.evidence if len(item.phrase) < 2]
        found.insert(0, (around, single, AROUND) if where.council else (around, asked.evidence, MOST - ANYWHERE))
    if where.council:
        found.insert(0, (_served(where.council), asked.evidence, MOST - AROUND - ANYWHERE))
    return found


def _served(council: str) -> Query:
    return _any([_holds("served", council), _holds("served", NATIONAL)])


def _within(position: Position, km: float) -> Query:
    around = _any([_holds("square", name) for name in squares_around(position, km)])
    return Query.const_score_query(around, 0.0)


def _single(item: Evidence) -> list[Query]:
    """What holds an alternative or one word. Fields stand side by side in one query: what the engine can skip, it finds only there."""
    if item.alternative:
        score = ALTERNATIVE_SCORE[item.kind]
        listed = Query.const_score_query(_holds("facet", f"{CATEGORY}:{item.alternative}"), score)
        return [listed, Query.const_score_query(_holds("described", item.alternative), score * DESCRIBED_SHARE)]
    return [Query.boost_query(_holds(field, item.phrase[0]), BOOSTS[field] * _share(item)) for field in TEXT_FIELDS]


def _phrase(item: Evidence, area: Query | None) -> Query:
    """What holds all words of a phrase; only ranking reads whether they stand together: the engine would read the places of every
    word in every service, which took several times as long as all the rest. It does not look for them outside the area."""
    together = [_holds("all", stem) for stem in dict.fromkeys(item.phrase)]
    return Query.const_score_query(_all([*together, *([area] if area else [])]), PHRASE_SCORE * _share(item))


def _share(item: Evidence) -> float:
    return SYNONYM_SHARE if item.kind == "synonym" else 1.0


def _any_of(evidence: Sequence[Evidence], single: Mapping[Evidence, list[Query]], area: Query | None) -> list[Query]:
    """One query for all of it; none where there is none."""
    queries = [query for item in evidence for query in single.get(item) or [_phrase(item, area)]]
    return [_any(queries)] if queries else []


def _holds(field: str, value: str) -> Query:
    return Query.term_query(SCHEMA, field, value)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])
