"""Text that would be stored is refused where it holds what points to a person. What was typed goes back to whoever typed it."""

from collections.abc import Collection

from wtforms import Field, Form, ValidationError

from app.content.messages import say
from app.vocabulary.identifiers import identify


class Identifies(ValueError):
    """A text to be stored holds identifiers; its own text names their kinds and says what to do."""


ORGANISATIONS = frozenset({"phone", "email", "postcode", "address"})
"""Kinds that an organisation publishes of itself: a council's own words may hold them."""


def refuse_identifiers(text: str, allowed: Collection[str] = ()) -> None:
    """Raises Identifies, titles with names included. To be called before anything else is done with the text."""
    kinds = dict.fromkeys(found.kind for found in identify(text) if found.kind not in allowed)
    if kinds:
        raise Identifies(say("identifier.refused", kinds=", ".join(say(f"identifier.kind.{kind}") for kind in kinds)))


class NoIdentifiers:
    """The validator of a form's field whose text would be stored: the form is shown again with what was typed in it.

    `allowed` are kinds that may stand there, such as ORGANISATIONS.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = allowed

    def __call__(self, _form: Form, field: Field) -> None:
        try:
            refuse_identifiers(field.data or "", self._allowed)
        except Identifies as error:
            raise ValidationError(str(error)) from None
