"""Which alternatives a service provides, by the reviewed files in content/service_types and the demonstration's own list."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Reviewed, Strict

FOLDER = "service_types"
CUES = "cues.yaml"
DEMONSTRATION_TYPES = Path("demo") / "service_types.yaml"
_WORD = re.compile(r"\w+")


class TypeEntry(Strict):
    """A term of a vocabulary and the alternatives that every service of this type provides, often none.

    `coarse` terms say too little: the service's own words decide.
    """

    term: str
    alternatives: tuple[str, ...]
    coarse: bool = False


class TypeFile(Reviewed):
    """One vocabulary of service types."""

    vocabulary: str
    entries: tuple[TypeEntry, ...] = Field(min_length=1)


class DemonstrationType(Strict):
    term: str
    description: str
    alternatives: tuple[str, ...]


class DemonstrationTypes(Reviewed):
    """The vocabulary of the demonstration area."""

    vocabulary: str
    terms: tuple[DemonstrationType, ...] = Field(min_length=1)


class Cue(Strict):
    """Phrases which, in a service's name or description, mean that it provides the alternative."""

    alternative: str
    phrases: tuple[str, ...] = Field(min_length=1)


class CueFile(Reviewed):
    """The cues, and the phrases in a name or first line that say it is something else altogether."""

    never: tuple[str, ...]
    entries: tuple[Cue, ...] = Field(min_length=1)


@dataclass(frozen=True)
class _Phrases:
    """Phrases to look for, and the words of each: where a text has not all the words of any, it need not be searched."""

    pattern: re.Pattern[str]
    words: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class ServiceTypes:
    """The mapping, ready to use. Terms and vocabularies are compared without regard to capitals."""

    terms: dict[tuple[str, str], TypeEntry]
    cues: tuple[tuple[str, _Phrases], ...]
    never: re.Pattern[str]

    def knows(self, term: tuple[str, str]) -> bool:
        """Whether a file has this (vocabulary, term), be it without alternatives."""
        return _key(term) in self.terms

    def unmapped(self, terms: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        """The terms that no file knows."""
        return [term for term in terms if not self.knows(term)]

    def alternatives_of(self, terms: tuple[tuple[str, str], ...], summary: str, text: str) -> tuple[str, ...]:
        """What a service of these types provides; `summary` is its name and first line, `text` everything it says.

        Its own words are read only where a type is coarse or no type is known.
        """
        entries = [entry for term in terms if (entry := self.terms.get(_key(term)))]
        found = {alternative for entry in entries for alternative in entry.alternatives}
        if (not entries or any(entry.coarse for entry in entries)) and not self.never.search(summary):
            has_all = _words(text).issuperset
            found.update(name for name, phrases in self.cues if any(map(has_all, phrases.words)) and phrases.pattern.search(text))
        return tuple(sorted(found))


@lru_cache(maxsize=4)
def load(root: Path) -> ServiceTypes:
    """Read and check the mapping. Raises ContentError."""
    terms: dict[tuple[str, str], TypeEntry] = {}
    for path in _type_files(root):
        read = read_yaml(path, TypeFile)
        terms |= {_key((read.vocabulary, entry.term)): entry for entry in read.entries}
    if (root / DEMONSTRATION_TYPES).exists():
        own = read_yaml(root / DEMONSTRATION_TYPES, DemonstrationTypes)
        terms |= {_key((own.vocabulary, entry.term)): TypeEntry(term=entry.term, alternatives=entry.alternatives) for entry in own.terms}
    cues = read_yaml(root / FOLDER / CUES, CueFile)
    phrases = tuple((cue.alternative, _Phrases(_pattern(cue.phrases), tuple(map(_words, cue.phrases)))) for cue in cues.entries)
    return ServiceTypes(terms, phrases, _pattern(cues.never))


@lru_cache(maxsize=4)
def files(root: Path) -> dict[str, TypeFile]:
    """The files of service types by their names below the content folder. Raises ContentError."""
    return {str(path.relative_to(root)): read_yaml(path, TypeFile) for path in _type_files(root)}


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed heads of all files, for the content check; every alternative named has to exist."""
    known = {path.stem for path in (root / "alternatives").glob("*.yaml")}
    found: dict[Path, Reviewed] = {}
    problems: list[Problem] = []
    for path in _type_files(root):
        types = read_yaml(path, TypeFile)
        found[path] = types
        problems += _unknown(path, known, {name for entry in types.entries for name in entry.alternatives})
    cues = read_yaml(root / FOLDER / CUES, CueFile)
    found[root / FOLDER / CUES] = cues
    problems += _unknown(root / FOLDER / CUES, known, {cue.alternative for cue in cues.entries})
    if (root / DEMONSTRATION_TYPES).exists():
        own = found[root / DEMONSTRATION_TYPES] = read_yaml(root / DEMONSTRATION_TYPES, DemonstrationTypes)
        problems += _unknown(root / DEMONSTRATION_TYPES, known, {name for entry in own.terms for name in entry.alternatives})
    if problems:
        raise ContentError(problems)
    return found


def _type_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / FOLDER).glob("*.yaml") if path.name != CUES)


def _unknown(path: Path, known: set[str], named: set[str]) -> list[Problem]:
    return [Problem(path, 0, f"Alternative {name!r} does not exist.", "Mend its spelling.") for name in sorted(named - known)]


def _key(term: tuple[str, str]) -> tuple[str, str]:
    return term[0].casefold(), term[1].casefold()


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words; a hyphen also stands for a space."""
    alternatives = (re.escape(phrase).replace(r"\-", "[- ]").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
