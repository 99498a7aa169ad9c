"""What other parts read of search: services that fit a text, and what a text that is being typed may become."""

from dataclasses import dataclass, replace
from datetime import date

from app.directory import queries as directory
from app.directory.queries import LiveService
from app.places.queries import Point
from app.search import facets, ranking, retrieval
from app.search.asking import parameter_schemas
from app.search.card import joined, parted
from app.search.facets import EVERYTHING, Narrowing
from app.search.index import OpenIndex
from app.search.nearness import nearest_km
from app.search.passages import Fit
from app.search.query import Asked, NamedPlace
from app.search.ranking import Found, Where
from app.search.reasons import reasons
from app.search.suggesting import Suggestion, suggest
from app.search.sync import IndexNotReady, keeper, reading
from app.search.understanding import Understood, passages_known, understand, words_known
from app.search.weights import LOOSER
from app.search.whereabouts import Whereabouts, whereabouts
from app.vocabulary import queries as vocabulary

__all__ = ["Hit", "IndexNotReady", "Narrowing", "Results", "Suggestion", "answering", "is_ready", "parameter_schemas", "search", "suggest"]

SPARE = 10
"""Services looked up beyond those shown where one of them was withdrawn since the index was written."""


@dataclass(frozen=True)
class Hit:
    """A service that fits. `score` only orders the hits of one search; `why` are short reasons in words; `nearest` is the site
    to go to, None where there is none."""

    service: LiveService
    distance_km: float | None
    score: float
    why: tuple[str, ...]
    nearest: Whereabouts | None


@dataclass(frozen=True)
class Results:
    """What a search found. `total` counts all that fit, up to what retrieval takes up for ranking (some 300); `corrected`
    is the text with its spelling put right.

    `place` is a place that the text itself names. `alternatives` are ids of those that it asks for, `topics` of those
    and of what could help with what it says. `area` is the council whose services these are (its code), `widened` says that
    it had nothing that fits, so that these are from everywhere. `counts` says how many would be left by each choice;
    `words` are those of the search that stand in our published vocabulary.
    """

    query: str
    corrected: str | None
    total: int
    hits: tuple[Hit, ...]
    place: NamedPlace | None
    alternatives: tuple[str, ...]
    topics: tuple[str, ...]
    area: str | None
    widened: bool
    counts: dict[str, dict[str, int]]
    words: tuple[str, ...]


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
    narrowing: Narrowing = EVERYTHING,
    neighbours: bool = False,
    exact: bool = False,
    limit: int = 20,
) -> Results:
    """Services that fit the text, the best first; with something chosen and no text, those of that choice.

    They are those of one council and national ones: the council in `narrowing`, or else that of the place which the text
    names or of `near`. With `neighbours`, or where that council has nothing that fits, they are from everywhere, the
    near ones first. `exact` leaves the spelling alone. Raises IndexNotReady.
    """
    here = Where((near.lat, near.lon), near.council_code, district=near.district_code) if near else Where(None, narrowing.council)

    def work(opened: OpenIndex) -> Results:
        understood = understand(text, opened, here, exact=exact)
        return _answer(opened, understood, here, narrowing, neighbours=neighbours, limit=limit)

    return reading(work)


def _answer(opened: OpenIndex, understood: Understood, here: Where, narrowing: Narrowing, *, neighbours: bool, limit: int) -> Results:
    asked = understood.asked
    place = asked.place
    where = Where(place.position, place.council, place.narrow, place.district) if place else here
    where = replace(where, district=None) if narrowing.council else where  # Of a whole council all districts are wanted.
    area = None if neighbours else narrowing.council or where.council
    shown, own = _shown(opened, asked, where, narrowing, area)
    hits, gone = _live(shown, limit, asked, where)
    return Results(
        query=understood.text,
        corrected=understood.corrected,
        total=len(shown) - gone,
        hits=hits,
        place=asked.place,
        alternatives=asked.alternatives,
        topics=asked.topics,
        area=area if own else None,
        widened=area is not None and not own and bool(hits),
        counts=_counts(opened, asked, where, replace(narrowing, council=area if own else narrowing.council), shown),
        words=_published(asked),
    )


def _published(asked: Asked) -> tuple[str, ...]:
    """The words that may be counted: names of people, places and services are not among them."""
    known = words_known()
    named = {asked.terms[index].word for index in asked.place_terms}
    return tuple(sorted({term.word for term in asked.terms if term.word in known.known} - named))


def _shown(opened: OpenIndex, asked: Asked, where: Where, narrowing: Narrowing, area: str | None) -> tuple[list[Found], bool]:
    """What is worth showing, the best first, and True where it is the area's own; what fits a little less well, where nothing
    fits."""
    found = retrieval.candidates(opened, asked, where, narrowing)
    if narrowing.within_km is not None:
        away = [(card, nearest_km(card.positions, where.position)) for card in found]
        found = [card for card, km in away if km is not None and km <= narrowing.within_km]
    asking = (asked, found, _term_weights(opened, asked), where, date.today().toordinal())
    shown, own = ranking.of_council(*asking, area) if area else (ranking.worth_showing(ranking.rank(*asking)), False)
    return (shown, own) if shown else (ranking.worth_showing(ranking.rank(*asking, LOOSER), LOOSER), False)


def _counts(opened: OpenIndex, asked: Asked, where: Where, narrowing: Narrowing, shown: list[Found]) -> dict[str, dict[str, int]]:
    """How many each choice would leave. What is chosen already is counted as if it were not, so that it can be changed."""
    counted = _tallied(shown)
    for name in narrowing.chosen:
        counted[name] = _tallied(_shown(opened, asked, where, narrowing.without(name), None)[0])[name]
    return counted


def _tallied(ranked: list[Found]) -> dict[str, dict[str, int]]:
    return facets.counts(parted(joined([item.card.facets for item in ranked if item.card.facets])), [item.km for item in ranked])


def _term_weights(opened: OpenIndex, asked: Asked) -> tuple[float, ...]:
    used = [opened.frequency("all", term.stem) for term in asked.terms]
    return ranking.weigh_terms(asked, used, opened.size, words_known(), vocabulary.english())


def _live(ranked: list[Found], limit: int, asked: Asked, where: Where) -> tuple[tuple[Hit, ...], int]:
    """The first that are still published, and how many of those looked at are not: a withdrawal counts at once, whatever the
    index says."""
    looked_at = ranked[:limit]
    services = directory.by_ids([item.card.id for item in looked_at])
    if len(services) < len(looked_at):
        looked_at = ranked[: limit + SPARE]
        services |= directory.by_ids([item.card.id for item in looked_at[limit:]])
    live = [(item, services[item.card.id]) for item in looked_at if item.card.id in services]
    matched = ranking.matching(asked)
    hits = tuple(
        Hit(
            service,
            item.km,
            round(item.score, 3),
            reasons(item.card, matched(item.card), asked, where),
            whereabouts(service.sites, where.position),
        )
        for item, service in live[:limit]
    )
    return hits, len(looked_at) - len(live)
