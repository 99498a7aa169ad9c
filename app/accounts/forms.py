"""The form in which somebody looks for their practice."""

from flask import request
from wtforms import Form, StringField, ValidationError

from app.content.messages import say

LEAST = 2
LONGEST = 100


class PracticeForm(Form):
    """One box for a name, a postcode or a code."""

    text = StringField(filters=[lambda text: " ".join((text or "").split())])

    def validate_text(self, field: StringField) -> None:
        """Two letters at least; not longer than any practice's name."""
        if len(field.data) < LEAST:
            raise ValidationError(say("accounts.nothing_typed"))
        if len(field.data) > LONGEST:
            raise ValidationError(say("accounts.too_long"))


def practice_form() -> PracticeForm:
    """The form with what was sent, if anything."""
    form = PracticeForm(request.form)
    form.text.label.text = say("accounts.field")
    form.text.description = say("accounts.field_hint")
    return form
