"""The box that the assistant is asked in, and the fields of a report that its answer is wrong."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.assistant.conversation import LONGEST_TEXT, MOST_TURNS, Ask, pairs
from app.assistant.reporting import LISTS
from app.content.messages import say


def report_fields(formdata: MultiDict[str, str]) -> Mapping[str, object]:
    """The fields as they were sent, for `read_report`."""
    return {name: formdata.getlist(name) if name in LISTS else formdata[name] for name in formdata}


class AskForm(Form):
    """A message, with the council that the patient lives in."""

    text = TextAreaField()
    council = StringField(validators=[Length(max=9)])

    def __init__(self, formdata: MultiDict[str, str]) -> None:
        super().__init__(formdata)
        self.earlier = formdata.getlist("earlier")
        self.answers = pairs(formdata.getlist("answer"))
        self.flipped = pairs(formdata.getlist("flip"))
        if added := formdata.get("add"):
            self.flipped[added] = "present"

    def validate_text(self, field: TextAreaField) -> None:
        if len(field.data or "") > LONGEST_TEXT:
            raise ValidationError(say("assistant.too_long", limit=f"{LONGEST_TEXT:,}"))
        if not (field.data or "").strip() and not self.earlier:
            raise ValidationError(say("assistant.empty"))
        if len(self.earlier) > MOST_TURNS:
            raise ValidationError(say("assistant.too_many_turns", limit=MOST_TURNS))

    @property
    def is_new_turn(self) -> bool:
        """False when only a chip or an answer was pressed."""
        return bool((self.text.data or "").strip())

    def ask(self) -> Ask:
        """The same as the body of the API. Raises pydantic's ValidationError on fields that only a program can get wrong."""
        turns = [*self.earlier, self.text.data] if self.is_new_turn else list(self.earlier)
        return Ask.model_validate({"text": turns[-1], "earlier": turns[:-1], "answers": self.answers, "flipped": self.flipped})
