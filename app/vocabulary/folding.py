"""A text without what hides an identifier in it: other scripts' digits, wide letters, invisible characters. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_GONE = "\x00"
_SIGNS = {"’": "'", "‘": "'", "`": "'", "´": "'", "−": "-", "∕": "/", "⁄": "/", "\u2028": "\n", "\u2029": "\n"}
_LOOKALIKES = re.compile(r"(?<![a-z0-9])[0-9oil]{3,}(?![a-z0-9])")
_WORDS = frozenset({"oil", "ill", "lol", "loo", "loll"})
_AS_DIGITS = str.maketrans("oil", "011")


class Folded(NamedTuple):
    """The text as it is compared, the same in lower case, and where each character of it stood in what was typed."""

    text: str
    lower: str
    places: Sequence[int]


class _Forms(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = found = _form(chr(code))
        return found


def _form(character: str) -> str:
    if character.isascii():
        return character
    kind = unicodedata.category(character)
    if kind in ("Cf", "Mn", "Me"):
        return _GONE
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind in ("Pd", "Zs"):
        return "-" if kind == "Pd" else " "
    plain = unicodedata.normalize("NFKC", _SIGNS.get(character, character))
    sign_as_letter = plain.isalnum() and not character.isalnum()
    return plain if len(plain) == len(plain.lower()) == 1 and not sign_as_letter else "?"


_FORMS = _Forms()


def fold(text: str) -> Folded:
    """The text folded; linear in its length."""
    if text.isascii() and _GONE not in text:
        return Folded(text, text.lower(), range(len(text)))
    mapped = text.translate(_FORMS)
    if _GONE not in mapped:
        return Folded(mapped, mapped.lower(), range(len(text)))
    kept = mapped.replace(_GONE, "")
    return Folded(kept, kept.lower(), [place for place, character in enumerate(mapped) if character != _GONE])


def with_digits_for_letters(lower: str) -> str:
    """O, I and l as the digits that they are typed for, in words of nothing else; every character keeps its place."""
    return _LOOKALIKES.sub(lambda found: found[0] if found[0] in _WORDS else found[0].translate(_AS_DIGITS), lower)
