"""The form of one question."""

from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, ValidationError

from app.content.messages import say
from app.training.schema import Question


def question_form(question: Question, posted: MultiDict[str, str] | None = None) -> BaseForm:
    """A form with one field, `answer`; its legend is the question's stem."""
    single = question.kind == "single"
    field = (RadioField if single else SelectMultipleField)(
        question.stem,
        [InputRequired(say("training_choose_one" if single else "training_choose_some")), _only_options_of(question)],
        description="" if single else say("training_all_that_apply"),
        choices=[SelectChoice(option.id, option.text) for option in question.options],
        validate_choice=False,
    )
    form = BaseForm({"answer": field})
    form.process(posted)
    return form


def chosen(form: BaseForm) -> frozenset[str]:
    """The ids of the options chosen in a form that is valid."""
    data = form["answer"].data
    return frozenset([data] if isinstance(data, str) else data)


def _only_options_of(question: Question) -> object:
    ids = {option.id for option in question.options}

    def check(form: BaseForm, _field: Field) -> None:
        if not chosen(form) <= ids:
            raise ValidationError(say("training_not_an_option"))

    return check
