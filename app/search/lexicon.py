"""What words stand for: synonyms and abbreviations, and phrases by which alternatives and needs are asked for. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.search.catalogue import WordFile
from app.search.words import stem, stems, words
from app.vocabulary.schema import Alternative, Need

_PLAINLY_HELPS, _MOST_HELPERS = 1.5, 5
"""Points from which an alternative is what somebody looks for who names a need, and how many of them at the most."""

Stems = tuple[str, ...]
Kind = Literal["word", "phrase", "synonym", "alternative", "need", "akin", "name"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: words to look for (`phrase`, in stems) or an alternative (`alternative`, its id)."""

    kind: Kind
    label: str
    phrase: Stems = ()
    alternative: str = ""


@dataclass(frozen=True)
class Lexicon:
    """The words of content/search and of the vocabulary, ready to be matched.

    `meanings` has stems without ignored words as its keys; `known` are words as written that are spelt right, whether
    or not a service uses them. `akin` is what helps in place of an alternative, by its id; `visiting` are those that come to
    where somebody lives; `audience` are stems of words that say for whom something is;
    `teams` are alternatives beside which the needs are only the reason.
    """

    meanings: dict[Stems, tuple[Meaning, ...]]
    by_first: dict[str, tuple[Stems, ...]]
    ignored: frozenset[str]
    weak: frozenset[str]
    known: frozenset[str]
    akin: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    visiting: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


def build(files: Iterable[WordFile], alternatives: dict[str, Alternative], needs: dict[str, Need]) -> Lexicon:
    """Join the search words with the phrases of the vocabulary."""
    files = list(files)
    ignored = frozenset(word for file in files for entry in file.ignored for word in words(entry))
    weak = frozenset(stem(word) for file in files for entry in file.weak for word in words(entry))
    meanings: dict[Stems, dict[Meaning, None]] = defaultdict(dict)
    for written, meaning in _asked_for(alternatives, needs):
        if key := _telling(written, meaning, ignored, weak):
            meanings[key][meaning] = None
    for written, other in _synonyms(files):
        key = _content(written, ignored)
        further = [meaning for meaning in meanings.get(_content(other, ignored), ()) if meaning.alternative]
        own = [Meaning("phrase", written, stems(written))] if len(words(written)) > 1 else []
        meanings[key].update(dict.fromkeys([*own, Meaning("synonym", other, stems(other)), *further]))
    akin = _standing_in(files)
    for found in meanings.values():
        found.update(dict.fromkeys(_akin(list(found), akin)))
    by_first: dict[str, list[Stems]] = defaultdict(list)
    for key in meanings:
        by_first[key[0]].append(key)
    return Lexicon(
        meanings={key: tuple(found) for key, found in meanings.items()},
        by_first={first: tuple(keys) for first, keys in by_first.items()},
        ignored=ignored,
        weak=weak,
        akin=akin,
        teams=frozenset(identity for file in files for identity in file.teams),
        audience=frozenset(stem(word) for file in files for entry in file.audience for word in words(entry)),
        visiting=frozenset(identity for file in files for identity in file.visiting),
        known=frozenset(word for text in _texts(files, alternatives, needs) for word in words(text)),
    )


def helping(need: Need, akin: Mapping[str, tuple[Meaning, ...]]) -> list[Meaning]:
    """The alternatives that plainly help with a need, the best first, and what helps in place of them."""
    best = sorted(need.answered_by.items(), key=lambda item: -item[1])[:_MOST_HELPERS]
    plain = [identity for identity, points in best if points >= _PLAINLY_HELPS]
    others = dict.fromkeys(other for identity in plain[:2] for other in akin.get(identity, ()) if other.alternative not in plain)
    return [
        *(Meaning("need", need.chip, alternative=identity) for identity in plain),
        *(replace(other, label=other.label or need.chip) for other in others),
    ]


def _standing_in(files: list[WordFile]) -> dict[str, tuple[Meaning, ...]]:
    """What helps in place of each alternative. Other alternatives take their label from what is asked for."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for file in files:
        for identity, others in file.akin.items():
            found[identity] += [Meaning("akin", "", alternative=other) for other in others]
        for identity, called in file.akin_called.items():
            found[identity] += [Meaning("akin", written, stems(written)) for written in called]
    return {identity: tuple(others) for identity, others in found.items()}


def _akin(found: list[Meaning], akin: Mapping[str, tuple[Meaning, ...]]) -> Iterator[Meaning]:
    """What helps in place of the alternatives that are asked for by name."""
    for meaning in found:
        if meaning.kind == "alternative":
            yield from (replace(other, label=other.label or meaning.label) for other in akin.get(meaning.alternative, ()))


def _content(phrase: str, ignored: frozenset[str]) -> Stems:
    """The stems of a phrase without the words that carry no meaning; all of them where nothing would be left."""
    found = words(phrase)
    return tuple(stem(word) for word in [word for word in found if word not in ignored] or found)


def _telling(written: str, meaning: Meaning, ignored: frozenset[str], weak: frozenset[str]) -> Stems:
    """The key of a phrase that asks for something, or nothing where too little would be left to tell it by."""
    key = _content(written, ignored)
    shortened = len(words(written)) > len(key)
    if len(key) == 1 and (key[0] in weak or (shortened and meaning.kind == "need")):
        return ()
    return key


def _synonyms(files: list[WordFile]) -> Iterator[tuple[str, str]]:
    """What each word also means. What is written short means all that its long form means."""
    groups = [group for file in files for group in file.two_way]
    for file in files:
        for rule in file.one_way:
            yield from ((rule.from_, other) for other in rule.to)
        for rule in file.short:
            same = (other for meant in rule.to for group in groups if meant in group for other in group)
            yield from ((rule.from_, other) for other in dict.fromkeys((*rule.to, *same)))
        for group in file.two_way:
            yield from ((written, other) for written in group for other in group if other != written)


def _asked_for(alternatives: dict[str, Alternative], needs: dict[str, Need]) -> Iterator[tuple[str, Meaning]]:
    for identity, alternative in alternatives.items():
        for label in (alternative.label, alternative.short_label):
            if len(words(label)) > 1:
                yield label, Meaning("phrase", label, stems(label))
        for written in (alternative.label, alternative.short_label, *alternative.asked_for_as):
            yield written, Meaning("alternative", alternative.short_label, alternative=identity)
    for need in needs.values():
        for written in (need.label, need.chip, *need.asked_for_as):
            yield from ((written, meaning) for meaning in helping(need, {}))


def _texts(files: list[WordFile], alternatives: dict[str, Alternative], needs: dict[str, Need]) -> Iterator[str]:
    for file in files:
        yield from (*file.ordinary, *file.ignored, *file.weak, *file.audience)
        yield from (text for rule in (*file.one_way, *file.short) for text in (rule.from_, *rule.to))
        yield from (text for group in file.two_way for text in group)
    for alternative in alternatives.values():
        yield from (alternative.label, alternative.short_label, alternative.summary, *alternative.asked_for_as)
        yield from (alternative.eligibility, alternative.how_to_refer, alternative.say_to_patient, *alternative.write_in_referral)
    for need in needs.values():
        yield from (need.label, need.chip, need.meaning, *need.asked_for_as)
