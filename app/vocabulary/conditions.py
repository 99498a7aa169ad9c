"""A small language for rules: `(need:falls or strong:mobility) and not attr:place=care_home`. Pure.

Terms: need:ID, strong:ID (a need read from a strong cue), flag:ID (or flag:any, flag:level1), attr:NAME=VALUE,
attr:NAME<NUMBER and attr:NAME>=NUMBER, and always. Joined by and, or, not and brackets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

_PIECE = re.compile(r"\s*(\(|\)|[a-z]+:[a-z0-9_]+(?:(?:>=|=|<)[a-z0-9_]+)?|and\b|or\b|not\b|always\b)")


class ConditionError(ValueError):
    """A condition that cannot be read. The text says what was wrong."""


@dataclass(frozen=True)
class Facts:
    """What conditions ask about."""

    needs: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    flags: dict[str, int] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)


Condition = Callable[[Facts], bool]


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """The condition as a function of facts. Raises ConditionError."""
    try:
        condition, rest = _either(_split(text))
    except RecursionError:
        raise ConditionError("it is nested too deeply") from None
    if rest:
        raise ConditionError(f"{text!r}: nothing was expected after {rest[0]!r}")
    return condition


def terms(text: str) -> list[tuple[str, str]]:
    """Every (kind, id) that a condition names, so that a check can look them up."""
    found = [piece.split(":", 1) for piece in _split(text) if ":" in piece]
    return [(kind, re.split(r">=|=|<", rest)[0]) for kind, rest in found]


def _split(text: str) -> list[str]:
    pieces, position = [], 0
    while position < len(text.rstrip()):
        match = _PIECE.match(text, position)
        if not match:
            raise ConditionError(f"{text!r}: {text[position:].split()[0]!r} is not a term")
        pieces.append(match.group(1))
        position = match.end()
    return pieces


def _either(pieces: list[str]) -> tuple[Condition, list[str]]:
    left, rest = _both(pieces)
    if rest and rest[0] == "or":
        right, rest = _either(rest[1:])
        return (lambda facts: left(facts) or right(facts)), rest
    return left, rest


def _both(pieces: list[str]) -> tuple[Condition, list[str]]:
    left, rest = _single(pieces)
    if rest and rest[0] == "and":
        right, rest = _both(rest[1:])
        return (lambda facts: left(facts) and right(facts)), rest
    return left, rest


def _single(pieces: list[str]) -> tuple[Condition, list[str]]:
    if not pieces:
        raise ConditionError("a term is missing at the end")
    head, rest = pieces[0], pieces[1:]
    if head == "not":
        inner, rest = _single(rest)
        return (lambda facts: not inner(facts)), rest
    if head == "(":
        inner, rest = _either(rest)
        if not rest or rest[0] != ")":
            raise ConditionError("a bracket is not closed")
        return inner, rest[1:]
    if head == "always":
        return (lambda _facts: True), rest
    if ":" not in head:
        raise ConditionError(f"a term was expected before {head!r}")
    return _term(*head.split(":", 1)), rest


def _term(kind: str, rest: str) -> Condition:
    if kind == "need":
        return lambda facts: rest in facts.needs
    if kind == "strong":
        return lambda facts: rest in facts.strong
    if kind == "flag":
        return _flag(rest)
    if kind == "attr":
        return _attribute(rest)
    raise ConditionError(f"{kind}: is not a kind of term (need, strong, flag, attr)")


def _flag(rest: str) -> Condition:
    if rest == "any":
        return lambda facts: bool(facts.flags)
    if rest == "level1":
        return lambda facts: 1 in facts.flags.values()
    return lambda facts: rest in facts.flags


def _attribute(rest: str) -> Condition:
    name, *compared_with = re.split(r"(>=|=|<)", rest)
    operator, value = compared_with or ("", "")
    if operator == "=":
        return lambda facts: facts.attributes.get(name, "unknown") == value
    if not value.isdecimal():
        raise ConditionError(f"attr:{rest}: an attribute is compared with a value or with a number")
    limit = float(value)

    def compared(facts: Facts) -> bool:
        given = facts.attributes.get(name, "")
        if not given.replace(".", "", 1).isdecimal():
            return False
        return float(given) >= limit if operator == ">=" else float(given) < limit

    return compared
