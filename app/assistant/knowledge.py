"""The assistant's content, read once for an application, and the stamps of its versions."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from flask import Flask, current_app

from app.assistant.answering import Knowledge, mention_tree
from app.assistant.codes import read_codes
from app.assistant.schema import RankFile
from app.content.figures import unsourced
from app.content.kinds import held
from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.vocabulary import catalogue
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.composing import RuleBook
from app.vocabulary.conditions import terms
from app.vocabulary.queries import reading_words, vocabulary


def knowledge(app: Flask | None = None) -> Knowledge:
    """Everything that an answer is made from. Raises ContentError where a file is wrong."""
    app = app or current_app
    known, words, root = vocabulary(app), reading_words(app), app.config["CONTENT_DIR"]
    return held(app, "assistant", lambda: Knowledge(known, words, read_ranking(root, known), mention_tree(known), read_codes(root)))


def knowledge_without(off: frozenset[str]) -> Knowledge:
    """The same without the rules that are switched off; reading rules and ranking rules alike."""
    known = knowledge()
    if not off:
        return known
    rules = {identity: rule for identity, rule in known.lexicon.rules.items() if identity not in off}
    ranking = tuple(rule for rule in known.ranking.rules if rule.id not in off)
    if len(rules) == len(known.lexicon.rules) and len(ranking) == len(known.ranking.rules):
        return known
    made: dict[frozenset[str], Knowledge] = held(current_app, "assistant without", dict)
    found = made.get(off)
    if found is None:
        lexicon_now = replace(known.lexicon, rules=rules, book=RuleBook(rules.values()))
        file = RankFile.model_validate({**known.ranking.model_dump(), "rules": [rule.model_dump() for rule in ranking]})
        found = replace(known, lexicon=lexicon_now, ranking=file)
        made.clear()  # Only what is off now is wanted.
        made[off] = found
    return found


def versions() -> dict[str, str]:
    """Stamps of the rules and of the content: a fingerprint that changes when any of their files does."""
    return held(current_app, "versions", lambda: _versions(current_app.config["CONTENT_DIR"]))


_ANSWERED_FROM = ("alternatives", "needs", "red_flags", "questions", "passages", "concepts")


def _versions(root: Path) -> dict[str, str]:
    return {
        "rules": _stamp([*(root / "reading").rglob("*.yaml"), *(root / "ranking").glob("*.yaml")]),
        "content": _stamp([path for folder in _ANSWERED_FROM for path in (root / folder).glob("*.yaml")]),
    }


def read_ranking(root: Path, known: Vocabulary) -> RankFile:
    """The ranking rules, every id in them looked up. Raises ContentError."""
    path = root / "ranking" / "rules.yaml"
    file = read_yaml(path, RankFile)
    problems = []
    for rule in file.rules:
        named = {
            *rule.remove,
            *rule.remove_except,
            *rule.bring,
            *rule.top_three,
            *rule.last,
            *rule.never_first,
            *rule.support,
            *rule.caution_for,
        }
        if rule.above:
            named |= {*rule.above[0], *rule.above[1]}
        for identity in sorted(named - set(known.alternatives)):
            problems.append(Problem(path, 0, f"{rule.id} names alternative {identity!r}, which does not exist.", "Mend the id."))
        for identity in unknown_terms(rule.when, known):
            problems.append(Problem(path, 0, f"{rule.id} asks for {identity!r}, which does not exist.", "Mend the id."))
        if rule.source not in known.sources:
            problems.append(Problem(path, 0, f"{rule.id} cites {rule.source!r}, which does not exist.", "Mend the id."))
    if problems:
        raise ContentError(problems)
    return file


def contradictions(path: Path, file: RankFile) -> list[Problem]:
    """Rules under one condition of which one takes out what another puts in, and orders that are each other's reverse."""
    found = []
    for number, one in enumerate(file.rules):
        for other in file.rules[number + 1 :]:
            puts_in = {*other.bring, *other.top_three, *other.last, *other.support}
            takes_in = {*one.bring, *one.top_three, *one.last, *one.support}
            both = (set(one.remove) & puts_in) | (takes_in & set(other.remove))
            if one.when == other.when and both:
                found.append(Problem(path, 0, f"{one.id} and {other.id} hold together and contradict over {min(both)}.", "Keep one."))
            if one.above and other.above and (set(one.above[0]) & set(other.above[1])) and (set(one.above[1]) & set(other.above[0])):
                found.append(Problem(path, 0, f"{one.id} and {other.id} order the same alternatives both ways.", "Keep one."))
    return found


def unknown_terms(condition: str, known: Vocabulary) -> list[str]:
    """Needs and red flags that a condition names and that do not exist."""
    ids: dict[str, set[str]] = {"need": set(known.needs), "strong": set(known.needs), "flag": {*known.red_flags, "any", "level1"}}
    return [identity for kind, identity in terms(condition) if kind in ids and identity not in ids[kind]]


def heads(root: Path) -> dict[Path, Reviewed]:
    """For the content check."""
    known = catalogue.load(root)
    problems = [
        Problem(root / "questions" / f"{question.id}.yaml", 0, f"ask_if names {identity!r}, which does not exist.", "Mend the id.")
        for question in known.questions.values()
        for identity in unknown_terms(question.ask_if, known)
    ]
    if problems:
        raise ContentError(problems)
    path = root / "ranking" / "rules.yaml"
    file = read_ranking(root, known)
    if found := [*contradictions(path, file), *unsourced(path, catalogue.texts_of(file), file, catalogue.support_of(known))]:
        raise ContentError(found)
    return {path: file, root / "codes.yaml": read_codes(root)}


def _stamp(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]
