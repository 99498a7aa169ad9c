"""Facts read beside the needs: age, sex, how many falls, and values that phrases of the content files say."""

import re
from collections.abc import Iterable, Sequence

from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import AttributePattern
from app.vocabulary.tokens import plain

_AGE_SEX = re.compile(
    r"\b(\d{2,3})\s*(?:yo|y/o|yr old|yrs old|year old|years old|years?|yrs?)?\s*(f|m|female|male|lady|gent|gentleman|woman|man)\b"
)
_AGE = re.compile(r"\b(?:aged?|is)\s+(\d{2,3})\b|\b(\d{2,3})\s*(?:yo|y/o|yr old|yrs old|year old|years old|year-old)\b")
_FALLS = re.compile(
    r"\b(\d+|one|two|three|four|five|six|several|multiple|recurrent|couple of|few)\s*(?:x\s*)?falls?\b|\bfalls?\s*x\s*(\d+)"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "multiple": 3, "recurrent": 2}
_WOMAN = {"f", "female", "lady", "woman"}


class AttributeReader:
    """Reads attributes from a text and its tokens."""

    def __init__(self, patterns: Iterable[AttributePattern]) -> None:
        ordered = list(patterns)
        self._rank = {f"={p.attribute}={p.value}": index for index, p in enumerate(ordered)}
        self.phrases = [(phrase, f"={p.attribute}={p.value}") for p in ordered for phrase in p.phrases]

    def read(self, text: str, matches: Sequence[Match]) -> dict[str, str]:
        """Attributes by name, from the matches of its phrases and the numbers in the text. Of two values for one, the
        earlier in the file wins."""
        found: dict[str, str] = {}
        for match in sorted(matches, key=lambda match: self._rank[match.concept]):
            name, value = match.concept[1:].split("=", 1)
            found.setdefault(name, value)
        return {**found, **_numbers(plain(text))}


def _numbers(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if person := _AGE_SEX.search(text):
        found["age"], found["sex"] = person.group(1), "f" if person.group(2) in _WOMAN else "m"
    elif age := _AGE.search(text):
        found["age"] = age.group(1) or age.group(2)
    if falls := _FALLS.search(text):
        said = falls.group(1) or falls.group(2)
        found["falls_count"] = said if said.isdigit() else str(_NUMBERS.get(said, 2))
    return {name: value for name, value in found.items() if name != "age" or 15 < int(value) < 121}
