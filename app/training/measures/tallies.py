"""What a finished form adds to the counts of its module, and how the counts are read back. Pure.

Counts are how often something stood, never whose it was: from how often each score and each two of scores stand, every measure follows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.training.measures.moments import Pairs, Values
from app.training.schema import Form


class What(StrEnum):
    """What is counted, and what its `subject` and `cell` are."""

    TOTAL = "total"
    """Questions of the form answered right: no subject; how many."""
    ITEM = "item"
    """A question: its id; right or not (1 or 0) and how many of the others were right."""
    OPTION = "option"
    """A choice of a question: its id; the option's letter."""
    SURE = "sure"
    """How sure somebody was: the question's id; 1 to 3, and right or not."""
    OUTCOME = "outcome"
    """The same outcome before reading and in this form: its id; right or not, twice."""
    PATH = "path"
    """Outcomes known before, after and, where this form is a follow-up, in it: no subject; two or three numbers."""
    FINISHED = "finished"
    """Signed-in learners who finished the module: no subject; the day."""


class Key(NamedTuple):
    """One cell of the counts of one version of a module."""

    form: str
    what: str
    subject: str
    cell: str


@dataclass(frozen=True)
class Given:
    """An answer to one question. `options` are the letters chosen, where it has any; `sure` is 1 to 3, or None where it was not said."""

    question: str
    outcome: str
    is_right: bool
    options: tuple[str, ...] = ()
    sure: int | None = None


def of_form(form: Form, answers: Sequence[Given]) -> Counter[Key]:
    """What the answers to one form add."""
    total = sum(answer.is_right for answer in answers)
    found = Counter({Key(form, What.TOTAL, "", _cell(total)): 1})
    for answer in answers:
        found[Key(form, What.ITEM, answer.question, _cell(answer.is_right, total - answer.is_right))] += 1
        for option in answer.options:
            found[Key(form, What.OPTION, answer.question, option)] += 1
        if answer.sure is not None:
            found[Key(form, What.SURE, answer.question, _cell(answer.sure, answer.is_right))] += 1
    return found


def of_course(form: Form, *answers: Sequence[Given]) -> Counter[Key]:
    """What one person's forms add when they are held against each other: before, after and, where `form` is a follow-up, that.

    Each outcome is held against itself by the first question about it in each form, so that all forms have the same highest score. A
    person who lacks an answer to one of them adds nothing.
    """
    forms = [by_outcome(one) for one in answers]
    shared = sorted(forms[0])
    if not shared or any(outcome not in one for one in forms for outcome in shared):
        return Counter()
    found = Counter({Key(form, What.PATH, "", _cell(*(sum(one[outcome] for outcome in shared) for one in forms))): 1})
    for outcome in shared:
        found[Key(form, What.OUTCOME, outcome, _cell(forms[0][outcome], forms[-1][outcome]))] += 1
    return found


def of_finish(day: date) -> Counter[Key]:
    """What a signed-in learner's finish adds, from which it is known later how many a follow-up was open to."""
    return Counter({Key(Form.AFTER, What.FINISHED, "", day.isoformat()): 1})


def by_outcome(answers: Iterable[Given]) -> dict[str, bool]:
    """Whether the first question about each outcome was answered right."""
    found: dict[str, bool] = {}
    for answer in answers:
        found.setdefault(answer.outcome, answer.is_right)
    return found


class Counts:
    """The counts of one version of a module, read back."""

    def __init__(self, counted: Mapping[Key, int]) -> None:
        self._by: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
        for key, number in counted.items():
            self._by[key.form, key.what, key.subject][key.cell] = number

    def totals(self, form: Form) -> Values:
        """How often each score of a form stands."""
        return {numbers[0]: number for numbers, number in self._numbers(form, What.TOTAL)}

    def item(self, form: Form, question: str) -> Pairs:
        """How often each two of (points on the question, points on the others) stand."""
        return {(numbers[0], numbers[1]): number for numbers, number in self._numbers(form, What.ITEM, question)}

    def options(self, form: Form, question: str) -> Mapping[str, int]:
        """How often each option was chosen."""
        return self._by.get((form, What.OPTION, question), {})

    def sure(self, form: Form, question: str) -> dict[tuple[int, bool], int]:
        """How often each two of (how sure, right) stand."""
        return {(numbers[0], bool(numbers[1])): number for numbers, number in self._numbers(form, What.SURE, question)}

    def outcome(self, form: Form, outcome: str) -> dict[tuple[bool, bool], int]:
        """How often each two of (right before, right in this form) stand."""
        return {(bool(numbers[0]), bool(numbers[1])): number for numbers, number in self._numbers(form, What.OUTCOME, outcome)}

    def paths(self, form: Form) -> dict[tuple[int, ...], int]:
        """How often each sequence of scores up to this form stands."""
        return dict(self._numbers(form, What.PATH))

    def finished(self) -> dict[date, int]:
        """How many signed-in learners finished the module on each day."""
        return {date.fromisoformat(cell): number for cell, number in self._by.get((Form.AFTER, What.FINISHED, ""), {}).items()}

    def _numbers(self, form: Form, what: What, subject: str = "") -> list[tuple[tuple[int, ...], int]]:
        return [(tuple(map(int, cell.split())), number) for cell, number in self._by.get((form, what, subject), {}).items()]


def _cell(*numbers: int) -> str:
    return " ".join(str(int(number)) for number in numbers)
