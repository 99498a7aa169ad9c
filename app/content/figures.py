"""The numbers in texts that people read, and whether their file says where each comes from. Pure.

A number is a figure unless it names something: a telephone number, a section of an Act, a guideline, a form, a year alone, the
file's own review dates. For `flask content check` and the tests, not for the start.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.problems import Problem
from app.content.schema import Figured

OWN_WORDS = "fingerpost"
"""The source of a number that claims nothing ("one or two goals"). No amount of money and no percentage can rest on it."""

_WORDS = {
    "half": "0.5", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
    "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000",
}  # fmt: skip
_WORD = "|".join(_WORDS)
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MORE = r"(?:(?:,|\ and|\ or|\ to)\ (?:ss?\.)?\d+[A-Z]*)*"
_DATE = r"(?:\b\d\d?\ )?\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\ (?:19|20)\d\d\b"

_NOT_SAID = re.compile(r"^ *\d+\. |\]\([^)]*\)|`[^`]*`", re.M)
"""Numbers of a list, addresses of links, code."""

_NAME = re.compile(
    rf"""(?:\b(?:[Ss]ections|[Rr]egulations|[Pp]aragraphs)\ |\bss\.)\d+[A-Z]*{_MORE}
    | (?:\b(?:[Ss]ection|[Rr]egulation|[Ss]chedule|[Pp]aragraph|Part|statement|pathway|option)\ |\bs\.)\d+[A-Z]*(?:\(\d+\))?
    | \[\d{{4}}\]\ [A-Z]+\ \d+ | \b\d{{4}}/\d+ | \(No\.\ \d\) | \b1/(?:7|52|12)\b | \b[Tt]wo(?:-tier|\ tiers)\b
    | \bWCAG\)?\ \d\.\d | \bUTF-8\b | \bWindows-1252\b | \bReferral\ UK\ 3\.0\b
    | \b0\d{{2,4}}(?:\ ?\d){{6,8}}\b | \b116\ 123\b | \b(?:999|111|101)\b
    | (?<![£\d,.])(?:19|20)\d\d(?:-\d\d)?\b(?![,.]\d|\ people)
    | \b[A-Za-z]+\d[\w.]* | \b\d+(?!(?:am|pm)\b)[A-Za-z]\w*
    """,
    re.X,
)
_FIGURE = re.compile(
    rf"""{_DATE}
    | £?{_DIGITS}(?:\ ?%|\ per\ cent\b|[ap]m\b)? | \b(?:{_WORD})\b
    | \bone\ (?:hour|week|month|year)\b | \bone\ in\ \w+
    """,
    re.X | re.I,
)
_PART = re.compile(rf"{_DIGITS}|\b(?:{_WORD}|one)\b", re.I)


@dataclass(frozen=True)
class Support:
    """What figures can rest on: the ids of all sources, and for each fact its numbers and its sources."""

    sources: frozenset[str]
    facts: Mapping[str, tuple[frozenset[str], frozenset[str]]]


def figures_in(text: str) -> list[tuple[int, int]]:
    """Where the figures of a text stand."""
    dates = [match.span() for match in re.finditer(_DATE, text, re.X)]
    named = [match.span() for match in _NAME.finditer(text) if not _inside(match.span(), dates)]
    return [match.span() for match in _FIGURE.finditer(text) if not _inside(match.span(), named)]


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text in digits: "six weeks" and "6 weeks" hold the same."""
    parts = (part.lower().replace(",", "") for part in _PART.findall(text))
    return frozenset("1" if part == "one" else _WORDS.get(part, part) for part in parts)


def unsourced(path: Path, texts: Iterable[str], head: Figured, support: Support) -> Iterator[Problem]:
    """Figures for which the file gives no source, and entries of its `figures` that do not hold."""
    raw = path.read_text(encoding="utf-8")
    said = [" ".join(_NOT_SAID.sub(" ", text).split()) for text in texts]
    reviews = [f"{day.day} {day:%B %Y}" for day in (head.reviewed, head.next_review)]
    for text in said:
        covered = [found.span() for figure in (*head.figures, *reviews) for found in re.finditer(re.escape(figure), text)]
        for start, end in figures_in(text):
            if not _inside((start, end), covered):
                figure, before = text[start:end], " ".join(text[:start].split(" ")[-4:])
                near = before + figure + " ".join(text[end:].split(" ")[:4])
                what = f"{near!r}: the file gives no source for {figure!r}."
                fix = "Name it under figures with its fact or source, or say it without the number."
                yield Problem(path, _line(raw, before, figure), what, fix)
    for figure, rests_on in head.figures.items():
        for what, fix in _weak(figure, rests_on, head.sources, support):
            yield Problem(path, _line(raw, "", figure), f"figures: {figure!r}: {what}", fix)
        if not any(figure in text for text in said):
            yield Problem(path, _line(raw, "", figure), f"figures: {figure!r} does not stand in the text.", "Take it out.")


def _weak(figure: str, rests_on: str, named: Collection[str], support: Support) -> Iterator[tuple[str, str]]:
    """What is wrong with a figure's fact or source."""
    if rests_on in support.facts:
        numbers, sources = support.facts[rests_on]
        if missing := sorted(numbers_in(figure) - numbers):
            yield f"the fact {rests_on} does not say {missing[0]}.", "Mend the figure, or name what supports it."
        if sources.isdisjoint(named):
            yield f"the file does not name the source of the fact {rests_on}.", f"Put {' or '.join(sorted(sources))} under sources."
    elif rests_on not in support.sources:
        yield f"{rests_on!r} is no fact and no source.", "Mend its spelling, or add it to facts.yaml or sources.yaml."
    elif rests_on == OWN_WORDS:
        if re.search(r"[£%]|per cent", figure):
            yield "an amount of money or a percentage needs a source.", "Name its fact or source, or say it without the number."
    elif rests_on not in named:
        yield f"{rests_on} is not among the file's sources.", "Put it under sources too."


def _inside(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _line(raw: str, before: str, figure: str) -> int:
    """The line on which a figure stands after these words, from 1; 0 where it is written otherwise."""
    words = [r"\s+".join(re.escape(word) for word in part.split(" ")) for part in (before, figure)]
    found = re.search(f"{words[0]}({words[1]})", raw)
    return raw.count("\n", 0, found.start(1)) + 1 if found else 0
