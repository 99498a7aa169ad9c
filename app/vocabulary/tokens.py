"""A text into tokens that remember where they stood. Cues go through the same door, so both always agree."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "})
_TOKEN = re.compile(r"\d+/\d+|#?[a-z]+(?:'[a-z]+)*|\d+(?:\.\d+)?|\?+|->|=>|[^\sa-z0-9]|\n", re.ASCII)
_JOINED = re.compile(r"([a-z0-9])-(?=[a-z0-9])")
_STRANGE = re.compile(r"[^\x00-\x7f]")
GAP = "…"
"""In a cue: up to a few words of any kind may stand here ("leg … over the bath")."""

_SIMPLE = re.compile(rf"[a-z {GAP}\U000f0000-\U000fffff]+")
ENDS = frozenset(".;!\n")
"""Tokens that end a sentence."""


class Token(NamedTuple):
    """One token: as it is compared, the characters [start, end) of the text that it was read from, and whether it stood
    in capitals or began with one."""

    text: str
    start: int
    end: int
    capital: bool = False
    initial: bool = False


def plain(text: str) -> str:
    """Lower case, straight quotes, compatibility forms folded; every character keeps its place."""
    folded = text.translate(_PLAIN)
    if not folded.isascii():
        folded = _STRANGE.sub(_fold, folded)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else folded


def _fold(found: re.Match[str]) -> str:
    character = found.group()
    form = unicodedata.normalize("NFKD", character)
    return form[0] if form and len(form[0].lower()) == 1 else character


def tokenise(text: str) -> list[Token]:
    """The tokens of a text. Apostrophes are dropped from words, so "can't" and "cant" are one;
    so are "self-neglect" and "self neglect"."""
    found = _TOKEN.finditer(_JOINED.sub(r"\1 ", plain(text)))
    mixed = not text.isupper()  # In a text all in capitals they mean nothing.
    tokens = []
    for match in found:
        start, end = match.span()
        word = match.group()
        if "'" in word:
            word = word.replace("'", "") or "'"
        upper = mixed and text[start].isupper()
        tokens.append(Token(word, start, end, upper and text[start:end].isupper(), upper))
    return tokens


def words(phrase: str) -> tuple[str, ...]:
    """The tokens of a cue or trigger, as it is matched."""
    if _SIMPLE.fullmatch(phrase):  # Most of many thousands; the start waits for them.
        return tuple(phrase.replace(GAP, f" {GAP} ").split())
    parts = [[token.text for token in tokenise(part)] for part in phrase.split(GAP)]
    return tuple(word for number, part in enumerate(parts) for word in ([GAP] if number else []) + part)


def sentence_starts(tokens: Sequence[Token]) -> list[int]:
    """Indices at which a sentence begins."""
    return [0, *(index + 1 for index, token in enumerate(tokens) if token.text in ENDS)]
