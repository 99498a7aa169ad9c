"""Which sentences of a message ask something, and what they ask to know. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.vocabulary.matching import Match
from app.vocabulary.reading_schema import AskingForAnother, AskingWords
from app.vocabulary.tokens import ENDS, Token
from app.vocabulary.wordings import wordings

OPENING = 3
"""Tokens at the start of a sentence within which an opening word makes it a question ("and so what about ...")."""

NAMING = 7
"""The same where the sentence first names what it asks about ("and the befriending, who runs that")."""

_OPENS, _ASKS, _FOR = "?", "??", "?>"

_TELLING = frozenset(("who", "whose", "which", "where"))
"""Words that go on telling of somebody after a comma."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence that asks: its tokens [start, end), the ids of its topics in the order of the text, from which token on it
    asks ("worn out, and asks what ... costs"), and for whom beside the patient, if it does."""

    start: int
    end: int
    topics: tuple[str, ...]
    opens: int
    for_other: AskingForAnother | None = None


class AskingReader:
    """Knows the words of content/reading/asking.yaml; their names begin with "?"."""

    def __init__(self, words: AskingWords, written_out: Callable[[str], str]) -> None:
        spelt = [(phrase, _OPENS) for phrase in words.opens] + [(phrase, _ASKS) for phrase in words.asks]
        spelt += [(phrase, f"?{topic.id}") for topic in words.topics for phrase in topic.phrases]
        spelt += [(phrase, f"{_FOR}{number}") for number, other in enumerate(words.for_others) for phrase in other.phrases]
        phrases = [(wording, name) for phrase, name in spelt for wording in wordings(phrase, {})]
        self._others = words.for_others
        self._leads = frozenset(words.leads)
        self.phrases = [(written_out(phrase), name) for phrase, name in phrases]

    def questions(self, tokens: Sequence[Token], matches: Sequence[Match]) -> list[Asked]:
        """The sentences that ask something, whether or not their topic is known; the matches are of this file's words."""
        found = []
        position = 0
        for start, end in _sentences(tokens):
            here = []
            while position < len(matches) and matches[position].start < end:
                here.append(matches[position])
                position += 1
            other = next((self._others[int(m.concept[len(_FOR) :])] for m in here if m.concept.startswith(_FOR)), None)
            opened = any(m.concept == _ASKS or (m.concept == _OPENS and self._opens(m, start, tokens)) for m in here)
            opened = opened or any(m.concept.startswith(_FOR) and m.start == start and m.end > start + 2 for m in here)
            if opened or (end > start and tokens[end - 1].text == "?"):
                named = [m.concept for m in here if m.concept not in (_OPENS, _ASKS) and not m.concept.startswith(_FOR)]
                topics = dict.fromkeys(name[1:] for name in named)
                reported = next((match.start for match in here if match.concept == _ASKS), start)
                found.append(Asked(start, end, tuple(topics), reported, other))
        return found

    def _opens(self, match: Match, start: int, tokens: Sequence[Token]) -> bool:
        """ "And can she ..." opens a question; "can not ...", "there is a ..." and "Wife, who does it, ..." do not; "and the
        befriending, who runs it" does."""
        before = tokens[match.start - 1].text if match.start > start else ""
        if before.isalpha() and before not in self._leads:
            return False
        negated = match.end < len(tokens) and tokens[match.end].text == "not"
        goes_on = before == "," and tokens[start].text in self._leads
        told = before == "," and tokens[match.start].text in _TELLING and not goes_on
        return match.start < start + (NAMING if goes_on else OPENING) and not negated and not told


def _sentences(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Sentences with their end marks; the "?" of "?placement" ends none."""
    found, start = [], 0
    for index, token in enumerate(tokens):
        leads = index + 1 < len(tokens) and tokens[index + 1].start == token.end
        if token.text in ENDS or (token.text == "?" and not leads):
            found.append((start, index + 1))
            start = index + 1
    return [*found, (start, len(tokens))] if start < len(tokens) else found
