"""The form of a directory entry, as an editor fills it in."""

from datetime import date
from typing import Any

from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.content.messages import say
from app.directory.desk.entry import YES_NO, read_entry, typed_of
from app.directory.extras import COST_KINDS
from app.directory.queries import LiveService
from app.directory.values import STATUSES
from app.places.queries import locate
from app.vocabulary import queries as vocabulary
from app.vocabulary.guarding import ORGANISATIONS, NoIdentifiers


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


class NoNewIdentifiers(NoIdentifiers):
    """What the entry says already is not the editor's: only what they typed is judged."""

    def __call__(self, form: Form, field: Field) -> None:
        if field.data != field.object_data:
            super().__call__(form, field)


_OURS = NoNewIdentifiers(ORGANISATIONS)


class EntryForm(Form):
    """What matters of a service. It is filled with what the directory says now."""

    name = StringField(filters=[_tidy], validators=[_OURS])
    organisation = StringField(filters=[_tidy], validators=[_OURS])
    summary = StringField(filters=[_tidy], validators=[_OURS])
    description = TextAreaField(filters=[_tidy], validators=[_OURS])
    status = SelectField()
    accepting = RadioField()
    eligibility = TextAreaField(filters=[_tidy], validators=[_OURS])
    not_for = TextAreaField(filters=[_tidy], validators=[_OURS])
    minimum_age = StringField(filters=[_tidy], validators=[_OURS])
    maximum_age = StringField(filters=[_tidy], validators=[_OURS])
    area_served = StringField(filters=[_tidy], validators=[_OURS])
    cost = TextAreaField(filters=[_tidy], validators=[_OURS])
    cost_kind = SelectField()
    wait = StringField(filters=[_tidy], validators=[_OURS])
    how_to_refer = TextAreaField(filters=[_tidy], validators=[_OURS])
    self_referral = RadioField()
    professional_referral = RadioField()
    phone = StringField(filters=[_tidy], validators=[_OURS])
    email = StringField(filters=[_tidy], validators=[_OURS])
    url = StringField(filters=[_tidy], validators=[_OURS])
    referral_form_url = StringField(filters=[_tidy], validators=[_OURS])
    opening = TextAreaField(filters=[_tidy], validators=[_OURS])
    site_name = StringField(filters=[_tidy], validators=[_OURS])
    site_address = StringField(filters=[_tidy], validators=[_OURS])
    site_postcode = StringField(filters=[_tidy], validators=[_OURS])
    access = TextAreaField(filters=[_tidy], validators=[_OURS])
    languages = TextAreaField(filters=[_tidy], validators=[_OURS])
    alternatives = SelectMultipleField()
    assured_on = StringField(filters=[_tidy])

    def __init__(self, sent: Any, before: LiveService) -> None:
        super().__init__(sent, data=typed_of(before))
        self._before = before
        self.after = before
        for field in self:
            field.label.text = say(f"desk.field.{field.short_name}")
            field.description = say(f"desk.hint.{field.short_name}")
        self.status.choices = [(status, say(f"desk.status.{status}")) for status in STATUSES]
        self.cost_kind.choices = [(kind, say(f"desk.cost_kind.{kind}")) for kind in ("", *COST_KINDS)]
        known = sorted(vocabulary.alternatives().values(), key=lambda one: one.label)
        self.alternatives.choices = [(one.id, one.label) for one in known]
        for said in (self.accepting, self.self_referral, self.professional_referral):
            said.choices = [(word, say(f"desk.said.{word}")) for word in YES_NO]

    def validate(self, extra_validators: Any = None) -> bool:
        """Puts what was typed into `after`, where all of it can be used; otherwise says at each field what to mend."""
        if not super().validate(extra_validators):
            return False
        typed = {field.short_name: field.data for field in self}
        self.after, unusable = read_entry(typed, self._before, date.today(), locate)
        for name, fault in unusable.items():
            self._fields[name].errors = [say(f"desk.problem.{fault}")]
        return not unusable
