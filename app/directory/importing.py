"""One import from its first record to its last: reading, telling repeated records apart, and what has vanished."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice

from flask import current_app

from app.directory import amendments, catalogue, staging, terms
from app.directory.amending import amended
from app.directory.aside import aside
from app.directory.feeds import Entry
from app.directory.findings import Fault, Verdict
from app.directory.memory import Memory, short_digest
from app.directory.models import ServiceVersion
from app.directory.queries import live
from app.directory.record import Reading, Setting, read
from app.directory.report import Report
from app.directory.service import LiveService
from app.directory.sites import postcodes_in
from app.directory.staging import BATCH, Staged
from app.extensions import db
from app.places.queries import Point, located

LOOKED_UP_AT_ONCE = 100
"""Records whose postcodes one question asks for: a question a postcode costs a quarter of all reading."""
PLACES_KEPT = 10_000
"""Answers that an import remembers of what such a question did not find."""
MOST_VANISHED = 0.2
"""Where more than this share of a source's services is missing, the feed is taken to be incomplete."""


@dataclass(frozen=True)
class Held:
    """A source of which too much is missing."""

    source: str
    vanished: int
    known: int


@dataclass
class Tally:
    """What an import did. `withheld` counts what editors took out of the directory; `unmapped` counts services by
    (vocabulary, term) that no file of service types knows."""

    read: int = 0
    repaired: int = 0
    rejected: int = 0
    accepted: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    withheld: int = 0
    held: list[Held] = field(default_factory=list)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown_councils: set[str] = field(default_factory=set)


def mapped(reading: Reading, types: catalogue.ServiceTypes, said: terms.Said) -> LiveService:
    """The service that was read, with the alternatives that the reviewed mapping gives it, and those that its council has said of
    terms which that does not know."""
    assert reading.service
    service = reading.service
    named = f"{service.name}\n{service.summary}"
    found = types.alternatives_of(reading.terms, named, f"{named}\n{service.description}")
    own = terms.alternatives_of(types.unmapped(reading.terms), service.council_code, said)
    return replace(service, alternatives=tuple(sorted({*found, *own})))


class Importing:
    """Takes entries, and stages what is new, changed and gone under one publication."""

    def __init__(self, publication_id: int, setting: Setting, report: Report, progress: Callable[[int], None]) -> None:
        self.tally = Tally()
        self._publication_id = publication_id
        near, council = lru_cache(PLACES_KEPT)(setting.locate), lru_cache(2_000)(setting.council_of)
        self._setting = replace(setting, locate=near, council_of=council, heirs_of=lru_cache(2_000)(setting.heirs_of))
        self._report = report
        self._progress = progress
        self._types = catalogue.load(current_app.config["CONTENT_DIR"])
        self._said = terms.in_force()
        self._amendments = amendments.in_force()
        self._memory = Memory()
        self._sources: set[str] = set()
        self._waiting: dict[str, Staged] = {}
        self._again: set[str] = set()

    def run(self, entries: Iterable[Entry], *, in_two: bool = False) -> Tally:
        """Take every entry. With `in_two` they are read in a process of their own, see `aside`."""
        readings = self._read(entries)
        for line, reading in aside(readings) if in_two else readings:
            self._take(line, reading)
            if len(self._waiting) >= BATCH:
                self._flush()
        self._flush()
        self._end_vanished()
        tally = self.tally
        tally.new, tally.changed, tally.vanished = staging.tally(self._publication_id)
        tally.unchanged = tally.accepted - tally.new - tally.changed
        return tally

    def _read(self, entries: Iterable[Entry]) -> Iterator[tuple[int, Reading]]:
        left = iter(entries)
        while part := list(islice(left, LOOKED_UP_AT_ONCE)):
            near = located(postcode for entry in part for postcode in postcodes_in(entry.raw))
            setting = replace(self._setting, locate=partial(self._locate, near))
            for entry in part:
                reading = read(entry.raw, setting, entry.notes, entry.text) if entry.raw is not None else Reading(entry.notes)
                reading.service_id = reading.service_id or entry.likely_id
                reading.columns = entry.columns
                yield entry.line, reading

    def _locate(self, near: Mapping[str, Point], text: str) -> Point | None:
        return near.get(text) or self._setting.locate(text)

    def _take(self, line: int, reading: Reading) -> None:
        self.tally.read += 1
        if reading.service is None:
            self._settle(line, reading)
            return
        self._note_councils(reading)
        for term in self._types.unmapped(reading.terms):
            self.tally.unmapped[term] += 1
        as_given = mapped(reading, self._types, self._said)
        service = amended(as_given, self._amendments.get(as_given.id, ()))
        if service is None:
            self._withhold(reading)
            return
        staged = staging.prepared(reading, as_given, service, line)
        if self._is_wanted(staged):
            self._remember(staged)
        else:
            self._settle(line, reading)

    def _withhold(self, reading: Reading) -> None:
        """The feed lists what an editor took out: it stays out."""
        self.tally.withheld += 1
        self._memory.remember_refused(reading.service_id)
        self._memory.remember_key(reading.source, reading.source_id)
        self._sources.add(reading.source)

    def _note_councils(self, reading: Reading) -> None:
        for code in reading.unknown_areas:
            if code not in self.tally.unknown_councils:
                self.tally.unknown_councils.add(code)
                reading.notes.note(Fault.COUNCIL_UNKNOWN, "service_areas.extent", code)

    def _is_wanted(self, staged: Staged) -> bool:
        """False for a record that an earlier one of this feed makes needless or that takes another's id."""
        reading, before = staged.reading, self._memory.seen(staged.service.id)
        if before is None:
            reused = self._memory.knows_key(reading.source, reading.source_id)
            if reused:
                reading.notes.note(Fault.SOURCE_ID_REUSED, "source_id", reading.source_id)
            return not reused
        if before.fingerprint.hex() == staged.fingerprint:
            reading.notes.note(Fault.REPEATED, "id", reading.identity)
            return False
        if before.organisation != short_digest(reading.organisation_key):
            reading.notes.note(Fault.ID_REUSED, "id", reading.identity)
            return False
        newer = reading.modified > before.modified
        reading.notes.note(Fault.REPEATED_NEWER if newer else Fault.REPEATED_OLDER, "id", reading.identity)
        return newer

    def _remember(self, staged: Staged) -> None:
        reading, service_id = staged.reading, staged.service.id
        if replaced := self._waiting.pop(service_id, None):
            self._settle(replaced.line, replaced.reading)
        elif self._memory.seen(service_id):
            self._again.add(service_id)
        else:
            self.tally.accepted += 1
        self._memory.remember(service_id, staged.fingerprint, reading.organisation_key, reading.modified)
        self._memory.remember_key(reading.source, reading.source_id)
        self._sources.add(reading.source)
        self._waiting[service_id] = staged

    def _flush(self) -> None:
        batch = list(self._waiting.values())
        if not batch:
            return
        staging.stage(self._publication_id, batch, self._again & self._waiting.keys())
        for staged in batch:
            if staged.reading.notes.verdict is Verdict.REJECT:
                self.tally.accepted -= 1
            self._settle(staged.line, staged.reading)
        self._waiting.clear()
        self._again.clear()
        self._progress(self.tally.read)

    def _settle(self, line: int, reading: Reading) -> None:
        """Count and report one record whose fate is known."""
        verdict = reading.notes.verdict
        self.tally.rejected += verdict is Verdict.REJECT
        self.tally.repaired += verdict is Verdict.REPAIR
        if verdict is Verdict.REJECT:
            self._memory.remember_refused(reading.service_id)
            if reading.source_id:
                self._memory.remember_key(reading.source, reading.source_id)
            self._report.reject(line, json.loads(reading.original or "null"), reading.notes.findings)
        for finding in reading.notes.findings:
            self._report.add(line, reading.identity or reading.service_id, finding, reading.columns)

    def _end_vanished(self) -> None:
        """End what this feed's sources had and the feed has no more. A refused record keeps its published version."""
        for source in sorted(self._sources):
            columns = (ServiceVersion.id, ServiceVersion.service_id, ServiceVersion.source_id)
            rows = db.session.execute(live(*columns).where(ServiceVersion.source == source), execution_options={"yield_per": BATCH})
            known, gone = 0, []
            for row in rows:
                known += 1
                if not self._memory.met(row.service_id, source, row.source_id):
                    gone.append(row.id)
            if gone and len(gone) > MOST_VANISHED * known:
                self.tally.held.append(Held(source, len(gone), known))
            staging.retire(self._publication_id, gone)
