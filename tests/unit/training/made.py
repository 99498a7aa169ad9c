"""Small questions of each kind, for tests of what is done with them."""

from typing import Any

from pydantic import TypeAdapter

from app.training.schema import Question

WHY = "This is why it belongs where it does."
BASE = {
    "id": "a-question", "outcome": "match", "form": "after", "about": "Something", "sources": ["fingerpost"],
    "vignette": "Mrs Lovell is 86 and has fallen three times since the summer.", "stem": "What comes first of these?",
}  # fmt: skip


def question(**given: Any) -> Question:
    made: Question = TypeAdapter(Question).validate_python(BASE | given)
    return made


def choice(right: str, letters: str = "abcd", **given: Any) -> Question:
    options = [{"id": one, "text": f"Option {one}", "right": one in right, "feedback": WHY} for one in letters]
    return question(kind="single" if len(right) == 1 else "multiple", options=options, **given)


def ordering(order: str, **given: Any) -> Question:
    return question(kind="ordering", steps=[{"id": one, "text": f"Step {one}", "feedback": WHY} for one in order], **given)


def matching(*pairs: tuple[str, str], others: tuple[str, ...] = (), **given: Any) -> Question:
    made = [{"id": letter, "text": f"Thing {letter}", "answer": answer, "feedback": WHY} for letter, answer in pairs]
    return question(kind="matching", pairs=made, others=others, **given)
