"""Words that say what somebody asks for, and what they will not have. Pure."""

from collections.abc import Callable, Sequence

from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import WishWords
from app.vocabulary.tokens import ENDS, Token
from app.vocabulary.wordings import wordings

REACH = 8
"""Tokens between "would like" and what is liked ("would like him to try something like a day centre")."""


class WishReader:
    """Knows the words of content/reading/wishes.yaml; their names begin with "+"."""

    def __init__(self, words: WishWords, written_out: Callable[[str], str]) -> None:
        groups = {"+wants": words.wants, "+declines": words.declines, "+asks": words.only_asks}
        spelt = [(wording, name) for name, phrases in groups.items() for phrase in phrases for wording in wordings(phrase, {})]
        self.phrases = [(written_out(wording), name) for wording, name in spelt]


def is_wished(match: Match, tokens: Sequence[Token], said: Sequence[Match]) -> bool | None:
    """Whether what is named here is asked for or declined, by the words last `said` before it in its clause; None by neither.
    "Not keen on" is no wish."""
    near = range(max(0, match.start - REACH), match.start)
    clause = max((at + 1 for at in near if tokens[at].text in ENDS or tokens[at].text == ","), default=near.start)
    before = [each for each in said if clause <= each.start and each.end <= match.start]
    last = max(before, key=lambda each: (each.end, -each.start), default=None)
    if last is None or last.concept == "+asks":
        return None
    turned = any(each.concept == "+declines" and each.start < last.start <= each.end for each in before)
    return last.concept == "+wants" and not turned
