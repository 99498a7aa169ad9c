"""NHS numbers, CHI numbers and telephone numbers among the numbers of a text, however their digits are set apart. Pure.

A number counts whether its check digit holds or not, where its digits are grouped as people group them: a mistyped one still
points to somebody. Where they are grouped otherwise the check decides, so that a row of measurements is not taken for one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

GAP = r"(?:[^\w█]|_)"
"""What may stand between two digits; never the mark of something blanked."""

_DIGITS = re.compile(r"\d+")
_JOINS = re.compile(rf"{GAP}{{1,5}}")
_NHS_BEFORE = re.compile(r"(?:\bnhs|n\.h\.s|\bchi\b|c\.h\.i|health index)\D{0,20}$")
_SAID = re.compile(
    r"\b(?:(?:double|treble|triple|oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine)[\s,.\-]{1,3}){8,}"
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine)\b"
)
_MOST_DIGITS = 15
_NHS_LENGTH = 10
_ISSUED = ("3", "4", "6", "7", "999")
"""How NHS numbers begin that are, or may come to be, somebody's; 999 is kept for examples."""


class Group(NamedTuple):
    """Digits in one piece, where they stand, and what stands between them and the piece before."""

    digits: str
    start: int
    end: int
    gap: str


def numbers(lower: str) -> Iterator[tuple[str, int, int]]:
    """("nhs_number" or "phone", start, end) of each number found."""
    for found in _SAID.finditer(lower):
        yield ("phone" if found[0].startswith(("o", "zero", "nought")) else "nhs_number", *found.span())
    for chain in _chains(lower):
        yield from _of_chain(chain, lower)


def _chains(lower: str) -> Iterator[list[Group]]:
    """Pieces of digits with nothing but a few signs or spaces between them."""
    chain: list[Group] = []
    for found in _DIGITS.finditer(lower):
        gap = lower[chain[-1].end : found.start()][:6] if chain else ""
        if chain and not _JOINS.fullmatch(gap):
            yield chain
            chain = []
        chain.append(Group(found[0], *found.span(), gap if chain else ""))
    if chain:
        yield chain


def _of_chain(chain: Sequence[Group], lower: str) -> Iterator[tuple[str, int, int]]:
    if sum(len(group.digits) for group in chain) < _NHS_LENGTH - 1:
        return
    first = 0
    while first < len(chain):
        found = ""
        last = first
        for end, window in _windows(chain, first):
            kind = _kind(window, lower, alone=len(window) == len(chain))
            if kind:
                found, last = kind, end
        if found:
            yield found, chain[first].start, chain[last].end
        first = last + 1


def _windows(chain: Sequence[Group], first: int) -> Iterator[tuple[int, Sequence[Group]]]:
    """Runs of pieces from this one on that have as many digits as a number can have."""
    count = 0
    for end in range(first, min(len(chain), first + _MOST_DIGITS)):
        count += len(chain[end].digits)
        if count > _MOST_DIGITS:
            return
        if count >= _NHS_LENGTH - 1:
            yield end, chain[first : end + 1]


def _kind(window: Sequence[Group], lower: str, *, alone: bool) -> str:
    start = window[0].start
    if _is_phone(window, lower[max(0, start - 2) : start]):
        return "phone"
    return "nhs_number" if _is_nhs_number(window, lower[max(0, start - 30) : start], alone=alone) else ""


def _is_phone(window: Sequence[Group], before: str) -> bool:
    """True for a number that may be a person's: those that begin with 03 and 08 are organisations' own."""
    digits = "".join(group.digits for group in window)
    abroad = "+" in before
    if abroad or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if not digits.startswith("44"):
            return digits[0] != "0" and len(digits) >= (_NHS_LENGTH - 1 if abroad else _NHS_LENGTH + 1)
        digits = "0" + digits.removeprefix("44").removeprefix("0")
    elif not (len(window) == 1 or len(window[0].digits) >= 3 or _even(window)):
        return False
    return len(digits) == 11 and digits[0] == "0" and digits[1] in "12579"


def _is_nhs_number(window: Sequence[Group], before: str, *, alone: bool) -> bool:
    digits = "".join(group.digits for group in window)
    if _NHS_BEFORE.search(before) and _NHS_LENGTH - 1 <= len(digits) <= _NHS_LENGTH + 1:
        return True
    if len(digits) != _NHS_LENGTH or _is_an_organisations(digits):
        return False
    lengths = [len(group.digits) for group in window]
    even = _even(window)
    if lengths in ([10], [3, 3, 4]) or (even and min(lengths) > 2):
        return True
    if even and lengths == [2, 2, 2, 4]:
        return _is_date(digits)
    return (alone or even) and digits.startswith(_ISSUED) and passes(digits)


def _is_an_organisations(digits: str) -> bool:
    return digits[0] == "0" and digits[1] in "38" and not _is_date(digits)


def _is_date(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def _even(window: Sequence[Group]) -> bool:
    """True where the same stands between all the pieces."""
    return len({group.gap for group in window[1:]}) <= 1


def passes(digits: str) -> bool:
    """True where the check digit of ten digits holds (weights 10 to 2, modulo 11)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and rest % 11 == int(digits[9])
