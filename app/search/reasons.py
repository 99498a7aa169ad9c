"""Why a service is among the results, in words."""

from app.content.messages import say
from app.search.card import Card
from app.search.query import Asked, Evidence
from app.search.ranking import Where
from app.vocabulary import queries as vocabulary

MOST = 3


def reasons(card: Card, matched: list[tuple[Evidence, str]], asked: Asked, where: Where) -> tuple[str, ...]:
    """The strongest reasons, each once; what the words stand for comes before the words. `matched` is the evidence that the card
    holds, as ranking gives it."""
    said: dict[str, None] = {}
    explained: frozenset[int] = frozenset()
    for item, field in matched:
        if not item.covers <= explained:
            explained |= item.covers
            said[_said(item, field, asked)] = None
    if not said and asked.place is None and where.is_served_by(card):
        said[say("search.why.area")] = None
    return tuple(said)[:MOST]


def _said(item: Evidence, field: str, asked: Asked) -> str:
    if asked.place and item.covers <= asked.place_terms and field == "places":
        return say("search.why.places", words=asked.place.label)
    if not item.alternative:
        return say(f"search.why.{field}", words=item.label)
    kind = "described" if field == "described" else item.kind
    label = vocabulary.alternatives()[item.alternative].short_label
    return say(f"search.why.{kind}", label=label, need=item.label)
