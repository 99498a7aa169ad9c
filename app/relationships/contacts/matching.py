"""Which questions that a council has answered somebody is asking again. Pure."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

ALIKE = 84
"""From 0 to 100: two words are the same, but for a plural or a slip of the finger."""
SHARE = 0.6
"""Of the words of an answered question that carry its meaning, how many have to be asked for."""
LEAST = 2
_COMMON = frozenset({
    "about", "all", "and", "any", "are", "been", "but", "can", "did", "does", "for", "get", "had", "has", "her", "him", "his", "how",
    "its", "may", "not", "one", "our", "own", "out", "she", "the", "too", "was", "who", "why", "you", "each", "from", "have", "into",
    "just", "long", "many", "much", "must", "once", "only", "over", "person", "people", "patient", "somebody", "someone", "soon",
    "such", "than", "that", "their", "them", "then", "there", "they", "this", "those", "what", "when", "where", "which", "will",
    "with", "would", "your", "yours", "could", "should", "council", "social", "care",
})  # fmt: skip


def nearest(text: str, questions: Iterable[str], most: int = 2) -> list[int]:
    """The places of the answered questions that this text asks, the nearest first."""
    asked = sorted(_words(text))
    found = []
    for place, question in enumerate(questions):
        wanted = _words(question)
        shared = sum(process.extractOne(word, asked, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None for word in wanted)
        if shared >= LEAST and shared >= SHARE * len(wanted):
            found.append((-shared / len(wanted), place))
    return [place for _, place in sorted(found)[:most]]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.casefold())) - _COMMON
