"""NHS numbers, CHI numbers and telephone numbers among the numbers of a text, however their digits are set apart. Pure.

A number counts whether its check digit holds or not, where its digits are grouped as people group them: a mistyped one still
points to somebody. Where they are grouped otherwise the check decides, so that a row of measurements is not taken for one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

GAP = r"(?:[^\w█]|_)"
"""What may stand between two digits; never the mark of something blanked."""

_CHAIN = re.compile(rf"\d(?<!\d\d)(?:{GAP}{{0,5}}\d){{8,}}")
_DIGITS = re.compile(r"\d+")
_NHS_BEFORE = re.compile(r"(?:\bnhs|n\.h\.s|\bchi\b|c\.h\.i|health index)\D{0,40}$")
_EXTENSION = re.compile(r"\s?(?:ext(?:ension)?\.?|x)\s?\d{1,5}\b")
_NOUGHT = r"(?:oh?|zero|nought)\b"
_SAID = re.compile(
    r"\b(?:(?:double|treble|triple|oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine)[\s,.\-]{1,3}){8,}"
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine)\b"
)
_MOST_DIGITS = 15
_NHS_LENGTH = 10
_PHONE_LENGTH = 11
_USUAL = [3, 3, 4]
_DATE_FIRST = [2, 2, 2, 4]
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
    for chain in _CHAIN.finditer(lower):
        before = lower[max(0, chain.start() - 50) : chain.start()]
        for name, start, end in _of_chain(list(_groups(lower, *chain.span())), before):
            more = _EXTENSION.match(lower, end) if name == "phone" else None
            yield name, start, more.end() if more else end


def numbers_in_words(lower: str) -> Iterator[tuple[str, int, int]]:
    """The same of numbers spelt out; those that begin with nought are for the telephone."""
    for found in _SAID.finditer(lower):
        yield ("phone" if re.match(_NOUGHT, found[0]) else "nhs_number", *found.span())


def _groups(lower: str, start: int, end: int) -> Iterator[Group]:
    last = start
    for found in _DIGITS.finditer(lower, start, end):
        yield Group(found[0], *found.span(), lower[last : found.start()])
        last = found.end()


def _of_chain(chain: Sequence[Group], before: str) -> Iterator[tuple[str, int, int]]:
    """The numbers in pieces of digits with nothing but a few signs or spaces between them; `before` stands before the first."""
    said = bool(_NHS_BEFORE.search(before))
    first = 0
    while first < len(chain):
        abroad = "+" in (chain[first].gap if first else before)[-2:]
        name, last = _longest(chain, first, abroad=abroad, said=said and first == 0)
        if name:
            yield name, chain[first].start, chain[last].end
        first = last + 1


def _longest(chain: Sequence[Group], first: int, *, abroad: bool, said: bool) -> tuple[str, int]:
    """What the number that begins with this piece is, or nothing, and the piece that it ends with."""
    count, found = 0, ("", first)
    international = abroad or (chain[first].digits.startswith("00") and len(chain[first].digits) > 3)
    for last in range(first, min(len(chain), first + _MOST_DIGITS)):
        count += len(chain[last].digits)
        if count > _MOST_DIGITS:
            break
        window = chain[first : last + 1]
        if (international and _is_international(window, count)) or (count == _PHONE_LENGTH and _is_phone(window)):
            found = ("phone", last)
        elif _is_nhs_number(window, count, said=said, alone=len(window) == len(chain)):
            found = ("nhs_number", last)
            if count == _NHS_LENGTH and (chain[first].digits[0] != "0" or _is_date(_joined(window))):
                break  # A figure that follows it ("2 falls") is not its own.
    return found


def _is_international(window: Sequence[Group], count: int) -> bool:
    if count < _NHS_LENGTH - 1:
        return False
    digits = _joined(window).removeprefix("00")
    return not digits.startswith("44") or _is_persons("0" + digits.removeprefix("44").removeprefix("0"))


def _is_phone(window: Sequence[Group]) -> bool:
    return window[0].digits[0] == "0" and (len(window[0].digits) > 2 or _even(window)) and _is_persons(_joined(window))


def _is_persons(digits: str) -> bool:
    """True for a number that may be a person's: those that begin with 03 and 08 are organisations' own."""
    return len(digits) == _PHONE_LENGTH and digits[0] == "0" and digits[1] in "12579"


def _is_nhs_number(window: Sequence[Group], count: int, *, said: bool, alone: bool) -> bool:
    """Where the words before say so, one digit more or less will do."""
    if said or count != _NHS_LENGTH:
        return said and abs(count - _NHS_LENGTH) <= 1
    even = _even(window)
    if not (even or alone or len(window) == len(_USUAL)):
        return False
    digits = _joined(window)
    lengths = [len(group.digits) for group in window]
    if _is_an_organisations(digits):
        return False
    if lengths == _USUAL or (even and min(lengths) > 2):
        return True
    if even and lengths == _DATE_FIRST:
        return _is_date(digits)
    return digits.startswith(_ISSUED) and passes(digits)


def _joined(window: Sequence[Group]) -> str:
    return "".join(group.digits for group in window)


def _is_an_organisations(digits: str) -> bool:
    return digits[0] == "0" and digits[1] in "38" and not _is_date(digits)


def _is_date(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def _even(window: Sequence[Group]) -> bool:
    """True where the same stands between all the pieces, or there is one piece."""
    return len({group.gap for group in window[1:]}) < 2


def passes(digits: str) -> bool:
    """True where the check digit of ten digits holds (weights 10 to 2, modulo 11)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and rest % 11 == int(digits[9])
