"""A text into words and stems. The index and the queries go through the same door, so both always agree."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_STEMMER = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


def plain(text: str) -> str:
    """Lower case without accents or apostrophes, so that "Alzheimer's" and "alzheimers" are one word."""
    text = text.translate(_APOSTROPHES)
    if not text.isascii():
        text = "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    return text.lower()


def words(text: str) -> list[str]:
    """The words of a text in order; everything that is neither letter nor digit only parts them."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain(text))]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its ending: "befriending" and "befriended" are both "befriend"."""
    return str(_STEMMER.analyze(word)[0])


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order."""
    return tuple(stem(word) for word in words(text))


BITS = 1024


def signature(stems: Iterable[str]) -> int:
    """A bit for each stem: what a text with this signature holds has all its own bits in it. The others it may hold or not."""
    bits = 0
    for stem in stems:
        bits |= 1 << crc32(stem.encode()) % BITS
    return bits


def spaced(parts: tuple[str, ...] | list[str]) -> str:
    """Stems as one string with a space at each end, so that `" care home " in text` asks for the whole phrase."""
    return f" {' '.join(parts)} "
