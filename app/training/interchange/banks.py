"""Question banks written as GIFT. What GIFT has no place for stands in a comment before each question, as JSON."""

import json
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal

from app.content.schema import Strict
from app.training.interchange import gift
from app.training.interchange.gift import Answer, Item, Kind
from app.training.interchange.told import pairs_of, parts_of, reasons_of, text_of, weights
from app.training.schema import Choice, Form, Matching, Ordering, Question, QuestionFile

OURS, OURS_OF_ALL = "fingerpost: ", "fingerpost bank: "
"""What our comments begin with: those of a question, and that of the whole bank."""
ARROW = "\N{RIGHTWARDS ARROW}"
"""Written for "->" in the first part of a pair, where GIFT would end that part."""


class Kept(Strict):
    """The comment of a question. `paragraphs` counts those of its story, `letters` are those of its parts, `feedback` is that of the
    parts of an ordering or matching, and `said` has the texts of a matching that GIFT cannot hold, by letter."""

    id: str
    kind: Literal["single", "multiple", "ordering", "matching"]
    outcome: str
    form: Form
    about: str
    case: str = ""
    sources: tuple[str, ...]
    paragraphs: int
    letters: str
    feedback: tuple[str, ...] = ()
    said: dict[str, str] = {}


def write(bank: QuestionFile, path: Callable[[Form], Sequence[str]]) -> str:
    """The bank as GIFT. `path` gives the category of a form. Read again it is the same bank, but for carriage returns."""
    stories = {case.id: case.vignette for case in bank.cases}
    head = json.dumps(bank.model_dump(mode="json", exclude={"questions", "cases"}, exclude_none=True), ensure_ascii=False)
    parts = [f"// {OURS_OF_ALL}{head}"]
    for form, questions in groupby(bank.questions, key=lambda question: question.form):
        parts += [gift.write_category(path(form)), *(_written(question, text_of(question, stories)) for question in questions)]
    return "\n\n".join(parts) + "\n"


def arrowed(text: str) -> str:
    """The text as the first part of a pair can hold it."""
    return text.replace("->", ARROW)


def _written(question: Question, told: str) -> str:
    written = _choice(told, question) if isinstance(question, Choice) else _pairs(told, question)
    return f"// {OURS}{json.dumps(_kept(question, told).model_dump(mode='json', exclude_defaults=True), ensure_ascii=False)}\n{written}"


def _kept(question: Question, told: str) -> Kept:
    parts = parts_of(question)
    story = told.removesuffix(question.stem).replace("\r", "")
    return Kept(
        id=question.id, kind=question.kind, outcome=question.outcome, form=question.form, about=question.about, case=question.case,
        sources=question.sources, paragraphs=story.count("\n\n"), letters="".join(part.id for part in parts),
        feedback=() if isinstance(question, Choice) else tuple(part.feedback for part in parts),
        said={pair.id: pair.text for pair in question.pairs if "->" in pair.text} if isinstance(question, Matching) else {},
    )  # fmt: skip


def _choice(told: str, question: Choice) -> str:
    counted = weights(question)
    answers = tuple(Answer(one.text, one.feedback, counted[one.id]) for one in question.options)
    return gift.write_choice(Item(Kind.CHOICE, question.id, told, answers=answers, whole=question.kind == "single"))


def _pairs(told: str, question: Ordering | Matching) -> str:
    pairs = tuple((arrowed(one), other) for one, other in pairs_of(question))
    return gift.write_matching(Item(Kind.MATCHING, question.id, told, pairs=pairs, general=reasons_of(question)))
