"""One line of a class for many wordings: "(needs|wants) help (with|to)", "struggle* to", "<HIS> own". Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from app.vocabulary.inflection import verb_forms

MOST = 1500
"""Phrases that one member may stand for; with more a gap or a rule says it better, and loading stays quick."""

_FIRST_MARK = 0xF0000
"""Marks are characters for private use, which no text holds once it is read."""

_WORD = re.compile(r"[a-z]+")
_PLAIN = re.compile(r"[^(<*]*")
_LEFT = re.compile(r"[()|*<>]")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_VERB = re.compile(r"([a-z]+)\*")
_SET = re.compile(r"<([A-Z_]+)>")


class TooMany(ValueError):
    """A member that stands for more than MOST phrases, single words at one place counted as one."""


class OneOf:
    """Single words of which any may stand at one place of a phrase, each such set under a mark that stands in the phrase as
    one token. So a member of many wordings is a few phrases, not thousands."""

    def __init__(self, written_out: Callable[[str], str] = str) -> None:
        """`written_out` expands the shorthand in a word, as it is expanded in the text."""
        self._written_out = cache(written_out)
        self.joined = cache(self._joined)
        self._marks: dict[frozenset[str], str] = {}
        self.allowed: dict[str, frozenset[str]] = {}

    def _joined(self, choices: tuple[str, ...]) -> tuple[str, ...]:
        """The choices with all that are single words under one mark."""
        single = [choice.strip() for choice in choices if self._is_single(choice.strip())]
        if len(single) < 2:
            return choices
        words = frozenset((*single, *(self._written_out(word) for word in single)))
        mark = self._marks.setdefault(words, chr(_FIRST_MARK + len(self._marks)))
        self.allowed[mark] = words
        return (f"{mark} ", *(choice for choice in choices if choice.strip() not in single))

    def _is_single(self, choice: str) -> bool:
        return bool(_WORD.fullmatch(choice)) and bool(_WORD.fullmatch(self._written_out(choice)))


def wordings(member: str, sets: Mapping[str, Sequence[str]], one_of: OneOf | None = None) -> Iterator[str]:
    """Every wording that a member stands for. Of "(a|b)" one is said, "(a|)" may be left out, a verb with a star stands for
    all its forms, and "<HIS>" for one of the words of that set. Choices may stand inside choices. With `one_of`, single words
    that may stand at one place behind the first are kept together, and more than MOST phrases raise TooMany. Raises KeyError
    where there is no such set."""
    if _PLAIN.fullmatch(member):  # Most of many thousands; the start waits for them.
        yield member
        return
    spelt = list(islice(_spelt(member, sets, one_of), MOST + 1 if one_of else None))
    if one_of and len(spelt) > MOST:
        raise TooMany(member)
    yield from dict.fromkeys(" ".join(wording.split()) for wording in spelt)


def fits(member: str, sets: Mapping[str, Sequence[str]]) -> bool:
    """True where every bracket and bar of a member has its place."""
    return not _LEFT.search(next(_spelt(member, sets, None)))


def sets_named(member: str) -> list[str]:
    """The sets that a member makes use of."""
    return _SET.findall(member)


def _spelt(member: str, sets: Mapping[str, Sequence[str]], one_of: OneOf | None) -> Iterator[str]:
    """The innermost choice is spelt out first."""
    waiting = [member]
    while waiting:
        text = waiting.pop()
        if "(" in text and (match := _CHOICE.search(text)):  # Asked first, as it is quicker, and there are many thousands.
            choices: Sequence[str] = match[1].split("|")
        elif "<" in text and (match := _SET.search(text)):
            choices = sets[match[1]]
        elif "*" in text and (match := _VERB.search(text)):
            choices = verb_forms(match[1])
        else:
            yield text
            continue
        before, after = text[: match.start()], text[match.end() :]
        ends = not after or after[0] in " )|" or all(not choice or choice[-1] == " " for choice in choices)
        if one_of and ends and _follows_a_word(before):
            choices = one_of.joined(tuple(choices))
        waiting += [before + chosen + after for chosen in reversed(choices)]


def _follows_a_word(before: str) -> bool:
    """True where what comes next is a word of its own, and one that no wording of the member begins with."""
    if not before or before[-1] not in " (|":
        return False
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        depth += (before[at] == ")") - (before[at] == "(")
        if depth < 0:  # An open choice: what stands inside it may be left out.
            return _follows_a_word(before[:at])
    return bool(before.strip())
