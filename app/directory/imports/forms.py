"""The form of a council's feed."""

from typing import Any

from flask import current_app
from wtforms import BooleanField, Form, SelectMultipleField, StringField

from app.content.messages import say
from app.directory.fetching import allowed
from app.directory.refusal import Unfetched
from app.vocabulary import queries as vocabulary
from app.vocabulary.guarding import ORGANISATIONS, NoIdentifiers

LONGEST_ADDRESS = 100


def _tidy(text: str | None) -> str:
    return (text or "").strip().rstrip("/")


class PullForm(Form):
    """When a feed is pulled, and what is done with what came."""

    nightly = BooleanField()
    publish_by_itself = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.label.text = say(f"imports.field.{field.short_name}")
            field.description = say(f"imports.hint.{field.short_name}")


class FeedForm(PullForm):
    """A feed by its address, which has to be one that may be asked."""

    address = StringField(filters=[_tidy], validators=[NoIdentifiers(ORGANISATIONS)])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        config = current_app.config
        try:
            allowed(self.address.data, hosts=config["FEED_HOSTS"], development=not config["HTTPS"])
        except Unfetched as refusal:
            self.address.errors = [say(f"imports.why.{refusal.why}")]
        if len(self.address.data) > LONGEST_ADDRESS:
            self.address.errors = [say("imports.address_too_long", most=LONGEST_ADDRESS)]
        return not self.address.errors


class TermForm(Form):
    """Which alternatives a term stands for."""

    alternatives = SelectMultipleField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(vocabulary.alternatives().values(), key=lambda one: one.label)
        self.alternatives.choices = [(one.id, one.label) for one in known]
        self.alternatives.label.text = say("imports.field.alternatives")
        self.alternatives.description = say("imports.hint.alternatives")
