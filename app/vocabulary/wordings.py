"""One line of a class for many wordings: "(needs|wants) help (with|to)", "struggle* to", "<HIS> own". Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.vocabulary.inflection import verb_forms

_PLAIN = re.compile(r"[^(<*]*")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_VERB = re.compile(r"([a-z]+)\*")
_SET = re.compile(r"<([A-Z_]+)>")


def wordings(member: str, sets: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every wording that a member stands for. Of "(a|b)" one is said, "(a|)" may be left out, a verb with a star stands for
    all its forms, and "<HIS>" for one of the words of that set. Choices may stand inside choices. Raises KeyError where
    there is no such set."""
    if _PLAIN.fullmatch(member):  # Most of many thousands; the start waits for them.
        yield member
        return
    yield from dict.fromkeys(" ".join(wording.split()) for wording in _spelt(member, sets))


def sets_named(member: str) -> list[str]:
    """The sets that a member makes use of."""
    return _SET.findall(member)


def _spelt(member: str, sets: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The innermost choice is spelt out first."""
    if match := _CHOICE.search(member):
        choices: Sequence[str] = match[1].split("|")
    elif match := _SET.search(member):
        choices = sets[match[1]]
    elif match := _VERB.search(member):
        choices = verb_forms(match[1])
    else:
        yield member
        return
    for chosen in choices:
        yield from _spelt(member[: match.start()] + chosen + member[match.end() :], sets)
