"""What is typed into a record. It goes into the document that is sent back, and is kept nowhere."""

from wtforms import BooleanField, Form, StringField
from wtforms.fields import DateField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from app.content.messages import say

GMC, SOCIAL_WORK = r"\d{7}", r"(?i:SW)\s?\d{1,6}"


class RecordForm(Form):
    """A name and a number of registration for one document; nobody has to give either."""

    name = StringField(validators=[Length(max=100, message=say("record.too_long"))], filters=[lambda text: (text or "").strip()])
    registration = StringField(
        validators=[Optional(), Regexp(rf"^\s*(?:{GMC}|{SOCIAL_WORK})\s*$", message=say("record.no_registration"))],
        filters=[lambda text: (text or "").strip()],
    )
    with_score = BooleanField()


class LogForm(Form):
    """From which day to which a log goes."""

    begins = DateField(validators=[Optional()])
    ends = DateField(validators=[Optional()])

    def validate_ends(self, field: DateField) -> None:
        if field.data and self.begins.data and field.data < self.begins.data:
            raise ValidationError(say("record.ends_before"))
