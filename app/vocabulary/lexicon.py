"""Everything that the reader knows, from content/reading: classes, rules, assertion words, attributes, abbreviations."""

import gc
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.vocabulary.abbreviations import Expander
from app.vocabulary.answers import AnswerReader
from app.vocabulary.asking import AskingReader
from app.vocabulary.assertion import Asserter
from app.vocabulary.attributes import AttributeReader
from app.vocabulary.compiled import kept
from app.vocabulary.composing import RuleBook
from app.vocabulary.matching import PhraseTree, phrases_by_class
from app.vocabulary.reading_schema import (
    AbbreviationFile,
    AnswerWords,
    AskingTopic,
    AskingWords,
    AssertionWords,
    AttributeFile,
    ClassFile,
    ConceptClass,
    Rule,
    RuleFile,
    TurnWords,
    WishWords,
    WordSetFile,
)
from app.vocabulary.tokens import words
from app.vocabulary.turns import TurnReader
from app.vocabulary.typos import Corrector
from app.vocabulary.wishing import WishReader
from app.vocabulary.wordings import MOST, OneOf, TooMany, fits, sets_named

_YEARS_BACK = 90

Kind = TypeVar("Kind", bound=Reviewed)


@dataclass(frozen=True)
class Lexicon:
    """The reading files, compiled."""

    classes: dict[str, ConceptClass]
    sets: dict[str, tuple[str, ...]]
    rules: dict[str, Rule]
    tree: PhraseTree
    book: RuleBook
    asserter: Asserter
    attributes: AttributeReader
    expander: Expander
    corrector: Corrector
    turns: TurnReader
    asking: AskingReader
    topics: dict[str, AskingTopic]


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed heads of every reading file. Raises ContentError with all that is wrong in them."""
    found: dict[Path, Reviewed] = {}
    problems: list[Problem] = []
    for path in sorted((root / "reading").rglob("*.yaml")):
        try:
            found[path] = read_yaml(path, _schema_of(path))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return found


def load(root: Path, gives: Iterable[str]) -> Lexicon:
    """Compile the files; `gives` are the ids of needs and red flags that rules may give. Raises ContentError."""
    entries = heads(root)
    classes, rules, problems = _collect(entries)
    problems += _broken(entries, classes, set(gives))
    if problems:
        raise ContentError(problems)
    gc.disable()  # Half a million small objects that all stay: the collector would walk through them time and again.
    try:
        return _compile(root, entries, classes, rules)
    except TooMany as error:
        raise ContentError([_endless(entries, str(error))]) from None
    finally:
        gc.enable()


def _collect(entries: dict[Path, Reviewed]) -> tuple[dict[str, ConceptClass], dict[str, Rule], list[Problem]]:
    classes: dict[str, ConceptClass] = {}
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for path, entry in entries.items():
        for concept in entry.classes if isinstance(entry, ClassFile) else ():
            problems += [Problem(path, 0, f"{concept.id} is defined twice.", "Keep one.")] if concept.id in classes else []
            classes[concept.id] = concept
        for rule in entry.rules if isinstance(entry, RuleFile) else ():
            problems += [Problem(path, 0, f"{rule.id} is defined twice.", "Keep one.")] if rule.id in rules else []
            rules[rule.id] = rule
    return classes, rules, problems


def _compile(root: Path, entries: dict[Path, Reviewed], classes: dict[str, ConceptClass], rules: dict[str, Rule]) -> Lexicon:
    expander = Expander(_only(entries, AbbreviationFile).entries)
    sets = {entry.id: entry.words for entry in _only(entries, WordSetFile).sets}
    years_past = range(date.today().year - _YEARS_BACK, date.today().year)
    asserter = Asserter(_only(entries, AssertionWords), expander.phrase, years_past)
    attributes = AttributeReader(_only(entries, AttributeFile).entries)
    turns = TurnReader(_only(entries, TurnWords), expander.phrase)
    wishes = WishReader(_only(entries, WishWords), expander.phrase)
    answers = AnswerReader(_only(entries, AnswerWords), expander.phrase)
    asking = AskingReader(_only(entries, AskingWords), expander.phrase)
    of_readers = [each for reader in (attributes, asking, asserter, turns, wishes, answers) for each in reader.phrases]

    def planted() -> Any:
        one_of = OneOf(expander.phrase)
        phrases = _phrases(phrases_by_class(classes, sets, one_of), expander)
        return PhraseTree([*phrases, *of_readers], one_of.allowed).packed()

    tree = PhraseTree.unpacked(kept(root / "reading", entries, str(years_past), planted))
    return Lexicon(
        classes=classes,
        sets=sets,
        rules=rules,
        tree=tree,
        book=RuleBook(rules.values()),
        asserter=asserter,
        attributes=attributes,
        expander=expander,
        corrector=Corrector(tree.words | expander.words, english_words(), asserter.turning),
        turns=turns,
        asking=asking,
        topics={topic.id: topic for topic in _only(entries, AskingWords).topics},
    )


def _phrases(by_class: Mapping[str, Iterable[str]], expander: Expander) -> Iterable[tuple[tuple[str, ...], str]]:
    """Each phrase as it is written, and with its shorthand written out."""
    for name, wordings in by_class.items():
        for phrase in map(words, sorted(wordings)):
            yield phrase, name
            if (written := expander.written_out(phrase)) != phrase:
                yield written, name


def _only(entries: dict[Path, Reviewed], schema: type[Kind]) -> Kind:
    return next(entry for entry in entries.values() if isinstance(entry, schema))


def english_words() -> frozenset[str]:
    """Ordinary English, so that only words that are not English are taken for slips (list: pyspellchecker, MIT)."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed)))


def _schema_of(path: Path) -> type[Reviewed]:
    by_folder: dict[str, type[Reviewed]] = {"classes": ClassFile, "rules": RuleFile}
    by_name: dict[str, type[Reviewed]] = {
        "assertion": AssertionWords,
        "attributes": AttributeFile,
        "abbreviations": AbbreviationFile,
        "turns": TurnWords,
        "wishes": WishWords,
        "answers": AnswerWords,
        "asking": AskingWords,
        "sets": WordSetFile,
    }
    schema = by_folder.get(path.parent.name) or by_name.get(path.stem)
    if schema is None:
        raise ContentError([Problem(path, 0, "This file has no schema here.", "Put it into classes/ or rules/.")])
    return schema


def _broken(entries: dict[Path, Reviewed], classes: dict[str, ConceptClass], gives: set[str]) -> Iterable[Problem]:
    sets = {entry.id: entry.words for entry in _only(entries, WordSetFile).sets}
    for path, entry in entries.items():
        for concept in entry.classes if isinstance(entry, ClassFile) else ():
            for other in set(concept.includes) - set(classes):
                yield Problem(path, 0, f"{concept.id} includes {other}, which does not exist.", "Mend the name.")
            yield from _misspelt(path, concept, sets)
        for phrase in _bracketed(entry):
            if any(map(str.isalpha, phrase)) and not fits(phrase, {}):  # A bracket alone is one that ends a clause.
                yield Problem(path, 0, f"The brackets of {phrase!r} do not fit.", 'Write "(one|other)".')
        for rule in entry.rules if isinstance(entry, RuleFile) else ():
            if rule.gives not in gives:
                yield Problem(path, 0, f"{rule.id} gives {rule.gives!r}, which is no need or red flag.", "Mend the id.")
            for name in {*rule.all, *rule.none, *rule.not_inside} - set(classes):
                yield Problem(path, 0, f"{rule.id} names class {name}, which does not exist.", "Add it or mend its name.")


def _bracketed(entry: Reviewed) -> Iterable[str]:
    """The phrases of the files beside the classes in which brackets may stand."""
    if isinstance(entry, AssertionWords | TurnWords | WishWords):
        yield from (phrase for _, value in entry if isinstance(value, tuple) for phrase in value if isinstance(phrase, str))
    if isinstance(entry, AnswerWords):
        yield from (*entry.none_fits, *(phrase for answer in entry.answers for phrase in answer.said_as))
    if isinstance(entry, AskingWords):
        yield from (*entry.opens, *entry.asks)
        yield from (phrase for topic in entry.topics for phrase in topic.phrases)
        yield from (phrase for other in entry.for_others for phrase in other.phrases)


def _misspelt(path: Path, concept: ConceptClass, sets: Mapping[str, Sequence[str]]) -> Iterable[Problem]:
    """Members that name a set that is not there or whose brackets do not fit."""
    for member in concept.members:
        if unknown := set(sets_named(member)) - set(sets):
            what = f"{concept.id} uses the set <{min(unknown)}>, which does not exist."
            yield Problem(path, 0, what, "Add it to sets.yaml or mend the name.")
            continue
        if not fits(member, sets):
            yield Problem(path, 0, f"{concept.id}: the brackets of {member!r} do not fit.", 'Write "(one|other)"; quote what holds " #".')


def _endless(entries: dict[Path, Reviewed], member: str) -> Problem:
    files = ((path, entry) for path, entry in entries.items() if isinstance(entry, ClassFile))
    path, concept = next((path, concept) for path, entry in files for concept in entry.classes if member in concept.members)
    what = f"{concept.id}: {member[:60]!r} stands for more than {MOST} phrases."
    return Problem(path, 0, what, 'Put a gap ("…") in place of a choice, or split the phrase into two classes and a rule.')
