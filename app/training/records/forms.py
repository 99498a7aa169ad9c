"""What is typed into a record. It goes into the document that is sent back, and is kept nowhere."""

import re

from wtforms import BooleanField, Form, StringField
from wtforms.fields import DateField
from wtforms.validators import Optional, ValidationError

from app.content.messages import say

_REGISTRATION = re.compile(r"\d{7}|(?i:SW) ?\d{1,6}")  # Of the General Medical Council, or of Social Work England.
LONGEST_NAME = 100


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class RecordForm(Form):
    """A name and a number of registration for one document; nobody has to give either."""

    name = StringField(filters=[_stripped])
    registration = StringField(filters=[_stripped])
    with_score = BooleanField()

    @property
    def register(self) -> str:
        """Whose register the number is of, by its shape, whoever the module was made for."""
        return "general_practice" if self.registration.data.isdigit() else "social_care"

    def validate_name(self, field: StringField) -> None:
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(say("record.too_long"))

    def validate_registration(self, field: StringField) -> None:
        if field.data and not _REGISTRATION.fullmatch(field.data):
            raise ValidationError(say("record.no_registration"))


class LogForm(Form):
    """From which day to which a log goes."""

    begins = DateField(validators=[Optional()])
    ends = DateField(validators=[Optional()])

    def validate_ends(self, field: DateField) -> None:
        if field.data and self.begins.data and field.data < self.begins.data:
            raise ValidationError(say("record.ends_before"))
