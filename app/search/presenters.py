"""What the search page and the API show of results."""

from collections.abc import Mapping
from typing import Any

from app.content.messages import say
from app.places import queries as places
from app.search.asking import LONGEST, MOST, Asking, Refused
from app.search.facets import CATEGORY, DISTANCES_KM, FACETS, LANGUAGE, WITHIN
from app.search.queries import Hit, Results
from app.search.surroundings import surroundings
from app.vocabulary import queries as vocabulary

SHOWN = 20
MOST_TOPICS = 5
FILTERS = (CATEGORY, "cost", "taking", WITHIN, "day", "refer", "mode", LANGUAGE, "rating")
MAP = "map"
KEPT = ("q", "near", *FILTERS, "neighbours", "search_exactly", "view")


def page_of(given: Mapping[str, str], asked: Asking | None, found: Results | None, refused: Refused | None = None) -> dict[str, Any]:
    """What the page needs: the form as it was sent, the results, and what to do where nothing is close."""
    values = {name: given.get(name, "") for name in KEPT}
    filters = [_filter(name, values[name], found.counts[name] if found else None) for name in FILTERS]
    chosen = [_label(each["name"], each["value"]) for each in filters if each["value"] in [item["value"] for item in each["items"][1:]]]
    topics = [vocabulary.alternatives()[identity] for identity in found.topics[:MOST_TOPICS]] if found else []
    council = places.council_or_none(found.area) if found and found.area else None
    return {
        "values": values,
        "kept": {name: value for name, value in values.items() if value},
        "filters": [each for each in filters if len(each["items"]) > 1],
        "chosen": chosen,
        "narrowed": [*chosen, *([say("search.filter.near", place=values["near"])] if values["near"] else [])],
        "longest": LONGEST,
        "most": MOST,
        "asked": asked,
        "found": found,
        "area": council.name if council else "",
        "drawing": surroundings(found.hits) if found and values["view"] == MAP else None,
        "topics": topics,
        "refused": refused,
    }


def _filter(name: str, chosen: str, counts: Mapping[str, int] | None) -> dict[str, Any]:
    """One list to choose from: what the results have, each with how many; before a search all that there is."""
    known = _all_of(name)
    offered = known if counts is None else [value for value, count in counts.items() if count]
    if chosen and chosen not in offered and (chosen in known or name == LANGUAGE):
        offered = [*offered, chosen]
    items = [{"value": value, "text": _label(name, value, counts)} for value in offered]
    if name == CATEGORY:
        items.sort(key=lambda item: item["text"])
    any_of = {"value": "", "text": say("search.filter.any")}
    return {"name": name, "label": say(f"search.filter.{name}"), "value": chosen, "items": [any_of, *items]}


def _all_of(name: str) -> list[str]:
    """Every value of a closed list."""
    closed = {CATEGORY: vocabulary.alternatives(), WITHIN: map(str, DISTANCES_KM), LANGUAGE: ()}
    return list(closed.get(name) or FACETS.get(name, ()))


def _label(name: str, value: str, counts: Mapping[str, int] | None = None) -> str:
    if name == CATEGORY:
        label = vocabulary.alternatives()[value].short_label
    elif name == WITHIN:
        label = say("search.filter.within.km", km=value)
    else:
        label = value.capitalize() if name == LANGUAGE else say(f"search.filter.{name}.{value.lower()}")
    return label if counts is None else say("search.filter.counted", label=label, count=counts.get(value, 0))


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
