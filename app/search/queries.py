"""What other parts read of search: services that fit a text, and what a text that is being typed may become."""

from dataclasses import dataclass
from datetime import date

from app.directory import queries as directory
from app.directory.queries import LiveService
from app.places.queries import Point
from app.search import ranking, retrieval
from app.search.index import OpenIndex
from app.search.passages import Fit
from app.search.query import Asked, NamedPlace
from app.search.ranking import Found, Where
from app.search.reasons import reasons
from app.search.suggesting import Suggestion, suggest
from app.search.sync import IndexNotReady, keeper, reading
from app.search.understanding import Understood, passages_known, understand, words_known

__all__ = ["Hit", "IndexNotReady", "Results", "Suggestion", "answering", "is_ready", "search", "suggest"]

SPARE = 10
"""Hits fetched beyond those shown, in place of services withdrawn since the index was written."""


@dataclass(frozen=True)
class Hit:
    """A service that fits. `score` only orders the hits of one search; `why` are short reasons in words."""

    service: LiveService
    distance_km: float | None
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """What a search found. `total` counts all that fit, up to what retrieval takes up for ranking (some 200); `corrected`
    is the text with its spelling put right.

    `place` is a place that the text itself names. `alternatives` are ids of those that it asks for, `topics` of those
    and of what could help with what it says.
    """

    query: str
    corrected: str | None
    total: int
    hits: tuple[Hit, ...]
    place: NamedPlace | None
    alternatives: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Narrowing:
    """What a search keeps to: a council's area, a category, a distance in kilometres and a number of hits."""

    council: str | None
    category: str | None
    within_km: float | None
    limit: int


def answering(question: str) -> list[Fit]:
    """The passages that answer a plain question, best first; none where we hold nothing on it."""
    return passages_known().answers(question)


def is_ready() -> bool:
    """True when this process has an index to search."""
    try:
        return keeper().opened() is not None
    except IndexNotReady:
        return False


def search(
    text: str,
    *,
    near: Point | None = None,
    council: str | None = None,
    category: str | None = None,
    within_km: float | None = None,
    exact: bool = False,
    limit: int = 20,
) -> Results:
    """Services that fit the text, the best first; with a category and no text, those of the category.

    `council` keeps to services for its area and national ones, `within_km` to places within that distance; `exact`
    leaves the spelling alone. Raises IndexNotReady.
    """
    here = Where((near.lat, near.lon), near.council_code) if near else Where(None, council)

    def work(opened: OpenIndex) -> Results:
        understood = understand(text, opened, here, exact=exact)
        return _answer(opened, understood, here, Narrowing(council, category, within_km, limit))

    return reading(work)


def _answer(opened: OpenIndex, understood: Understood, here: Where, narrowing: Narrowing) -> Results:
    asked = understood.asked
    where = Where(asked.place.position, asked.place.council, asked.place.narrow) if asked.place else here
    found = retrieval.candidates(opened, asked, where, category=narrowing.category, council=narrowing.council)
    ranked = ranking.rank(asked, found, _term_weights(opened, asked), where, date.today().toordinal())
    if narrowing.within_km is not None:
        ranked = [item for item in ranked if item.km is not None and item.km <= narrowing.within_km]
    hits, gone = _live(ranked[: narrowing.limit + SPARE], asked, where)
    return Results(
        query=understood.text,
        corrected=understood.corrected,
        total=len(ranked) - gone,
        hits=hits[: narrowing.limit],
        place=asked.place,
        alternatives=asked.alternatives,
        topics=asked.topics,
    )


def _term_weights(opened: OpenIndex, asked: Asked) -> tuple[float, ...]:
    used = [opened.frequency("all", term.stem) for term in asked.terms]
    return ranking.weigh_terms(asked, used, opened.size, words_known().weak)


def _live(ranked: list[Found], asked: Asked, where: Where) -> tuple[tuple[Hit, ...], int]:
    """The hits that are still published, and how many are not: a withdrawal counts at once, whatever the index says."""
    services = directory.by_ids([item.card.id for item in ranked])
    hits = tuple(
        Hit(services[item.card.id], item.km, round(item.score, 3), reasons(item, asked, where))
        for item in ranked
        if item.card.id in services
    )
    return hits, len(ranked) - len(hits)
