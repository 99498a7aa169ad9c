"""What a search asks for: its words, what else they stand for, and the place that it names. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.search.lexicon import Kind, Lexicon, Meaning, Stems
from app.search.naming import Heard
from app.search.nearness import Position
from app.search.words import plain, stem, words

POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)(?:\s*\d(?:[a-z]{2})?)?\b")
"""A postcode, sector or outcode as people type them; the group is the outcode."""

_WRITTEN = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")

SHORT = 3
"""Letters of a stem up to which only the word itself is matched."""

GAP = 2
"""How many other words may stand between two words of a phrase that asks for something."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that says what is looked for: as typed and as a stem."""

    word: str
    stem: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that, found in a service, answers the terms in `covers`."""

    covers: frozenset[int]
    kind: Kind
    label: str
    phrase: Stems = ()
    alternative: str = ""

    @property
    def tells(self) -> bool:
        """True for a kind of help: who provides it answers a part of the search, whatever else was said."""
        return self.helps or self.kind == "synonym"

    @property
    def helps(self) -> bool:
        """True for what was read as an alternative, or stands in for one."""
        return bool(self.alternative) or self.kind == "akin"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that the search names. `position` is None for a whole council; `narrow` for a town or village,
    `district` a code."""

    label: str
    position: Position | None
    council: str | None
    narrow: bool = True
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, read."""

    terms: tuple[Term, ...]
    evidence: tuple[Evidence, ...]
    place: NamedPlace | None
    place_terms: frozenset[int]
    visiting: frozenset[str] = frozenset()
    """Of the alternatives that could help, those that come to where somebody lives."""
    strange: frozenset[int] = frozenset()
    """The terms that are in none of our word lists: they may name a service."""

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The alternatives that were asked for by name, in the order of the words."""
        return tuple(dict.fromkeys(item.alternative for item in self.evidence if item.kind == "alternative"))

    @property
    def topics(self) -> tuple[str, ...]:
        """Those, and after them the alternatives that could help with what the words say."""
        return tuple(dict.fromkeys((*self.alternatives, *(item.alternative for item in self.evidence if item.alternative))))


def postcode_in(text: str) -> tuple[str, str] | None:
    """The first postcode, sector or outcode of a text, and the text without it."""
    found = POSTCODE.search(plain(text))
    return (found.group(), plain(text)[: found.start()] + " " + plain(text)[found.end() :]) if found else None


def outcode(text: str) -> str | None:
    """The outcode of a text that is a postcode or the beginning of one."""
    found = POSTCODE.fullmatch(plain(text).strip())
    return found.group(1) if found else None


def rewritten(text: str, corrections: dict[str, str]) -> str:
    """The text as typed but for the words that were put right."""
    return _WRITTEN.sub(lambda found: corrections.get("".join(words(found.group())), found.group()), text)


def read(
    spoken: list[str],
    lexicon: Lexicon,
    place: NamedPlace | None = None,
    place_words: frozenset[str] = frozenset(),
    needs: Sequence[tuple[list[Meaning], str]] = (),
    heard: Sequence[Heard] = (),
) -> Asked:
    """Read the words of a search. `place_words` are those of them that name `place`; `needs` are what helps with each need that
    was read in the text, with the words that say so; `heard` are words that may be a name written otherwise."""
    kept = [word for word in spoken if word not in lexicon.ignored or word in place_words]
    terms = tuple(Term(word, stem(word)) for word in kept)
    found = [Evidence(frozenset({index}), "word", term.word, (term.stem,)) for index, term in enumerate(terms)]
    spans = _spans(tuple(term.stem for term in terms), lexicon)
    for covers, key in _longest([span for span in spans if not _another_short_word(span, terms)]):
        for meaning in lexicon.meanings[key]:
            found.append(Evidence(covers, meaning.kind, meaning.label, meaning.phrase, meaning.alternative))
    teams = {item.alternative for item in found if item.kind == "alternative"} & lexicon.teams
    for meanings, said in [] if teams else needs:
        covers = frozenset(index for index, term in enumerate(terms) if term.word in words(said))
        if covers:
            found += [Evidence(covers, meaning.kind, meaning.label, meaning.phrase, meaning.alternative) for meaning in meanings]
    for written, name in heard:
        covers = frozenset(index for index, term in enumerate(terms) if term.word in written)
        if covers:
            found.append(Evidence(covers, "name", " ".join(name), tuple(stem(word) for word in name)))
    named = frozenset(index for index, term in enumerate(terms) if term.word in place_words)
    evidence = tuple(dict.fromkeys(_by_name_first(found)))
    visiting = lexicon.visiting & {item.alternative for item in evidence}
    strange = frozenset(index for index, term in enumerate(terms) if term.word not in lexicon.known) - named
    return Asked(terms, evidence, place, named, visiting, strange)


def _another_short_word(span: tuple[frozenset[int], Stems], terms: Sequence[Term]) -> bool:
    """True where only the stem of a word is one of few letters that stands for something: "emis" is no "EMI"."""
    covers, key = span
    return len(key) == 1 and len(key[0]) <= SHORT and all(terms[index].word != key[0] for index in covers)


def _by_name_first(found: list[Evidence]) -> list[Evidence]:
    """Without what could help with a need where the same words ask for something by its name."""
    by_name = frozenset(index for item in found if item.kind == "alternative" for index in item.covers)
    return [item for item in found if item.kind != "need" or not item.covers <= by_name]


def _spans(stems: Stems, lexicon: Lexicon) -> list[tuple[frozenset[int], Stems]]:
    """Every phrase of the lexicon whose words stand in the search in order and close together."""
    found = []
    for start, first in enumerate(stems):
        for phrase in lexicon.by_first.get(first, ()):
            indices = _in_order(stems, phrase, start)
            if indices:
                found.append((frozenset(indices), phrase))
    return found


def _in_order(stems: Stems, phrase: Stems, start: int) -> list[int]:
    indices = [start]
    for wanted in phrase[1:]:
        ahead = range(indices[-1] + 1, min(indices[-1] + 2 + GAP, len(stems)))
        following = next((index for index in ahead if stems[index] == wanted), None)
        if following is None:
            return []
        indices.append(following)
    return indices


def _longest(spans: list[tuple[frozenset[int], Stems]]) -> list[tuple[frozenset[int], Stems]]:
    """Without the phrases that lie wholly inside a longer unbroken one: "care home" says nothing of "home"."""
    unbroken = [covers for covers, _ in spans if max(covers) - min(covers) == len(covers) - 1]
    return [span for span in spans if not any(span[0] < covers for covers in unbroken)]
