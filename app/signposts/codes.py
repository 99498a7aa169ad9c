"""Reference codes of signposts: they mean nothing, cannot be guessed, and can be read aloud. Pure."""

import re
import secrets
from enum import StrEnum

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""29 signs, a prime number, so that the check finds every single mistake. Without 0 and 1, which are taken for letters, and without
vowels, so that no code is a word."""

LENGTH = 12
"""Eleven random signs, 53 bits, and the check sign."""

_GROUP = 4
_BETWEEN = re.compile(r"[\s.\-–—]+")


class Mistake(StrEnum):
    """What is wrong with a code as somebody typed it."""

    LENGTH = "length"
    SIGN = "sign"
    CHECK = "check"


class Mistyped(ValueError):
    """This cannot be a code; `mistake` says why."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.value)
        self.mistake = mistake


def new_code() -> str:
    """A code that nobody has had."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return signs + SIGNS[-_sum(signs) * pow(LENGTH, -1, len(SIGNS)) % len(SIGNS)]


def read_code(typed: str) -> str:
    """The code that somebody typed, in small or capital letters, with or without its dashes. Raises Mistyped."""
    code = _BETWEEN.sub("", typed).upper()
    if any(sign not in SIGNS for sign in code):
        raise Mistyped(Mistake.SIGN)
    if len(code) != LENGTH:
        raise Mistyped(Mistake.LENGTH)
    if _sum(code) % len(SIGNS):
        raise Mistyped(Mistake.CHECK)
    return code


def shown(code: str) -> str:
    """The code in three groups, as people read it aloud: BCDF-2345-GHJK."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def _sum(signs: str) -> int:
    """Each sign's number by its place, added up: two neighbours that change places are found too."""
    return sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, start=1))
