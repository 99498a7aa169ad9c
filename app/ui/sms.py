"""How much of a text message a text takes: the alphabet and the lengths of 3GPP TS 23.038 and 23.040."""

from collections.abc import Callable

import gsm0338

_ALPHABET = gsm0338.Codec()
_ONE, _EACH = 160, 153
"""Places in a single message, and in each of several, which lose seven to the mark that joins them."""
_WIDE_ONE, _WIDE_EACH = 70, 67
"""The same where one character is outside the alphabet, which makes every character wide."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "•": "-", "`": "'"})


def spelt(text: str) -> str:
    """The text with quotation marks, dashes and the like as the alphabet of text messages has them."""
    return text.translate(_ALIKE)


def parts(text: str) -> int:
    """In how many messages the text is sent, and charged. Characters such as "€" and "[" take two places, which stay together."""
    try:
        lengths = [len(_ALPHABET.encode(character)[0]) for character in text]
        one, each = _ONE, _EACH
    except UnicodeEncodeError:
        lengths = [len(character.encode("utf-16-be")) // 2 for character in text]
        one, each = _WIDE_ONE, _WIDE_EACH
    if sum(lengths) <= one:
        return 1
    count, used = 1, 0
    for length in lengths:
        if used + length > each:
            count, used = count + 1, 0
        used += length
    return count


def fitted(write: Callable[[str], str], words: str, most: int) -> str:
    """What `write` makes of as many of the words, from the first, as fit into `most` messages."""
    whole = words.split()
    for kept in range(len(whole), -1, -1):
        cut = " ".join(whole[:kept])
        text = spelt(write(cut if kept == len(whole) else f"{cut} ..." if cut else ""))
        if parts(text) <= most:
            return text
    return text
