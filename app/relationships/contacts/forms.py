"""The forms of contacts and of questions."""

from typing import Any

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.content.messages import say
from app.relationships.contacts.actions import STAFF
from app.vocabulary.guarding import ORGANISATIONS, NoIdentifiers

_OF_STAFF, _OURS = NoIdentifiers(STAFF), NoIdentifiers(ORGANISATIONS)


class Worded(Form):
    """A form whose labels and problems are messages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.label.text = say(f"contacts.{field.short_name}")
            field.description = say(f"contacts.{field.short_name}_hint")

    def validate(self, extra_validators: Any = None) -> bool:
        is_right: bool = super().validate(extra_validators)
        for field in self:
            if field.errors and not field.data:
                field.errors = [say("contacts.empty")]
            elif field.errors and len(field.data) > _longest(field):
                field.errors = [say("contacts.too_long", most=_longest(field))]
        return is_right

    @property
    def said(self) -> dict[str, str]:
        """What was typed, by field."""
        return {field.short_name: (field.data or "").strip() for field in self}


class TeamForm(Worded):
    """Whom a practice rings."""

    team = StringField(validators=[Length(max=80), _OF_STAFF])
    team_number = StringField(validators=[Length(max=30), _OF_STAFF])
    team_hours = StringField(validators=[Length(max=120), _OF_STAFF])


class PracticeForm(Worded):
    """Whom social care rings."""

    bypass_number = StringField(validators=[Length(max=30), _OF_STAFF])
    link_worker = StringField(validators=[Length(max=80), _OF_STAFF])
    meetings = StringField(validators=[Length(max=160), _OF_STAFF])


class DeskForm(Worded):
    """Who sees to questions. Both empty: nobody can ask."""

    owner = StringField(validators=[Length(max=80), _OURS])
    hours = StringField(validators=[Length(max=120), _OURS])


class QuestionForm(Worded):
    """A general question."""

    question = TextAreaField(validators=[InputRequired(), Length(max=400), NoIdentifiers()])


class AnswerForm(Worded):
    """The answer to one."""

    answer = TextAreaField(validators=[InputRequired(), Length(max=1200), _OURS])


def _longest(field: Any) -> int:
    longest: int = max(one.max for one in field.validators if isinstance(one, Length))
    return longest
