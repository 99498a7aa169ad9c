"""How entries hang together: each holds the hash of the one before it. Pure.

Whoever changes, removes, adds or moves an entry would have to make every later hash anew, and then the last of them, the head,
is another than the one that was written down elsewhere.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

_HEAD = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Head:
    """The end of a chain: the number of its last entry and that entry's hash. Written down as number:hash."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """The head that was written down. Raises ValueError where it is none."""
        found = _HEAD.fullmatch(text)
        if not found:
            raise ValueError("not a number, a colon and 64 hexadecimal digits")
        return cls(int(found[1]), found[2])


START = Head(0, "0" * 64)
"""The end of a chain without entries."""


@dataclass(frozen=True)
class Entry:
    """Who did what about which thing, when (UTC), in which council and practice; `fields` are names of columns."""

    number: int
    at: datetime
    by: str
    what: str
    about: str
    council: str | None
    practice: str | None
    fields: tuple[str, ...]
    previous: str
    hash: str = ""

    def sealed(self) -> "Entry":
        """The same with its own hash."""
        return replace(self, hash=self._hash())

    def is_whole(self) -> bool:
        """Whether it still says what it said when it was sealed."""
        return self.hash == self._hash()

    def _hash(self) -> str:
        said = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by,
            "what": self.what,
            "about": self.about,
            "council": self.council,
            "practice": self.practice,
            "fields": self.fields,
            "previous": self.previous,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()


class Fault(StrEnum):
    """What is wrong with a chain at one place."""

    MISSING = "missing"
    CHANGED = "changed"
    UNLINKED = "unlinked"
    CUT = "cut"
    REWRITTEN = "rewritten"


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    number: int
    fault: Fault


def walk(entries: Iterable[Entry], known: Head) -> tuple[Head, Break | None]:
    """Follow a chain from its start. Gives how far it holds, and what is wrong there: with it, or with the `known` head, which
    was written down when the chain ended with it (START where none was)."""
    head, at_known = START, START.hash
    for entry in entries:
        if entry.number != head.number + 1:
            return head, Break(head.number + 1, Fault.MISSING)
        if not entry.is_whole():
            return head, Break(entry.number, Fault.CHANGED)
        if entry.previous != head.hash:
            return head, Break(entry.number, Fault.UNLINKED)
        head = Head(entry.number, entry.hash)
        if entry.number == known.number:
            at_known = entry.hash
    if head.number < known.number:
        return head, Break(head.number + 1, Fault.CUT)
    return head, None if at_known == known.hash else Break(known.number, Fault.REWRITTEN)
