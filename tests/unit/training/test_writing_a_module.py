"""What docs/writing-a-module.md shows as an example would be taken as it stands."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from app.content.schema import Reviewed
from app.training.schema import Case, ModuleFile, Question

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "writing-a-module.md"
EXAMPLES = [
    (kind, yaml.safe_load(text)) for kind, text in re.findall(r"```yaml (\w+)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
]
TAKEN_AS: dict[str, TypeAdapter[object]] = {
    "module": TypeAdapter(ModuleFile),
    "questions": TypeAdapter(list[Question]),
    "cases": TypeAdapter(list[Case]),
}


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[f"{number}-{kind}" for number, (kind, _) in enumerate(EXAMPLES, start=1)])
def test_an_example_can_be_copied(kind: str, example: object) -> None:
    assert TAKEN_AS[kind].validate_python(example)


def test_every_kind_of_question_but_the_one_that_is_told_in_words_has_an_example() -> None:
    shown = {question["kind"] for kind, example in EXAMPLES if kind == "questions" for question in example}
    assert shown == {"single", "ordering", "matching"}


def test_the_head_that_every_file_needs_is_shown_whole() -> None:
    head = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)[0]
    needed = {name for name, field in Reviewed.model_fields.items() if field.is_required()}
    assert needed <= yaml.safe_load(head).keys()
