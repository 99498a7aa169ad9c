"""What every content file carries, whatever it is about."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

NOT_CHECKED = "not yet checked by a clinician"


class Strict(BaseModel):
    """A part of a content file. A key that the schema does not know is an error, so a misspelt key is found."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Withdrawn(Strict):
    """From which day a text no longer holds, and why. `instead` is the id of another of its kind that is nearest to it."""

    on: date
    why: str = Field(min_length=3, max_length=200)
    instead: str = ""

    @model_validator(mode="before")
    @classmethod
    def _read_on(cls, given: object) -> object:
        # YAML takes a bare "on" for true.
        return {"on" if key is True else key: value for key, value in given.items()} if isinstance(given, dict) else given


class Reviewed(Strict):
    """The head of every content file: who wrote it, from what, and until when it stands."""

    may_be_withdrawn: ClassVar[bool] = False

    author: str = Field(min_length=3)
    clinical_check: str = NOT_CHECKED
    sources: tuple[str, ...] = Field(min_length=1)
    reviewed: date
    next_review: date
    withdrawn: Withdrawn | None = None

    @field_validator("withdrawn")
    @classmethod
    def _only_what_may(cls, withdrawn: Withdrawn | None) -> Withdrawn | None:
        if withdrawn and not cls.may_be_withdrawn:
            raise PydanticCustomError("cannot_be_withdrawn", "only an alternative or a page of text can be withdrawn")
        return withdrawn

    @model_validator(mode="after")
    def _review_comes_later(self) -> "Reviewed":
        if self.next_review <= self.reviewed:
            raise ValueError("next_review must be later than reviewed")
        return self

    def overdue(self, today: date) -> bool:
        """True when the review date has passed, so that the page and the check can say so."""
        return today > self.next_review

    def past_review(self, today: date) -> str:
        """The review date as JSON keeps it where it has passed, else nothing."""
        return self.next_review.isoformat() if self.overdue(today) else ""

    def withdrawn_by(self, today: date) -> bool:
        """True from the day on which the file says that it is withdrawn."""
        return self.withdrawn is not None and self.withdrawn.on <= today


class Figured(Reviewed):
    """The head of a file whose text people read: where each number in it comes from.

    `figures` maps the number as it stands in the text ("six weeks", "£23,250") to the id of a fact in facts.yaml, or of a source
    in sources.yaml that the file names.
    """

    figures: Mapping[str, str] = Field(default_factory=dict)
