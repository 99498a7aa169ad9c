"""Numbers that people read aloud and type, of a record or a signpost: 60 random bits in letters that nobody takes for others,
and a check character (ISO 7064, Mod 37,36)."""

import re
import secrets

from stdnum.iso7064 import mod_37_36

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U."""
_LENGTH = 12
_READ_AS = str.maketrans("ILO", "110")


def new_number() -> str:
    """A number that nobody has, as it is kept: thirteen letters."""
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _ in range(_LENGTH))
        check = mod_37_36.calc_check_digit(drawn)
        if check in LETTERS:
            return drawn + check


def in_groups(number: str) -> str:
    """As it is printed: "ABCD-EFGH-JKMN-P"."""
    return "-".join(number[start : start + 4] for start in range(0, len(number), 4))


def in_letters(typed: str) -> str:
    """What somebody typed, in our letters: without gaps, large, and I, L and O as what they are taken for."""
    return re.sub(r"[\s\-‐–]", "", typed).upper().translate(_READ_AS)


def as_kept(typed: str) -> str | None:
    """The number that somebody typed, in any letters and with any gaps; None where it is mistyped."""
    number = in_letters(typed)
    whole = len(number) == _LENGTH + 1 and set(number) <= set(LETTERS)
    return number if whole and mod_37_36.is_valid(number) else None
