"""How a question of ours is told to another system: its whole text, what each option counts, and where in a bank it belongs."""

from collections.abc import Mapping, Sequence

from app.training.catalogue import Module
from app.training.schema import Choice, Matching, Option, Ordering, Pair, Question, QuestionFile, Step


def bank_of(module: Module) -> QuestionFile:
    """The file of a module's questions."""
    return next(head for head in module.heads.values() if isinstance(head, QuestionFile))


def text_of(question: Question, cases: Mapping[str, str]) -> str:
    """The story, its own or its case's, and after a blank line what is asked."""
    return f"{cases[question.case] if question.case else question.vignette}\n\n{question.stem}"


def weights(question: Choice) -> dict[str, float]:
    """What each option counts in per cent of the mark, by its letter.

    The right ones share 100. Where several can be chosen the wrong ones share -100, so that to choose everything gives nothing.
    """
    right, wrong = 100 / len(question.right), -100 / (len(question.options) - len(question.right))
    return {one.id: right if one.right else wrong if question.kind == "multiple" else 0.0 for one in question.options}


def parts_of(question: Question) -> Sequence[Option | Step | Pair]:
    """What a question is made of: its options, its steps in their order, or its pairs."""
    if isinstance(question, Choice):
        return question.options
    return question.steps if isinstance(question, Ordering) else question.pairs


def pairs_of(question: Ordering | Matching) -> tuple[tuple[str, str], ...]:
    """The pairs to match: the number of a place and what belongs there, or a thing and its answer. Answers that fit none come last."""
    if isinstance(question, Ordering):
        return tuple((str(number), step.text) for number, step in enumerate(question.steps, start=1))
    return (*((pair.text, pair.answer) for pair in question.pairs), *(("", other) for other in question.others))


def reasons_of(question: Ordering | Matching) -> str:
    """Why each thing belongs where it does, a line each: for systems that know no feedback on the parts of such a question."""
    return "\n".join(f"{part.text}: {part.feedback}" for part in parts_of(question))


def category_of(module: Module, form: str) -> tuple[str, ...]:
    """The path of a module's form in a bank of questions."""
    return "Fingerpost", f"{module.head.number} {module.head.title}", form
