"""A whole feed by its address: page after page, and each service where the pages do not say all.

What has been fetched is kept in a folder, so that a pull that breaks off goes on where it stopped, and so that the next one
asks only for what has changed. Nothing is imported before all of it is there.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.directory.feeds import Entry
from app.directory.fetching import Fetcher
from app.directory.findings import Fault, Notebook
from app.directory.refusal import Unfetched, WhyNot

MOST_PAGES = 20_000
MOST_BYTES = 4 * 1024**3
"""Of all answers together."""
LONGEST_PULL = 4 * 3600.0
"""Seconds after which a pull stops; the next goes on from there."""
KEPT_FOR = 24 * 3600.0
"""Seconds for which a pull that broke off can be gone on with. After that the feed may have changed too much."""
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer as it lies in the folder. Its body is None where it is no JSON or no success."""

    status: int
    etag: str
    modified: str
    body: Any


class Pull:
    """One pull of one feed into `folder`, for at most so many `seconds`. `version` is oruk or oruk1; `asked` counts requests, `news`
    answers with something new."""

    def __init__(self, folder: Path, fetcher: Fetcher, progress: Callable[[int], None], seconds: float | None = None) -> None:
        self._now, self._last, self._news = folder / "now", folder / "last", folder / "now" / "news"
        self._fetcher = fetcher
        self._progress = progress
        self._until = time.monotonic() + (LONGEST_PULL if seconds is None else seconds)
        self._bytes = 0
        self._total: object = None
        self.version = ""
        self.pages = 0
        self.asked = 0
        self.news = 0

    def fetch(self) -> None:
        """Fetch all that is not there yet. Raises Unfetched; what came before that is kept."""
        started = self._now / "started"
        if started.exists() and time.time() - started.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(self._now)
        self._now.mkdir(parents=True, exist_ok=True)
        if not started.exists():
            started.touch()
        self.version = _version(self._kept("/"))
        for number in range(1, MOST_PAGES + 1):
            page = self._page(number)
            for item in page.items:
                if not _is_full(item):
                    self._kept(_detail(item))
            self.pages = number
            self._progress(number)
            if page.is_last:
                return
        raise Unfetched(WhyNot.TOO_LONG, hours=round(LONGEST_PULL / 3600), pages=MOST_PAGES)

    def entries(self) -> Iterator[Entry]:
        """The services, in the feed's order, once everything is fetched."""
        place = 0
        for number in range(1, self.pages + 1):
            for item in self._page(number).items:
                place += 1
                if _is_full(item):
                    yield Entry(place, item, Notebook())
                    continue
                kept = self._kept(_detail(item))
                notes = Notebook()
                if not isinstance(kept.body, dict):
                    notes.note(Fault.NOT_FETCHED, "", item["id"])
                yield Entry(place, kept.body if isinstance(kept.body, dict) else None, notes, likely_id=str(item["id"]))

    @property
    def has_news(self) -> bool:
        """Whether anything differs from what was imported last, be it that an earlier try fetched it."""
        return self._news.exists()

    def done(self) -> None:
        """What was fetched is imported: from now on only what differs from it is news."""
        shutil.rmtree(self._last, ignore_errors=True)
        self._now.rename(self._last)

    def _page(self, number: int) -> "_Page":
        """A page of the list. One that was counted otherwise than the first means that the list moved under us."""
        path = f"/services?page={number}&per_page={PER_PAGE}"
        page = _page_of(self._kept(path), number)
        if page is None:
            (self._now / _file(path)).unlink()
            raise Unfetched(WhyNot.NOT_A_LIST, page=number)
        self._total = page.total if number == 1 else self._total
        if page.total != self._total:
            shutil.rmtree(self._now)
            raise Unfetched(WhyNot.CHANGED_MEANWHILE)
        return page

    def _kept(self, path: str) -> Kept:
        """The answer to a path: the one that is there, or a new one."""
        here, before = self._now / _file(path), _load(self._last / _file(path))
        return _load(here) or self._asked(path, here, before)

    def _asked(self, path: str, here: Path, before: Kept | None) -> Kept:
        if time.monotonic() > self._until or self._bytes > MOST_BYTES:
            raise Unfetched(WhyNot.TOO_LONG, hours=round(LONGEST_PULL / 3600), pages=MOST_PAGES)
        known = {"If-None-Match": before.etag, "If-Modified-Since": before.modified} if before else {}
        answer = self._fetcher.get(path, {name: value for name, value in known.items() if value})
        self.asked += 1
        self._bytes += len(answer.body)
        if answer.status == 304 and before:
            kept = before
        else:
            kept = Kept(answer.status, answer.etag, answer.modified, _json(answer.body) if answer.status == 200 else None)
            if before is None or kept.body != before.body:
                self.news += 1
                self._news.touch()
        _save(here, kept)
        return kept


@dataclass(frozen=True, slots=True)
class _Page:
    items: list[dict[str, Any]]
    total: object
    is_last: bool


def _page_of(kept: Kept, number: int) -> _Page | None:
    """A page of 3.0 or of 1.0, or None where it is none."""
    body = kept.body if isinstance(kept.body, dict) else {}
    items = body.get("contents", body.get("content"))
    if not isinstance(items, list):
        return None
    pages = body.get("total_pages", body.get("totalPages"))
    last = body.get("last_page", body.get("last"))
    is_last = number >= pages if isinstance(pages, int) else last is True if isinstance(last, bool) else not items
    return _Page([item for item in items if isinstance(item, dict)], body.get("total_items", body.get("totalElements")), is_last)


def _file(path: str) -> str:
    return f"{blake2b(path.encode(), digest_size=16).hexdigest()}.json"


def _version(kept: Kept) -> str:
    """oruk where the feed says that it is 3.0; without a word it is 1.0, which had none."""
    said = kept.body.get("version") if isinstance(kept.body, dict) else None
    return "oruk" if "3" in str(said or "") else "oruk1"


def _is_full(item: dict[str, Any]) -> bool:
    """A list of 3.0 gives only what a service has one of; where one says several of something it says all. One without an
    id cannot be asked for."""
    return any(isinstance(value, list) for value in item.values()) or not isinstance(item.get("id"), str | int)


def _detail(item: dict[str, Any]) -> str:
    return f"/services/{quote(str(item['id']), safe='')}"


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _load(path: Path) -> Kept | None:
    try:
        return Kept(**json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None


def _save(path: Path, kept: Kept) -> None:
    """Whole or not at all, so that a pull that is killed leaves no half answer."""
    half = path.with_suffix(".half")
    half.write_text(json.dumps({"status": kept.status, "etag": kept.etag, "modified": kept.modified, "body": kept.body}), encoding="utf-8")
    half.replace(path)
