"""What looks like a person's identifier in a text: named, so that it can be refused, or blanked. Nothing is kept.

What the assistant is asked is blanked and read all the same; text that would be stored is refused. No such check finds
everything, names least: a title and a name are found, a name alone is not.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.vocabulary.folding import Folded, fold, with_digits_for_letters
from app.vocabulary.numbers import numbers, numbers_in_words
from app.vocabulary.writings import addresses, bare_births, emails, insurance, names, plates, postcodes, references, said_births

BLOCK = "█"


class Kind(StrEnum):
    """What an identifier is. A CHI number counts as an NHS number."""

    NHS_NUMBER = "nhs_number"
    NATIONAL_INSURANCE = "national_insurance"
    BIRTH_DATE = "birth_date"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    REFERENCE = "reference"
    ADDRESS = "address"
    PLATE = "plate"
    NAME = "name"


class Identifier(NamedTuple):
    """Something found, and the characters [start, end) of the text that hold it."""

    kind: Kind
    start: int
    end: int


_DIGIT = re.compile(r"\d")
_READERS = (
    (Kind.BIRTH_DATE, said_births, 0),
    (Kind.EMAIL, emails, 0),
    (Kind.ADDRESS, addresses, 1),
    (Kind.PLATE, plates, 1),
    (Kind.POSTCODE, postcodes, 2),
    (Kind.BIRTH_DATE, bare_births, 3),
    (Kind.REFERENCE, references, 4),
    (Kind.NATIONAL_INSURANCE, insurance, 6),
)
"""With the fewest digits that each needs: most texts hold too few for most of them."""


def identify(text: str) -> list[Identifier]:
    """Everything in it that looks like an identifier, kind by kind; two may overlap."""
    folded = fold(text)
    titled = [_typed(folded, Kind.NAME, *span) for span in names(folded)]
    return [*_without_names(folded), *titled]


def _without_names(folded: Folded) -> Iterator[Identifier]:
    digits = len(_DIGIT.findall(folded.text))
    found = [*numbers_in_words(folded.lower), *(numbers(with_digits_for_letters(folded.lower)) if digits else ())]
    for name, start, end in found:
        yield _typed(folded, Kind(name), start, end)
    for kind, reader, least in _READERS:
        if digits >= least:
            for start, end in reader(folded):
                yield _typed(folded, kind, start, end)


def _typed(folded: Folded, kind: Kind, start: int, end: int) -> Identifier:
    return Identifier(kind, folded.places[start], folded.places[end - 1] + 1)


def find(text: str) -> list[tuple[int, int]]:
    """Characters [start, end) of everything that is blanked where a text is read: all kinds but names, which say who is who.

    What only looks like an identifier once its neighbour is blanked is among them.
    """
    merged: list[tuple[int, int]] = []
    while spans := [(found.start, found.end) for found in _without_names(fold(_blanked(text, merged)))]:
        merged = _merged([*merged, *spans])
    return merged


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, kept = [], 0
    for start, end in spans:
        pieces += [text[kept:start], BLOCK * (end - start)]
        kept = end
    return "".join([*pieces, text[kept:]])


def blank(text: str) -> str:
    """The text with each of them replaced by blocks of the same length, so that nothing else moves."""
    return _blanked(text, find(text))
