"""A live service as the index holds it."""

from tantivy import Document, Schema, SchemaBuilder

from app.directory.queries import LiveService
from app.search.card import BETWEEN_FIELDS, DISTRICT, NATIONAL, TEXT_FIELDS, Card, joined, kinds_of, parted
from app.search.describing import Describing
from app.search.facets import facets_of
from app.search.nearness import Position, squares
from app.search.words import signature, spaced, stems, words

LONGEST_TEXT = 200
"""Stems kept of a text: what a service is about stands at its beginning."""


BETWEEN = "_"
"""Stands between the parts of a field; no query holds it, so no phrase runs from one part into the next."""


def _schema() -> Schema:
    builder = SchemaBuilder()
    for field in ("id", "facet", "described", "served", "square", "town"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace")
    for field in ("all", "title", "headword", "word"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
    for field in ("card", "sequence"):
        builder.add_unsigned_field(field, fast=True)
    return builder.build()


SCHEMA = _schema()


def document(service: LiveService, card: Card, place: int) -> Document:
    """Stems to match, whole words to correct and complete, and the place of its card among the cards."""
    made = Document()
    made.add_text("id", card.id)
    for field, text in zip(TEXT_FIELDS, card.text.split(BETWEEN_FIELDS), strict=True):
        made.add_text(field, text)
    made.add_text("all", " ".join(sorted(set(card.text.split()))))
    made.add_text("title", " ".join(words(f"{service.name} {service.organisation}")))
    heads = (service.name, service.organisation, *service.types, *(site.address for site in service.sites))
    headwords = _vocabulary(*heads)
    made.add_text("headword", " ".join(headwords))
    made.add_text("word", " ".join(headwords | _vocabulary(service.description, service.eligibility)))
    around = {square for position in (*card.positions, *card.letters) for square in squares(position)}
    facets = parted(card.facets)
    for field, values in (
        ("facet", facets), ("described", card.described), ("served", card.served), ("square", around), ("town", towns(service)),
    ):  # fmt: skip
        for value in values:
            made.add_text(field, value)
    made.add_unsigned("card", place)
    return made


def card_of(service: LiveService, describing: Describing) -> Card:
    """The card of a live service. The names of its alternatives are words of it, too."""
    named = [describing.labels[identity] for identity in service.alternatives if identity in describing.labels]
    where = [part for site in service.sites for part in (site.name, site.address, site.postcode)]
    summary, description = describing.to_the_point(service.summary), describing.to_the_point(service.description)
    spoken_of = describing.spoken_of((service.name, summary, description, *service.types))
    texts = {
        "name": _field(service.name),
        "types": _field(*service.types, *named, *service.languages),
        "summary": _field(summary),
        "organisation": _field(service.organisation),
        "places": _field(*where, service.area_served),
        "description": _field(description, service.eligibility),
    }
    text = BETWEEN_FIELDS.join(texts[field] for field in TEXT_FIELDS)
    return Card(
        id=service.id,
        name=tuple(texts["name"].split()),
        text=text,
        signature=signature(text.split()),
        kinds=kinds_of(service.alternatives, [identity for identity in spoken_of if identity not in service.alternatives]),
        facets=joined(facets_of(service)),
        served=(*service.council_codes, *(f"{DISTRICT}{code}" for code in service.district_codes), *_national(service)),
        positions=_positions(service, postal=False),
        letters=_positions(service, postal=True),
        accepting=service.accepting,
        closed=service.status != "active",
        assured=service.assured_on.toordinal() if service.assured_on else None,
    )


def _national(service: LiveService) -> tuple[str, ...]:
    return (NATIONAL,) if service.national else ()


def _vocabulary(*texts: str) -> set[str]:
    return {word for text in texts for word in words(text) if word.isalpha()}


def _positions(service: LiveService, *, postal: bool) -> tuple[Position, ...]:
    sites = [site for site in service.sites if site.postal == postal]
    return tuple(sorted({(site.lat, site.lon) for site in sites if site.lat is not None and site.lon is not None}))


def _field(*parts: str) -> str:
    """The parts' stems, kept apart by a mark that no query holds, so that no phrase runs from one part into the next."""
    return spaced(f" {BETWEEN} ".join(" ".join(stems(part)[:LONGEST_TEXT]) for part in parts if part).split())


_BUILDINGS = frozenset((
    "house", "court", "lodge", "hall", "centre", "building", "buildings", "hospital", "surgery", "school", "church", "road", "street",
    "lane", "avenue", "close", "drive", "way", "crescent", "terrace", "gardens", "mill", "tower", "suite", "floor", "office",
    "offices", "mews", "row", "walk", "rise", "clinic", "library", "college", "chambers", "institute", "works",
))  # fmt: skip
"""Last words of parts of an address that are buildings and streets, no places to look around."""


def towns(service: LiveService) -> set[str]:
    """Names of where the service's own addresses are: parts between commas without a number, but never the first; outcodes."""
    parts = (part for site in service.sites for part in site.address.split(",")[1:])
    named = {" ".join(words(part)) for part in parts if part.strip() and not any(map(str.isdigit, part))}
    named = {name for name in named if name and name.split()[-1] not in _BUILDINGS}
    return named | {words(site.postcode)[0] for site in service.sites if site.postcode}
