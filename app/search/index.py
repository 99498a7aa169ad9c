"""The Tantivy index on local disk: a read model of the directory, made beside the old one and swapped in whole."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from math import ceil
from pathlib import Path
from time import time
from typing import Any, cast
from uuid import uuid4

from tantivy import Document, Index, IndexWriter, Query, Searcher

from app.directory.queries import LiveService
from app.search.card import Card
from app.search.cards import CardReader, CardWriter
from app.search.describing import Describing
from app.search.documents import SCHEMA, card_of, document

HERE = Path(__file__).resolve().parent
VERSION = blake2b(
    b"".join((HERE / f"{name}.py").read_bytes() for name in ("card", "cards", "describing", "documents", "facets", "nearness", "words")),
    digest_size=4,
).hexdigest()
"""Differs for every state of the code that makes documents: an index made by another is never read."""

OTHERS_KEPT_S = 86_400
"""Seconds for which indexes of other versions stay, so that the workers of a release can overlap."""

WRITER_BYTES = 32_000_000
AT_ONCE, PARTS, BYTES_EACH = 20_000, 8, 4_000
"""Services of which an index is made in one part; in how many parts of one size one of more is, for the engine puts that many
together, and each part that there is has to be asked for each word of a search; bytes that the writer needs for a service."""

STATE = "_state"
CARDS_KEPT = 20_000
"""Cards that each process keeps in memory: reading one takes about as long as ranking it."""

TERMS_KEPT = 1_000
"""Towns of which each process remembers some services: to collect all of London takes longer than a search."""

SHOWN = frozenset({"active", "temporarily closed"})
"""What else a record's status can be is not shown in a search."""


class IndexUnreadable(Exception):
    """There is no index of this version, or it is damaged. It has to be made again from the database."""


@contextmanager
def _damage_noticed() -> Iterator[None]:
    """What the engine raises over damaged files, as one error. Its panics are no Exceptions and have no name to import."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            raise IndexUnreadable(str(error)) from error
        raise


class OpenIndex:
    """One state of the index, opened for reading. It never changes: a later state is another object."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with _damage_noticed():
            self.stamp = stamp(folder)
            self._searcher: Searcher = Index.open(str(folder)).searcher()
            self._cards = CardReader(folder)
            self.sequence = _sequence(self._searcher)
        self._card = lru_cache(maxsize=CARDS_KEPT)(self._read_card)
        self._spread = lru_cache(maxsize=TERMS_KEPT)(self._spread_over)
        self._frequencies: dict[tuple[str, str], int] = {}

    def find(self, query: Query, limit: int) -> list[Card]:
        """Cards of the best matches by the engine's score. As every reading it raises IndexUnreadable where a file is damaged."""
        with _damage_noticed():
            hits = self._searcher.search(query, limit, count=False).hits
            places = self._searcher.fast_field_values("card", [address for _, address in hits])
            return [self._card(place) for place in places]

    def spread(self, field: str, term: str, number: int) -> list[Card]:
        """Cards of services that hold the term: all, or about that many from everywhere, for those of one council stand together."""
        if not self.frequency(field, term):
            return []
        with _damage_noticed():
            return [self._card(place) for place in self._spread(field, term, number)]

    def _spread_over(self, field: str, term: str, number: int) -> list[int]:
        """Only for terms that the index holds: what was typed is not kept."""
        hits = self._searcher.search(Query.term_query(SCHEMA, field, term), self.frequency(field, term), count=False).hits
        addresses = sorted((address for _, address in hits), key=lambda address: (address.segment_ord, address.doc))
        return cast(list[int], self._searcher.fast_field_values("card", addresses[:: ceil(len(hits) / number)]))

    def _read_card(self, place: int) -> Card:
        return Card.loads(self._cards.read(place))

    def frequency(self, field: str, term: str) -> int:
        """In how many services the field holds the term. The engine's own number has those that were replaced since the index was
        built, too, so they are counted; only for terms that the index holds is the count kept."""
        known = self._frequencies.get((field, term))
        if known is None:
            with _damage_noticed():
                if not self._searcher.doc_freq(field, term):
                    return 0
                query = Query.const_score_query(Query.term_query(SCHEMA, field, term), 1.0)
                found: Any = self._searcher.search(query, 1, count=True)
            known = int(found.count)
            self._frequencies[(field, term)] = known
        return known

    def terms(self, field: str, prefix: str = "", limit: int | None = None) -> list[tuple[str, int]]:
        """The terms of a field that begin with the prefix, each with the number of services."""
        with _damage_noticed():
            return list(self._searcher.terms_with_prefix(field, prefix, None, limit))

    @property
    def size(self) -> int:
        """How many services the index holds."""
        return int(self._searcher.num_docs) - 1


def stamp(folder: Path) -> tuple[int, int]:
    """Changes with every commit, so that other processes see that there was one. Raises OSError where nothing is."""
    state = (folder / "meta.json").stat()
    return state.st_ino, state.st_mtime_ns


def apply(folder: Path, changed: list[LiveService], removed: list[str], sequence: int, describing: Describing) -> None:
    """Write changes and the sequence they lead to, in one commit. Hold the lock.

    The index is opened afresh: a writer that began from an older reading of its files would lose what came between.
    """
    writer, cards = Index.open(str(folder)).writer(WRITER_BYTES, 1), CardWriter(folder)
    for identity in (*removed, *(service.id for service in changed), STATE):
        writer.delete_documents_by_term("id", identity)
    _write(writer, cards, changed, describing)
    _finish(writer, cards, sequence)


def build(root: Path, batches: Iterable[list[LiveService]], number: int, sequence: int, describing: Describing) -> Path:
    """Make a whole index of that number of services in a folder of its own, then point to it in one step. Hold the lock."""
    folder = root / f"{sequence}-{uuid4().hex[:8]}"
    folder.mkdir(parents=True)
    part = number if number <= AT_ONCE else ceil(number / PARTS)
    writer = Index(SCHEMA, path=str(folder)).writer(max(WRITER_BYTES, part * BYTES_EACH), 1)
    cards = CardWriter(folder)
    written = 0
    for batch in batches:
        if written >= part:
            writer.commit()
            written = 0
        _write(writer, cards, batch, describing)
        written += len(batch)
    _finish(writer, cards, sequence)
    beside = root / f"{folder.name}.pointer"
    beside.write_text(folder.name)
    beside.replace(root / "current")
    _clear(root, folder)
    return folder


def _clear(root: Path, folder: Path) -> None:
    """Remove what the new folder replaces. Files that a process still has open stay readable to it."""
    old = [other for other in root.iterdir() if other.is_dir() and other != folder]
    old += [other for other in root.parent.iterdir() if other != root and time() - other.stat().st_mtime > OTHERS_KEPT_S]
    for other in old:
        shutil.rmtree(other, ignore_errors=True)


def _write(writer: IndexWriter, cards: CardWriter, services: list[LiveService], describing: Describing) -> None:
    for service in services:
        if service.status in SHOWN:
            card = card_of(service, describing)
            writer.add_document(document(service, card, cards.add(card.dumps())))


def _finish(writer: IndexWriter, cards: CardWriter, sequence: int) -> None:
    cards.close()
    state = Document()
    state.add_text("id", STATE)
    state.add_unsigned("sequence", sequence)
    writer.add_document(state)
    writer.commit()
    writer.wait_merging_threads()


def _sequence(searcher: Searcher) -> int:
    addresses = [address for _, address in searcher.search(Query.term_query(SCHEMA, "id", STATE), 1).hits]
    sequence = next(iter(searcher.fast_field_values("sequence", addresses)), None)
    if sequence is None:
        raise ValueError("the index does not say what it holds")
    return int(sequence)
