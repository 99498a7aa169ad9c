"""Question banks read from GIFT: those that we wrote as they were, and of others everything that our questions have, too."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, repeat
from string import ascii_lowercase
from typing import Any

import nh3
from pydantic import TypeAdapter, ValidationError

from app.training.interchange import gift
from app.training.interchange.banks import OURS, OURS_OF_ALL, Kept, arrowed
from app.training.interchange.gift import Block, GiftError, Item, Kind
from app.training.schema import QuestionFile

_HEAD = TypeAdapter(dict[str, Any])
_HEADS_FIELDS = frozenset(QuestionFile.model_fields) - {"cases", "questions"}
_OUTSIDE_SLUG = re.compile(r"[^a-z0-9]+")
_LINE_ENDS = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.I)


class Lost(StrEnum):
    """Why a question was not taken over, or not as it was."""

    DESCRIPTION = "description"
    ESSAY = "essay"
    NUMERICAL = "numerical"
    SHORT_ANSWER = "short_answer"
    BRACES = "braces"
    TOO_FEW = "too_few"
    NO_ARROW = "no_arrow"
    COMMENT = "comment"
    WEIGHTS = "weights"
    GENERAL = "general"
    MARKUP = "markup"
    TRUE_FALSE = "true_false"
    CASE = "case"


_LEFT_OUT = (Kind.DESCRIPTION, Kind.ESSAY, Kind.NUMERICAL, Kind.SHORT_ANSWER)


@dataclass(frozen=True)
class Remark:
    """Something to be looked at: the line where it begins in the file, the question by its name or its first words, and what it is."""

    line: int
    name: str
    what: Lost


@dataclass
class Draft:
    """What a GIFT file gave: the content of questions.yaml, remarks, and every question that was not taken over whole, as it stood."""

    head: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def bank(self) -> dict[str, Any]:
        """What is to stand in questions.yaml."""
        cases = [{"id": id, "vignette": vignette} for id, vignette in self.cases.items()]
        return self.head | ({"cases": cases} if cases else {}) | {"questions": self.questions}


def read(text: str) -> Draft:
    """A draft of a question bank from a GIFT file of any origin."""
    draft = Draft()
    for block in gift.blocks(text):
        lost = list(_taken(draft, block))
        if lost:
            draft.left.append(block.raw)
            draft.remarks += [Remark(block.line, _name(block), what) for what in lost]
    return draft


def _taken(draft: Draft, block: Block) -> Iterator[Lost]:
    """Take a block into the draft, and give what is lost of it."""
    try:
        for comment in (one for one in block.comments if one.startswith(OURS_OF_ALL)):
            draft.head |= {
                name: one for name, one in _HEAD.validate_json(comment.removeprefix(OURS_OF_ALL)).items() if name in _HEADS_FIELDS
            }
        ours = [Kept.model_validate_json(one.removeprefix(OURS)) for one in block.comments if one.startswith(OURS)]
    except ValidationError:
        yield Lost.COMMENT
        ours = []
    if not block.text:
        return
    try:
        item = gift.parse(block)
    except GiftError as error:
        yield Lost(error.why)
        return
    if item.kind in _LEFT_OUT:
        yield Lost(item.kind)
    elif ours and _fits(ours[0], item):
        yield from _take_ours(draft, ours[0], item)
    elif item.kind is not Kind.CATEGORY:
        yield from [Lost.COMMENT] if ours else []
        yield from _take_others(draft, item)


def _fits(kept: Kept, item: Item) -> bool:
    """Whether the comment still tells of the question below it, as many parts of the same kind."""
    parts = item.answers if kept.kind in ("single", "multiple") else tuple(pair for pair in item.pairs if pair[0])
    feedback = kept.feedback if item.pairs else kept.letters
    return len(parts) == len(kept.letters) == len(feedback) and 0 < kept.paragraphs < len(item.text.split("\n\n"))


def _take_ours(draft: Draft, kept: Kept, item: Item) -> Iterator[Lost]:
    paragraphs = item.text.split("\n\n")
    story, stem = ("\n\n".join(part) for part in (paragraphs[: kept.paragraphs], paragraphs[kept.paragraphs :]))
    if kept.case and draft.cases.setdefault(kept.case, story) != story:
        yield Lost.CASE
    told = {"case": kept.case} if kept.case else {"vignette": story}
    head = {"id": kept.id, "outcome": kept.outcome, "kind": kept.kind, "form": kept.form.value, "about": kept.about}
    draft.questions.append(head | told | {"stem": stem} | _our_parts(kept, item) | {"sources": list(kept.sources)})


def _our_parts(kept: Kept, item: Item) -> dict[str, Any]:
    if item.answers:
        return {"options": _options(item, kept.letters)}
    pairs = [pair for pair in item.pairs if pair[0]]
    parts = list(zip(kept.letters, pairs, kept.feedback, strict=True))
    if kept.kind == "ordering":
        return {"steps": [{"id": letter, "text": step, "feedback": why} for letter, (_, step), why in parts]}
    texts = {letter: said if arrowed(said := kept.said.get(letter, text)) == text else text for letter, (text, _), _ in parts}
    made = [{"id": letter, "text": texts[letter], "answer": answer, "feedback": why} for letter, (_, answer), why in parts]
    return {"pairs": made} | _others(item)


def _take_others(draft: Draft, item: Item) -> Iterator[Lost]:
    """A question from elsewhere. Keys that only Fingerpost has are left for its author, whom the content check tells of them."""
    if item.markup == "html":
        yield Lost.MARKUP
        item = _without_markup(item)
    if item.general:
        yield Lost.GENERAL
    *story, stem = item.text.rsplit("\n\n", 1)
    question = {"id": _slug(item, {one["id"] for one in draft.questions}), **({"vignette": story[0]} if story else {}), "stem": stem}
    if item.kind is Kind.MATCHING:
        pairs = zip(chain(ascii_lowercase, repeat("z")), (pair for pair in item.pairs if pair[0]), strict=False)
        made = [{"id": letter, "text": text, "answer": answer} for letter, (text, answer) in pairs]
        draft.questions.append(question | {"kind": "matching", "pairs": made} | _others(item))
        return
    if item.kind is Kind.TRUE_FALSE:
        yield Lost.TRUE_FALSE
    right = {one.weight for one in item.answers if one.weight > 0}
    single = item.whole or sum(one.weight > 0 for one in item.answers) == 1
    if len(right) > 1 or (single and any(one.weight < 0 for one in item.answers)):
        yield Lost.WEIGHTS
    options = _options(item, chain(ascii_lowercase, repeat("z")))
    draft.questions.append(question | {"kind": "single" if single else "multiple", "options": options})


def _options(item: Item, letters: Iterable[str]) -> list[dict[str, Any]]:
    """The options with their letters. Where one is right as a whole, a share of the mark is wrong."""
    enough = 100 if item.whole else 0.1
    return [
        {"id": letter, "text": one.text}
        | ({"right": True} if one.weight >= enough else {})
        | ({"feedback": one.feedback} if one.feedback else {})
        for letter, one in zip(letters, item.answers, strict=False)
    ]


def _others(item: Item) -> dict[str, Any]:
    others = [answer for text, answer in item.pairs if not text]
    return {"others": others} if others else {}


def _without_markup(item: Item) -> Item:
    def plain(text: str) -> str:
        return html.unescape(nh3.clean(_LINE_ENDS.sub("\n", text), tags=set())).strip()

    answers = tuple(gift.Answer(plain(one.text), plain(one.feedback), one.weight) for one in item.answers)
    pairs = tuple((plain(one), plain(other)) for one, other in item.pairs)
    return replace(item, text=plain(item.text), answers=answers, pairs=pairs)


def _slug(item: Item, taken: set[str]) -> str:
    """An id from the question's name or text that no other has."""
    folded = unicodedata.normalize("NFKD", item.name or item.text).casefold()
    slug = _OUTSIDE_SLUG.sub("-", folded)[:40].strip("-")
    slug = slug if slug[:1].isalpha() else f"question-{slug}".strip("-")
    return next(one for one in chain([slug], (f"{slug}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


def _name(block: Block) -> str:
    return " ".join(block.text.removeprefix("::").split("::", 1)[0].split())[:60]
