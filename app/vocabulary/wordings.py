"""One line of a class for many wordings: "(needs|wants) help (with|to)", "struggle* to", "<HIS> own". Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.vocabulary.inflection import verb_forms

MOST = 500
"""Wordings that one member may stand for; with more a gap or a rule says it better, and loading stays quick."""

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


def how_many(member: str, sets: Mapping[str, Sequence[str]]) -> int:
    """How many wordings a member stands for, doubles included, without spelling them out. 0 where its brackets do not fit."""
    open_groups = [[1]]
    for mark in re.findall(r"[()|]|<[A-Z_]+>|[a-z]+\*", member):
        if mark == "(":
            open_groups.append([1])
        elif mark == ")":
            if len(open_groups) == 1:
                return 0
            inner = sum(open_groups.pop())
            open_groups[-1][-1] *= inner
        elif mark == "|":
            if len(open_groups) == 1:
                return 0
            open_groups[-1].append(1)
        else:
            open_groups[-1][-1] *= len(sets[mark[1:-1]]) if mark[0] == "<" else len(verb_forms(mark[:-1]))
    return open_groups[0][0] if len(open_groups) == 1 else 0


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
