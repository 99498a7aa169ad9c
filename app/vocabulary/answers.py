"""Words in which people type an answer to one of our questions. Pure."""

from collections.abc import Callable, Sequence

from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import AnswerWords
from app.vocabulary.wordings import wordings

NONE_FITS = "!"
"""The name of words that say that no answer fits."""

BARE = 2
"""Tokens of "yes" with the mark behind it, which is an answer only at the start of a message."""


class AnswerReader:
    """Knows the words of content/reading/answers.yaml; their names are "!question=option"."""

    def __init__(self, words: AnswerWords, written_out: Callable[[str], str]) -> None:
        spelt = [(wording, NONE_FITS) for phrase in words.none_fits for wording in wordings(phrase, {})]
        for entry in words.answers:
            name = f"!{entry.question}={entry.option}"
            spelt += [(wording, name) for phrase in entry.said_as for wording in wordings(phrase, {})]
        self.phrases = [(written_out(wording), name) for wording, name in spelt]


def options(found: Sequence[Match]) -> dict[str, str]:
    """For each question the option whose words stand first."""
    picked: dict[str, str] = {}
    for match in sorted(found, key=lambda match: match.start):
        if match.concept != NONE_FITS and (match.start == 0 or match.end - match.start > BARE):
            question, _, option = match.concept[1:].partition("=")
            picked.setdefault(question, option)
    return picked


def none_fits(found: Sequence[Match]) -> bool:
    """True where the message begins by saying that no answer fits."""
    return any(match.concept == NONE_FITS and match.start == 0 for match in found)
