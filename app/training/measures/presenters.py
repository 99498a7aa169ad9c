"""What the page of a module's measures shows, as plain data and in words."""

from dataclasses import dataclass
from datetime import date

from app.content.messages import say
from app.training.catalogue import Module
from app.training.followups.windows import WINDOWS
from app.training.measures import words
from app.training.measures.courses import added, calibration, certain_and_wrong, gain, opened, retention
from app.training.measures.gain import turned
from app.training.measures.items import Drawn, Share, discrimination, drawn, efficiency, facility
from app.training.measures.moments import size
from app.training.measures.rules import Flag, Raised, flags
from app.training.measures.schema import Limits
from app.training.measures.tallies import Counts
from app.training.measures.words import Figure
from app.training.schema import Choice, Form, Question


@dataclass(frozen=True)
class OptionRow:
    """An option of a question, and how many chose it."""

    id: str
    text: str
    right: bool
    chosen: Figure


@dataclass(frozen=True)
class QuestionRow:
    """A question and its figures. `options` is empty where there are none, or too few answers to show them."""

    id: str
    about: str
    flags: list[str]
    facility: Figure
    discrimination: Figure
    efficiency: Figure
    options: list[OptionRow]


@dataclass(frozen=True)
class FormPart:
    """A form, the questions to look at first, and its reliability and standard error."""

    id: str
    name: str
    answered: int
    questions: list[QuestionRow]
    reliability: Figure
    error: Figure


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome before reading and later."""

    text: str
    before: Figure
    later: Figure
    turns: Figure


@dataclass(frozen=True)
class LaterPart:
    """A later form held against the one before reading. `stayed` and `done` are None straight after reading."""

    name: str
    gain: Figure
    normalised: list[Figure]
    outcomes: list[OutcomeRow]
    stayed: Figure | None
    done: Figure | None


@dataclass(frozen=True)
class SureRow:
    """How many were right of those who were so sure."""

    name: str
    right: Figure


@dataclass(frozen=True)
class WrongRow:
    """A question that people were certain about and answered wrong."""

    about: str
    form: str
    wrong: Figure


@dataclass(frozen=True)
class MeasurePage:
    """Everything that the page shows."""

    forms: list[FormPart]
    later: list[LaterPart]
    sure: list[SureRow]
    certain_and_wrong: list[WrongRow]

    @property
    def to_look_at(self) -> list[tuple[FormPart, QuestionRow]]:
        return [(form, question) for form in self.forms for question in form.questions if question.flags]


def measure_page(module: Module, counted: Counts, limits: Limits, today: date) -> MeasurePage:
    """The page of one version of a module, from its counts."""
    return MeasurePage(
        forms=[_form(module, counted, form, limits) for form in Form],
        later=[_later(module, counted, form, limits, today) for form in (Form.AFTER, Form.WEEKS, Form.MONTHS)],
        sure=_sure(module, counted, limits),
        certain_and_wrong=_certain_and_wrong(module, counted, limits),
    )


def _form(module: Module, counted: Counts, form: Form, limits: Limits) -> FormPart:
    questions = module.form(form)
    reliability, error = words.reliability([counted.item(form, question.id) for question in questions], limits)
    rows = [_question(counted, question, limits) for question in questions]
    return FormPart(
        form, _name(form), size(counted.totals(form)), sorted(rows, key=lambda row: not row.flags), reliability, error,
    )  # fmt: skip


def _question(counted: Counts, question: Question, limits: Limits) -> QuestionRow:
    answers = counted.item(question.form, question.id)
    right, apart = facility(answers), discrimination(answers)
    options = _drawn(counted, question, right.whole)
    raised = flags(right.whole, apart, options, limits)
    return QuestionRow(
        id=question.id,
        about=question.about,
        flags=[_flag(one) for one in raised],
        facility=words.share(right, limits.facility),
        discrimination=words.apart(apart, right.whole, limits),
        efficiency=words.apart(efficiency(answers), right.whole, limits),
        options=_options(question, options) if right.whole >= limits.facility else [],
    )


def _drawn(counted: Counts, question: Question, answered: int) -> tuple[Drawn, ...]:
    if not isinstance(question, Choice):
        return ()
    return drawn({one.id: one.right for one in question.options}, counted.options(question.form, question.id), answered)


def _options(question: Question, found: tuple[Drawn, ...]) -> list[OptionRow]:
    texts = {one.id: one.text for one in question.options} if isinstance(question, Choice) else {}
    return [OptionRow(one.option, texts[one.option], one.right, words.part(one.share)) for one in found]


def _flag(raised: Raised) -> str:
    if raised.flag is Flag.UNCHOSEN:
        return say("training_measures.flag_unchosen", options=", ".join(raised.options))
    return say(f"training_measures.flag_{raised.flag}")


def _later(module: Module, counted: Counts, form: Form, limits: Limits, today: date) -> LaterPart:
    most, paths = len(module.head.outcomes), counted.paths(form)
    found = gain(paths, most)
    kept = None
    if form in WINDOWS:
        kept = retention(paths, counted.paths(Form.AFTER), counted.finished(), opened(today, WINDOWS[form].first))
    return LaterPart(
        name=_name(form),
        gain=words.gain(found, limits),
        normalised=words.normalised(found, limits),
        outcomes=[
            OutcomeRow(one.text, *words.turns(turned(counted.outcome(form, one.id)), limits)) for one in module.head.outcomes
        ],
        stayed=words.stayed(kept, most, limits) if kept else None,
        done=words.came(kept) if kept else None,
    )  # fmt: skip


def _sure(module: Module, counted: Counts, limits: Limits) -> list[SureRow]:
    every = added([counted.sure(question.form, question.id) for question in module.bank])
    return [
        SureRow(say(f"training_measures.sure_{degree}"), words.share(right, limits.sure)) for degree, right in calibration(every).items()
    ]


def _certain_and_wrong(module: Module, counted: Counts, limits: Limits) -> list[WrongRow]:
    """The questions with the largest shares, first; those with too few answers, or none, are not in it."""
    found: list[tuple[Share, Question]] = []
    for question in module.bank:
        wrong = certain_and_wrong(counted.sure(question.form, question.id))
        if wrong.part and wrong.whole >= limits.sure:
            found.append((wrong, question))
    found.sort(key=lambda one: (-(one[0].value or 0), one[1].id))
    return [WrongRow(question.about, _name(question.form), words.share(wrong, limits.sure)) for wrong, question in found]


def _name(form: Form) -> str:
    return say(f"training_measures.form_{form}")
