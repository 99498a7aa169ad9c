"""The forms of practices, people and joining."""

from datetime import date
from typing import Any, TypeVar

from flask import request
from flask_security import hash_password
from flask_security.proxies import _security
from wtforms import BooleanField, Form, PasswordField, RadioField, SelectField, StringField, ValidationError

from app.accounts.emails import in_one_way
from app.accounts.passwords import problem_of
from app.accounts.roles import Role
from app.content.messages import say

F = TypeVar("F", bound=Form)
LEAST = 2
LONGEST = 100
LONGEST_NAME = 120


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


class PracticeForm(Form):
    """One box for a name, a postcode or a code."""

    text = StringField(filters=[_tidy])

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


class AddressForm(Form):
    """An e-mail address, kept in the one way in which it is compared."""

    email = StringField(filters=[_tidy])

    def validate_email(self, field: StringField) -> None:
        """An address that could be written to. Whether anybody has an account with it is never said."""
        field.data = in_one_way(field.data)
        if not field.data:
            raise ValidationError(say("accounts.email_wrong"))


class CloseForm(AddressForm):
    """The address of the account that is to be erased, and that it may be an administrator's who is the last."""

    sure = BooleanField()


class JoinForm(AddressForm):
    """A practice's code, and where the link is to be sent."""

    code = StringField(filters=[_tidy])

    def validate_code(self, field: StringField) -> None:
        """There has to be something; whether it is a practice's code is found out by looking."""
        if not field.data:
            raise ValidationError(say("accounts.code_missing"))


class NewcomerForm(AddressForm):
    """Which of their organisations somebody joins who came from its own sign-in, and where the link is to be sent."""

    organisation = RadioField()


class NameForm(Form):
    """The name that a certificate bears."""

    name = StringField(filters=[_tidy])

    def validate_name(self, field: StringField) -> None:
        """A name of some kind, as it is to stand on certificates."""
        plain = field.data.isprintable() and not any(letter.isdigit() or letter == "@" for letter in field.data)
        if not 1 <= len(field.data) <= LONGEST_NAME or not plain:
            raise ValidationError(say("accounts.name_missing"))


class WelcomeForm(NameForm):
    """A name and a password."""

    password = PasswordField()

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def validate_password(self, field: PasswordField) -> None:
        """Long enough and not soon guessed."""
        field.data = _security.password_util.normalize(field.data or "")
        if problem := problem_of(field.data, (self._email, self.name.data)):
            raise ValidationError(say(f"accounts.password_{problem}"))

    def hashed(self) -> str:
        """What is kept of the password, in the form of Unicode in which signing in compares it."""
        kept: str = hash_password(self.password.data)
        return kept


class InviteForm(AddressForm):
    """Whom to invite, and as what."""

    role = SelectField()


class TrailForm(Form):
    """What to look for: a deed, and from which day to which."""

    what = SelectField(default="")
    since = StringField()
    until = StringField()

    def validate_since(self, field: StringField) -> None:
        """A day, or nothing."""
        _a_day(field)

    def validate_until(self, field: StringField) -> None:
        """A day, or nothing."""
        _a_day(field)


def _a_day(field: StringField) -> None:
    field.data = (field.data or "").strip()
    try:
        field.day = date.fromisoformat(field.data) if field.data else None
    except ValueError:
        raise ValidationError(say("accounts.trail_day")) from None


def labelled(form: F) -> F:
    """The form with the words of its fields, from content."""
    for field in form:
        field.label.text = say(f"accounts.{type(form).__name__.lower()}_{field.short_name}")
        field.description = say(f"accounts.{type(form).__name__.lower()}_{field.short_name}_hint")
    return form


def newcomer_form(organisations: list[tuple[str, str]], email: str) -> NewcomerForm:
    """The form with the organisations that may be joined, and the address that the service gave."""
    form = NewcomerForm(request.form, email=email, organisation=organisations[0][0])
    form.organisation.choices = organisations
    return labelled(form)


def invite_form(roles: list[Role]) -> InviteForm:
    """The form with the roles that may be given here."""
    form = InviteForm(request.form)
    form.role.choices = [(role.value, say(f"role.{role}")) for role in roles]
    return labelled(form)
