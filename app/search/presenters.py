"""What the search page and the API show of results."""

from collections.abc import Mapping
from typing import Any

from app.search.asking import DISTANCES_KM, LONGEST, MOST, Asking, Refused
from app.search.queries import Hit, Results
from app.vocabulary import queries as vocabulary

SHOWN = 20
MOST_TOPICS = 5


def page_of(given: Mapping[str, str], asked: Asking | None, found: Results | None, refused: Refused | None = None) -> dict[str, Any]:
    """What the page needs: the form as it was sent, the results, and what to do where nothing is close."""
    kinds = sorted(vocabulary.alternatives().values(), key=lambda alternative: alternative.short_label)
    values = {name: given.get(name, "") for name in ("q", "category", "near", "within", "search_exactly")}
    topics = [vocabulary.alternatives()[identity] for identity in found.topics[:MOST_TOPICS]] if found else []
    return {
        "values": values,
        "category": vocabulary.alternatives().get(values["category"]),
        "kinds": [{"value": kind.id, "text": kind.short_label} for kind in kinds],
        "distances": DISTANCES_KM,
        "longest": LONGEST,
        "most": MOST,
        "asked": asked,
        "found": found,
        "topics": topics,
        "refused": refused,
    }


def as_json(found: Results) -> dict[str, Any]:
    """The answer of the API."""
    return {
        "query": found.query,
        "corrected": found.corrected,
        "total": found.total,
        "results": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    service = hit.service
    return {
        "id": service.id,
        "name": service.name,
        "organisation": service.organisation,
        "summary": service.summary,
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 1),
        "score": hit.score,
        "why": list(hit.why),
        "source": service.source,
        "source_id": service.source_id,
        "url": service.url or None,
    }
