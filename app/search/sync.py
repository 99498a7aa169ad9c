"""Keeping this machine's index in step with the directory: one look a second, one writer, no waiting for readers."""

import fcntl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TypeVar, cast

from flask import Flask, current_app

from app.content.kinds import held
from app.directory import queries as directory
from app.directory.queries import LiveService
from app.search import catalogue, index
from app.search.describing import Describing
from app.search.index import IndexUnreadable, OpenIndex
from app.vocabulary import queries as vocabulary

T = TypeVar("T")

LOOK_EVERY = 1.0
"""Seconds between two looks at the directory's sequence by one process."""

PATIENCE = 1.0
"""Seconds that a search waits for changes to be written before it answers from the state before them."""

FIRST_PATIENCE = 30.0
"""Seconds that a search waits where there is no index at all."""


class IndexNotReady(Exception):
    """The index is being made for the first time and that takes longer than a search can wait."""


class Keeper:
    """The index of one process: opened at the first search, opened again or written as the directory moves on."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._open: OpenIndex | None = None
        self._looked = float("-inf")
        self._looking = threading.Lock()
        self._work: threading.Thread | None = None

    @property
    def _root(self) -> Path:
        folder: Path = self._app.config["DATA_DIR"] / "index"
        return folder / f"{index.VERSION}-{describing(self._app).digest}"

    def opened(self) -> OpenIndex:
        """The index to search now. Raises IndexNotReady."""
        missing = self._open is None
        due = missing or monotonic() - self._looked >= LOOK_EVERY
        if due and self._looking.acquire(blocking=missing):
            try:
                self._look()
            finally:
                self._looking.release()
        if self._open is None:
            raise IndexNotReady
        return self._open

    def discard(self, broken: OpenIndex) -> None:
        """Give up an index with a damaged file; the next search has it made again."""
        with _lock(self._root) as held:
            if held and self._on_disk() == broken.folder:
                (self._root / "current").unlink()
        if self._open is broken:
            self._open = None
        self._looked = float("-inf")

    def rebuild(self, watch: Callable[[Iterable[list[LiveService]]], Iterable[list[LiveService]]] = iter) -> OpenIndex:
        """Make the whole index again from the database, beside the one in use. `watch` sees the batches go by."""
        with _lock(self._root, wait=True):
            return self._build(watch)

    def _look(self) -> None:
        self._looked = monotonic()
        readable = self._follow()
        if readable and self._open and self._open.sequence == directory.current_sequence():
            return
        if self._work is None or not self._work.is_alive():
            self._work = threading.Thread(target=self._catch_up, name="search-index", daemon=True)
            self._work.start()
        self._work.join(PATIENCE if self._open else FIRST_PATIENCE)

    def _follow(self) -> bool:
        """Open what is on disk now, if it is not open already. False where it cannot be read: the old state stays open."""
        try:
            folder = self._on_disk()
            if folder is None:
                return False
            if self._open is None or (self._open.folder, self._open.stamp) != (folder, index.stamp(folder)):
                self._open = OpenIndex(folder)
        except (IndexUnreadable, OSError, ValueError):
            return False
        return True

    def _on_disk(self) -> Path | None:
        pointer = self._root / "current"
        return self._root / pointer.read_text(errors="replace") if pointer.exists() else None

    def _catch_up(self) -> None:
        """Bring the index to the directory's sequence, unless another process is at it."""
        with self._app.app_context(), _lock(self._root, wait=self._open is None) as held:
            if not held:
                return
            target = directory.current_sequence()
            if not self._follow() or self._open is None or self._open.sequence > target:
                self._build(iter)
            elif self._open.sequence < target:
                changes = directory.changes_since(self._open.sequence)
                index.apply(self._open.folder, changes.upserted, changes.removed, changes.sequence, describing(self._app))
                self._follow()

    def _build(self, watch: Callable[[Iterable[list[LiveService]]], Iterable[list[LiveService]]]) -> OpenIndex:
        sequence = directory.current_sequence()
        batches, number = watch(directory.live_services()), directory.live_count()
        self._open = OpenIndex(index.build(self._root, batches, number, sequence, describing(self._app)))
        return self._open


def keeper() -> Keeper:
    """The keeper of this application's index."""
    return cast(Keeper, current_app.extensions["search_index"])


def reading(work: Callable[[OpenIndex], T]) -> T:
    """Do something with the index; where a file of it proves to be damaged, do it again with a new one."""
    opened = keeper().opened()
    try:
        return work(opened)
    except IndexUnreadable:
        keeper().discard(opened)
        return work(keeper().opened())


def describing(app: Flask) -> Describing:
    """What the index takes from the content, read once for an application."""

    def read() -> Describing:
        labels = {identity: alternative.short_label for identity, alternative in vocabulary.vocabulary(app).alternatives.items()}
        files = catalogue.load(app.config["CONTENT_DIR"]).values()
        phrases = {identity: said for file in files for identity, said in file.described.items()}
        return Describing(labels, phrases, tuple(phrase for file in files for phrase in file.asides))

    return held(app, "search describing", read)


@contextmanager
def _lock(root: Path, wait: bool = False) -> Iterator[bool]:
    """The one writer's lock of this machine; it falls with the process that holds it. Yields whether it was got."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
