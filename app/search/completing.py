"""What words that are being typed may become: a kind of help by its name, or a word that begins nearly so. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from app.search.words import words
from app.vocabulary.schema import Alternative

SHORTEST_SLIP = 4
"""Letters from which on a beginning is taken for a slip: of fewer, nearly everything is one letter from something else."""

MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class Called:
    """A kind of help by what it is called and by what it is asked for as: the words of each phrase in order."""

    id: str
    names: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]


def called(alternatives: Mapping[str, Alternative]) -> tuple[Called, ...]:
    """Every kind of help, ready to be completed."""
    return tuple(
        Called(
            identity,
            tuple(tuple(words(name)) for name in (entry.label, entry.short_label)),
            tuple(tuple(words(phrase)) for phrase in entry.asked_for_as),
        )
        for identity, entry in alternatives.items()
    )


def kinds_begun(typed: Sequence[str], kinds: Iterable[Called]) -> list[str]:
    """Ids of the kinds of help that these words ask for, the last of which may be unfinished.

    First those whose name begins with the words, then those with the words in their name, then those asked for so.
    """
    ranked = [(_rank(typed, kind), kind.id) for kind in kinds]
    return [identity for rank, identity in sorted(ranked, key=lambda entry: entry[0]) if rank < _NOT]


_NOT = 3


def _rank(typed: Sequence[str], kind: Called) -> int:
    if any(starts_with(typed, name) for name in kind.names):
        return 0
    if any(holds(typed, name) for name in kind.names):
        return 1
    return 2 if any(holds(typed, phrase) for phrase in kind.phrases) else _NOT


def starts_with(typed: Sequence[str], phrase: Sequence[str]) -> bool:
    """True where the phrase begins with these words, the last of which may be unfinished."""
    return " ".join(phrase).startswith(" ".join(typed))


def holds(typed: Sequence[str], phrase: Sequence[str]) -> bool:
    """True where every word but the last stands in the phrase, and a word of it begins with the last."""
    return set(typed[:-1]) <= set(phrase) and any(word.startswith(typed[-1]) for word in phrase)


def nearly(typed: str, known: Iterable[tuple[str, int]], *, whole: bool) -> list[str]:
    """Known words, or where not `whole` their beginnings, that are one slip from what was typed; the most used first.

    A slip is a letter left out, put in or changed, or two neighbours swapped; the first letter is always taken to be right.
    `known` gives each word with how often it is used.
    """
    if len(typed) < SHORTEST_SLIP or not typed.isalpha():
        return []
    used: Counter[str] = Counter()
    for word, count in known:
        if word[:1] == typed[0]:
            for start in {word} if whole else {word[: len(typed) + more] for more in (-1, 0, 1)}:
                used[start] += count
    close = [start for start in used if OSA.distance(typed, start, score_cutoff=1) <= 1]
    return sorted(close, key=lambda start: (-used[start], -len(start), start))[:MOST_READINGS]
