"""What a page or program sends, checked. Pure; nothing of it is kept."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.assistant.answering import Conversation
from app.vocabulary.assertion import State

LONGEST_TEXT = 20_000
MOST_TURNS = 30

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Key = Annotated[str, Field(max_length=120)]


class Ask(BaseModel):
    """The body of POST /api/assistant; only `text` is required."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    earlier: Annotated[list[Text], Field(max_length=MOST_TURNS)] = []
    answers: Annotated[dict[Key, Key], Field(max_length=20)] = {}
    flipped: Annotated[dict[Key, State], Field(max_length=200)] = {}
    council: Annotated[str, Field(max_length=9)] | None = None
    near: Annotated[str, Field(max_length=60)] | None = None

    def conversation(self, gives: Sequence[str]) -> Conversation:
        """The turns, oldest first, with corrections of things that exist."""
        known = frozenset(gives)
        flipped = {key: state.value for key, state in self.flipped.items() if key.split(":", 1)[0] in known}
        return Conversation((*self.earlier, self.text), self.answers, flipped)


def pairs(values: Sequence[str]) -> dict[str, str]:
    """Fields of a form that hold "key=value", several joined by commas; a later one replaces an earlier."""
    found: dict[str, str] = {}
    for value in values:
        for item in value.split(","):
            key, equals, what = item.partition("=")
            if equals:
                found[key] = what
    return found


def joined(entries: Mapping[str, str]) -> list[str]:
    """The reverse of `pairs`, one entry an item, for hidden fields."""
    return [f"{key}={value}" for key, value in entries.items()]
