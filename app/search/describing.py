"""What kinds of help an entry's own words speak of, whatever it is listed under. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from app.search.words import spaced, stems

_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n|[#•]|\s\*\s")
_PARTS = re.compile(r"[^\w\s'’-]+|\n|\s-\s")


@dataclass(frozen=True)
class Describing:
    """The alternatives' names, which are searched as words of the services that provide them, and the phrases by which
    services say that they do something of the kind; both by the alternative's id. `asides` are phrases of sentences that are about
    the building only."""

    labels: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]
    asides: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Differs for every state of the names and phrases: an index made with others is never read."""
        return blake2b(repr((sorted(self.labels.items()), sorted(self.phrases.items()), self.asides)).encode(), digest_size=4).hexdigest()

    def to_the_point(self, text: str) -> str:
        """The text without the sentences that are about the building, its access and its hire."""
        return "\n".join(sentence for sentence in _SENTENCES.split(text) if not self._is_aside(sentence))

    def _is_aside(self, sentence: str) -> bool:
        said = spaced(stems(sentence))
        return any(phrase in said for phrase in self._asides)

    @cached_property
    def _asides(self) -> tuple[str, ...]:
        return tuple(spaced(stems(phrase)) for phrase in self.asides)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, str]]]:
        by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for identity, phrases in self.phrases.items():
            for phrase in phrases:
                found = stems(phrase)
                by_first[found[0]].append((f" {' '.join(found)} ", identity))
        return dict(by_first)

    def spoken_of(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Ids of the alternatives that the texts speak of. A phrase does not run over a comma: "a nursing home, care homes"."""
        found: set[str] = set()
        for part in (part for text in texts for part in _PARTS.split(text)):
            said = spaced(stems(part))
            for first in set(said.split()) & self._by_first.keys():
                found.update(identity for phrase, identity in self._by_first[first] if phrase in said)
        return tuple(sorted(found))
