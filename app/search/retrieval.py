"""From a search that has been read to the services worth ranking."""

from tantivy import FieldType, Occur, Query

from app.search.card import NATIONAL, Card
from app.search.documents import SCHEMA, TEXT_FIELDS
from app.search.index import OpenIndex
from app.search.nearness import Position, box
from app.search.query import Asked, Evidence
from app.search.ranking import Where

LOCAL, ANYWHERE = 200, 40
"""How many candidates are taken from the area and from everywhere."""

ENDINGS = 50
"""Words that an unfinished one may become: those that most services use."""

AREA_KM = 30.0
BOOSTS = {"name": 4.0, "types": 3.0, "organisation": 2.0, "summary": 2.0, "description": 1.0, "places": 1.0}
ALTERNATIVE_SCORE = {"alternative": 12.0, "need": 5.0}
SYNONYM_SHARE = 0.8


def candidates(opened: OpenIndex, asked: Asked, where: Where, *, category: str | None, council: str | None) -> list[tuple[float, Card]]:
    """Services that hold any of the evidence: those of the area first, then the best of all. A category alone lists it."""
    required = [_holds("alternative", category)] if category else []
    if council:
        required.append(_any([_holds("served", council), _holds("served", NATIONAL)]))
    if asked.evidence:
        required.append(_any([_evidence(item) for item in asked.evidence]))
    if not required:
        return []
    area = _area(where)
    found = opened.find(_all([*required, Query.const_score_query(area, 0.0)]), LOCAL) if area else []
    found += opened.find(_all(required), ANYWHERE if area else LOCAL)
    return list({card.id: (score, card) for score, card in found}.values())


def named(opened: OpenIndex, town: str) -> list[Card]:
    """Services with an address in a town."""
    return [card for _, card in opened.find(_holds("town", town), LOCAL)]


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
    local = [_any([_holds("served", council), _holds("served", NATIONAL)])] if council else []
    return [card for _, card in opened.find(_all([*required, *local]), limit)]


def _area(where: Where) -> Query | None:
    parts = [_holds("served", where.council)] if where.council else []
    if where.position:
        parts.append(_within(where.position))
    return _any([*parts, _holds("served", NATIONAL)]) if parts else None


def _within(position: Position) -> Query:
    south, north, west, east = box(position, AREA_KM)
    lat = Query.range_query(SCHEMA, "lat", FieldType.Float, south, north)
    lon = Query.range_query(SCHEMA, "lon", FieldType.Float, west, east)
    return _all([lat, lon])


def _evidence(item: Evidence) -> Query:
    if item.alternative:
        return Query.const_score_query(_holds("alternative", item.alternative), ALTERNATIVE_SCORE[item.kind])
    share = SYNONYM_SHARE if item.kind == "synonym" else 1.0
    return _any([Query.boost_query(_words(field, item), BOOSTS[field] * share) for field in TEXT_FIELDS])


def _words(field: str, item: Evidence) -> Query:
    if len(item.phrase) == 1:
        return Query.term_query(SCHEMA, field, item.phrase[0])
    return Query.phrase_query(SCHEMA, field, list(item.phrase))


def _holds(field: str, value: str) -> Query:
    return Query.term_query(SCHEMA, field, value)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])
