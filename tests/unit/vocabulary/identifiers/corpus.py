"""The sentences that the guard is measured on, read once."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
Span = tuple[int, int]


@cache
def lists(name: str) -> dict[str, list[str]]:
    """The lists of one file, such as "hard", by class or voice."""
    found: dict[str, list[str]] = yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


def clean() -> list[str]:
    """Every line that names nobody."""
    return [line for name in ("clean", "composed") for lines in lists(name).values() for line in lines]


def unmarked(sentence: str) -> tuple[str, list[Span]]:
    """The sentence as somebody typed it, and where in it something has to be caught."""
    text, spans = "", []
    for number, part in enumerate(sentence.replace("»", "«").split("«")):
        if number % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, spans


def missed(sentence: str, found: Sequence[Span]) -> str:
    """The letters and digits that had to be caught and were not."""
    text, wanted = unmarked(sentence)
    caught = {place for start, end in found for place in range(start, end)}
    return "".join(text[place] for start, end in wanted for place in range(start, end) if text[place].isalnum() and place not in caught)
