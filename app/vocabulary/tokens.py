"""A text into tokens that remember where they stood. Cues go through the same door, so both always agree."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "})
_TOKEN = re.compile(r"\d+/\d+|#?[a-z]+(?:'[a-z]+)*|\d+(?:\.\d+)?|\?+|->|=>|[^\sa-z0-9]|\n", re.ASCII)
_JOINED = re.compile(r"([a-z0-9])-(?=[a-z0-9])")
_SIMPLE = re.compile(r"[a-z ]+")
_ENDS = frozenset(".;!\n")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: as it is compared, and the characters [start, end) of the text that it was read from."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case, straight quotes, compatibility forms folded; every character keeps its place."""
    folded = text.translate(_PLAIN)
    if not folded.isascii():
        folded = "".join(_fold(character) for character in folded)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else folded


def _fold(character: str) -> str:
    form = unicodedata.normalize("NFKD", character)
    return form[0] if form and len(form[0].lower()) == 1 else character


def tokenise(text: str) -> list[Token]:
    """The tokens of a text. Apostrophes are dropped from words, so "can't" and "cant" are one;
    so are "self-neglect" and "self neglect"."""
    found = _TOKEN.finditer(_JOINED.sub(r"\1 ", plain(text)))
    return [Token(match.group().replace("'", "") or "'", *match.span()) for match in found]


def words(phrase: str) -> tuple[str, ...]:
    """The tokens of a cue or trigger, as it is matched."""
    if _SIMPLE.fullmatch(phrase):  # Most of many thousands; the start waits for them.
        return tuple(phrase.split())
    return tuple(token.text for token in tokenise(phrase))


def sentence_starts(tokens: Sequence[Token]) -> list[int]:
    """Indices at which a sentence begins."""
    return [0, *(index + 1 for index, token in enumerate(tokens) if token.text in _ENDS)]
