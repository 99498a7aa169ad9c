"""The form of one question: an answer of its kind, and how sure one is, which nobody has to say."""

from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, ValidationError

from app.content.messages import say
from app.training.marking import Given
from app.training.schema import Choice, Matching, Ordering, Question

SURE = ("1", "2", "3")


def question_form(question: Question, posted: MultiDict[str, str] | None = None, prefix: str = "") -> BaseForm:
    """A form whose fields other than `sure` are the answer; `answer` of a choice, one for each place or pair otherwise.

    `prefix` begins the name of each field, where several forms stand on one page.
    """
    fields: dict[str, Any] = _choice(question) if isinstance(question, Choice) else _places(question)
    sure = [SelectChoice(one, say(f"training_sure_{one}")) for one in SURE]
    fields["sure"] = RadioField(say("training_how_sure"), choices=sure, validate_choice=False, description=say("training_sure_is_yours"))
    form = BaseForm(fields, prefix=prefix)
    form.process(posted)
    return form


def given(form: BaseForm) -> Given:
    """The answer in a form that is valid."""
    if "answer" in form:
        data = form["answer"].data
        return tuple(sorted([data] if isinstance(data, str) else set(data)))
    return tuple(field.data for field in answer_fields(form))


def sure(form: BaseForm) -> int | None:
    """How sure somebody said that they are, from 1 to 3."""
    said = form["sure"].data
    return int(said) if said in SURE else None


def answer_fields(form: BaseForm) -> list[Field]:
    """The fields of the answer, in their order."""
    return [field for field in form if field.short_name != "sure"]


def _choice(question: Choice) -> dict[str, Any]:
    single = question.kind == "single"
    field = (RadioField if single else SelectMultipleField)(
        question.stem,
        [InputRequired(say("training_choose_one" if single else "training_choose_some")), _one_of({one.id for one in question.options})],
        description="" if single else say("training_all_that_apply"),
        choices=[SelectChoice(option.id, option.text) for option in question.options],
        validate_choice=False,
    )
    return {"answer": field}


def _places(question: Ordering | Matching) -> dict[str, Any]:
    if isinstance(question, Ordering):
        shown = sorted(question.steps, key=lambda step: step.id)
        choices = [(step.id, step.text) for step in shown]
        names = {f"place_{number}": say("training_place", number=number) for number in range(1, len(shown) + 1)}
        options = dict.fromkeys(names, choices)
        further = [_each_once]
    else:
        names = {f"pair_{pair.id}": pair.text for pair in question.pairs}
        options = {
            f"pair_{pair.id}": [(f"{pair.id}.{number}", answer) for number, answer in enumerate(question.answers, start=1)]
            for pair in question.pairs
        }
        further = []
    return {name: _select(label, options[name], further) for name, label in names.items()}


def _select(label: str, options: list[tuple[str, str]], further: Sequence[Callable[[Form, Field], None]]) -> Any:
    checks = [InputRequired(say("training_choose_for", what=label)), _one_of({value for value, _ in options}), *further]
    return SelectField(label, checks, choices=[("", say("training_not_chosen")), *options], validate_choice=False, default="")


def _one_of(known: set[str]) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        sent = {field.data} if isinstance(field.data, str) else set(field.data or ())
        if not sent <= known:
            raise ValidationError(say("training_not_an_option"))

    return check


def _each_once(form: Form, field: Field) -> None:
    earlier = [one.data for one in form if one.short_name.startswith("place_") and one.short_name < field.short_name]
    if field.data in earlier:
        raise ValidationError(say("training_placed_twice", what=field.label.text))
