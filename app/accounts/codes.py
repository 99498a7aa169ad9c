"""Codes and tokens. A practice code can be read out; a token stands in a link. Of both only a hash is kept. Pure."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, so that nothing is read for something else."""
LENGTH = 12
"""Characters of five bits: 60 bits of a practice's code, which only gets a letter sent, are too many to try."""
RECOVERY_LENGTH = 28
"""140 bits: whoever has the hash of a recovery code cannot find the code."""
_HEARD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code(length: int = LENGTH) -> str:
    """ "K3TN-8F2P-QX7R": to be read out and typed."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(letters[start : start + 4] for start in range(0, length, 4))


def plain(code: str) -> str:
    """The code as it is compared: however it was typed, with spaces or small letters, or I for 1."""
    return "".join(letter for letter in code.upper().translate(_HEARD) if letter in ALPHABET)


def new_token() -> str:
    """What stands in a link: 256 bits."""
    return secrets.token_urlsafe(32)
