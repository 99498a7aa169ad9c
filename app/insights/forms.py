"""The form of an action of the plan."""

from typing import Any

from wtforms import DateField, Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.content.messages import say
from app.relationships import queries as relationships
from app.vocabulary.guarding import ORGANISATIONS, NoIdentifiers

_OURS = NoIdentifiers(ORGANISATIONS)


class ActionForm(Form):
    """What is done, by which role, by when, and which figure it is to move."""

    kind = SelectField()
    what = TextAreaField(validators=[InputRequired(), Length(max=300), _OURS])
    owner = StringField(validators=[InputRequired(), Length(max=80), _OURS])
    due_on = DateField(validators=[InputRequired()])
    measure = SelectField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = relationships.agreed()
        self.kind.choices = [(kind.id, kind.label) for kind in content.kinds]
        self.measure.choices = [(measure.id, measure.label) for measure in content.measures]
        for field in self:
            field.label.text = say(f"plan.{field.short_name}")
            field.description = say(f"plan.{field.short_name}_hint")

    def validate(self, extra_validators: Any = None) -> bool:
        is_right: bool = super().validate(extra_validators)
        for field in self:
            if field.errors and not (isinstance(field, TextAreaField | StringField) and field.data):
                field.errors = [say(f"plan.{field.short_name}_missing")]
        return is_right
