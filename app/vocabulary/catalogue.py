"""Needs, alternatives, red flags, questions and sources from their files, with every reference between them checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from app.content import messages
from app.content.figures import Support, numbers_in, unsourced
from app.content.messages import MessageFile
from app.content.problems import ContentError, Problem
from app.content.reading import read_folder, read_yaml
from app.content.schema import Figured, Reviewed
from app.vocabulary.schema import Alternative, Checklist, FactFile, Glossary, Need, Passage, Question, RedFlag, Source, SourceFile

INTRUSION = ("information", "equipment", "visiting", "moving")
FOLDERS = ("alternatives", "needs", "red_flags", "questions", "passages")
NOT_SAID = frozenset(
    ("id", "author", "clinical_check", "sources", "figures", "withdrawn", "asked_for_as", "asked_as", "ask_if", "attribute", "slug")
    + ("version", "vignette", "when", "source", "holds_for", "not_for")
)
"""Keys whose values no page shows as a text of ours, and stories of invented people."""


@dataclass(frozen=True)
class Vocabulary:
    """The ids that every part of Fingerpost speaks in, and what stands behind each."""

    alternatives: dict[str, Alternative]
    needs: dict[str, Need]
    red_flags: dict[str, RedFlag]
    questions: dict[str, Question]
    passages: dict[str, Passage]
    sources: dict[str, Source]
    facts: FactFile
    glossary: Glossary
    checklist: Checklist

    @cached_property
    def support_tier(self) -> frozenset[str]:
        """The alternatives that are add-ons and do not rank."""
        return frozenset(identity for identity, alternative in self.alternatives.items() if alternative.tier == "support")

    @cached_property
    def least_intrusive_first(self) -> dict[str, int]:
        """The place of each alternative among all, those that intrude least on a life first; ties go by it."""
        ids = sorted(self.alternatives, key=lambda i: (INTRUSION.index(self.alternatives[i].intrusion), i))
        return {identity: place for place, identity in enumerate(ids)}


def load(root: Path) -> Vocabulary:
    """Read and check everything. Raises ContentError with all that is wrong."""
    found = Vocabulary(
        alternatives=read_folder(root / "alternatives", Alternative),
        needs=read_folder(root / "needs", Need),
        red_flags=read_folder(root / "red_flags", RedFlag),
        questions=read_folder(root / "questions", Question),
        passages=read_folder(root / "passages", Passage),
        sources={source.id: source for source in read_yaml(root / "sources.yaml", SourceFile).entries},
        facts=read_yaml(root / "facts.yaml", FactFile),
        glossary=read_yaml(root / "glossary.yaml", Glossary),
        checklist=read_yaml(root / "checklist.yaml", Checklist),
    )
    problems = list(broken_references(root, found))
    if problems:
        raise ContentError(problems)
    return found


def heads(root: Path, folder: str) -> dict[Path, Reviewed]:
    """The reviewed heads of one folder, for the content check; references are checked with them."""
    known = load(root)
    entries: dict[str, Figured] = getattr(known, folder)
    found = {root / folder / f"{identity}.yaml": entry for identity, entry in entries.items()}
    support = support_of(known)
    if problems := [problem for path, entry in found.items() for problem in unsourced(path, texts_of(entry), entry, support)]:
        raise ContentError(problems)
    return dict(found)


def single_heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed heads of the files that stand alone, for the content check."""
    known = load(root)
    files: dict[Path, Figured] = {root / "glossary.yaml": known.glossary, root / "checklist.yaml": known.checklist}
    found = (unsourced(path, texts_of(file), file, support_of(known)) for path, file in files.items())
    if problems := [problem for each in found for problem in each]:
        raise ContentError(problems)
    sources = root / "sources.yaml"
    return {sources: read_yaml(sources, SourceFile), root / "facts.yaml": known.facts, **files}


def message_heads(root: Path) -> dict[Path, Reviewed]:
    """The same for the sentences that the program says."""
    messages.load(root / "messages")
    support = support_of(load(root))
    found = {path: read_yaml(path, MessageFile) for path in sorted((root / "messages").glob("*.yaml"))}
    if problems := [problem for path, file in found.items() for problem in unsourced(path, file.messages.values(), file, support)]:
        raise ContentError(problems)
    return dict(found)


def support_of(known: Vocabulary) -> Support:
    """What the figures of a text can rest on."""
    facts = {fact.id: (numbers_in(f"{fact.value} {fact.meaning}"), frozenset(fact.sources)) for fact in known.facts.entries}
    return Support(frozenset(known.sources), facts)


def texts_of(entry: BaseModel) -> Iterator[str]:
    """Every text of an entry that somebody reads."""
    for name, value in entry:
        if name not in NOT_SAID:
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, BaseModel):
                    yield from texts_of(part)
                elif isinstance(part, str):
                    yield part


def broken_references(root: Path, found: Vocabulary) -> Iterable[Problem]:
    needs, alternatives, flags = set(found.needs), set(found.alternatives), set(found.red_flags)
    for alternative in found.alternatives.values():
        path = root / "alternatives" / f"{alternative.id}.yaml"
        yield from _unknown(path, "sources", alternative.sources, set(found.sources))
        yield from _unknown_instead(path, alternative, found)
    for need in found.needs.values():
        path = root / "needs" / f"{need.id}.yaml"
        yield from _unknown(path, "answered_by", need.answered_by, alternatives)
        yield from _unknown(path, "sources", need.sources, set(found.sources))
    for flag in found.red_flags.values():
        path = root / "red_flags" / f"{flag.id}.yaml"
        yield from _unknown(path, "followed_by", flag.followed_by, alternatives)
        yield from _unknown(path, "sources", flag.sources, set(found.sources))
    for fact in found.facts.entries:
        yield from _unknown(root / "facts.yaml", f"{fact.id}: sources", fact.sources, set(found.sources))
    yield from _unknown(root / "glossary.yaml", "sources", found.glossary.sources, set(found.sources))
    yield from _unknown(root / "checklist.yaml", "sources", found.checklist.sources, set(found.sources))
    for question in found.questions.values():
        path = root / "questions" / f"{question.id}.yaml"
        yield from _unknown(path, "sources", question.sources, set(found.sources))
        for option in question.options:
            yield from _unknown(path, f"{option.id}: affirms", option.affirms, needs)
            yield from _unknown(path, f"{option.id}: raises, lowers", (*option.raises, *option.lowers), alternatives)
            yield from _unknown(path, f"{option.id}: red_flags", option.red_flags, flags)
    asked: dict[str, str] = {}
    for passage in found.passages.values():
        path = root / "passages" / f"{passage.id}.yaml"
        yield from _unknown(path, "sources", passage.sources, set(found.sources))
        yield from _asked_twice(path, passage.asked_as, passage.id, asked)
    for alternative in found.alternatives.values():
        path = root / "alternatives" / f"{alternative.id}.yaml"
        for part, wordings in alternative.asked_as.items():
            yield from _asked_twice(path, wordings, f"{alternative.id}.{part}", asked)


def _asked_twice(path: Path, wordings: Iterable[str], identity: str, asked: dict[str, str]) -> Iterable[Problem]:
    """Wordings that stand elsewhere, too; `asked` gathers where each stands."""
    for wording in wordings:
        if (other := asked.setdefault(_bare(wording), identity)) != identity:
            yield Problem(path, 0, f"asked_as: {wording!r} also stands in {other}.", "Keep it where it is answered.")


def _unknown_instead(path: Path, alternative: Alternative, found: Vocabulary) -> Iterable[Problem]:
    if alternative.withdrawn and (nearest := alternative.withdrawn.instead):
        yield from _unknown(path, "withdrawn: instead", [nearest], set(found.alternatives))
        if nearest in found.alternatives and found.alternatives[nearest].withdrawn:
            yield Problem(path, 0, f"withdrawn: instead: {nearest!r} is withdrawn too.", "Name another, or none.")


def _unknown(path: Path, key: str, ids: Iterable[str], known: set[str]) -> Iterable[Problem]:
    for identity in ids:
        if identity not in known:
            yield Problem(path, 0, f"{key}: {identity!r} does not exist.", "Mend its spelling or add its file.")


def _bare(wording: str) -> str:
    return " ".join(wording.lower().strip(" ?").split())
