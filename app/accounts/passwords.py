"""Which passwords are too easy: too short, or soon guessed. Pure."""

import re
from collections.abc import Iterable

from zxcvbn import zxcvbn

SHORTEST = 12
"""Characters, with no rule on what they are made of (Cyber Essentials v3.3; OWASP ASVS 5.0, 6.2)."""
LONGEST = 200
JUDGED = 72
"""Characters that the estimate looks at; a password that is strong so far does not become weaker behind them."""
STRONG_ENOUGH = 3
"""Of zxcvbn's 0 to 4: more than 10^8 guesses. Its lists of common passwords, names and words make the refused ones."""
OWN_LETTERS = 4
"""Letters that a password needs beside words that a stranger would try for this person."""
OURS = ("fingerpost", "council", "surgery", "practice", "nhs", "general practice", "adult social care")


def problem_of(password: str, about: Iterable[str] = ()) -> str:
    """ "short", "long", "easy" or "" for one that will do. `about`: words that a stranger would try for this person."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    words = [*OURS, *(part for text in about for part in (text, *re.split(r"\W+", text)) if len(part) > 2)]
    guessed = _is_made_of(password, words) or zxcvbn(password[:JUDGED], user_inputs=words)["score"] < STRONG_ENOUGH
    return "easy" if guessed else ""


def _is_made_of(password: str, words: list[str]) -> bool:
    """Whether hardly a letter is left without these words, however often they are repeated."""
    left = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word.casefold(), "")
    return left != password.casefold() and sum(letter.isalpha() for letter in left) < OWN_LETTERS
