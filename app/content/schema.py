"""What every content file carries, whatever it is about."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, model_validator

NOT_CHECKED = "not yet checked by a clinician"


class Strict(BaseModel):
    """A part of a content file. A key that the schema does not know is an error, so a misspelt key is found."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Reviewed(Strict):
    """The head of every content file: who wrote it, from what, and until when it stands."""

    author: str = Field(min_length=3)
    clinical_check: str = NOT_CHECKED
    sources: tuple[str, ...] = Field(min_length=1)
    reviewed: date
    next_review: date

    @model_validator(mode="after")
    def _review_comes_later(self) -> "Reviewed":
        if self.next_review <= self.reviewed:
            raise ValueError("next_review must be later than reviewed")
        return self

    def overdue(self, today: date) -> bool:
        """True when the review date has passed, so that the page and the check can say so."""
        return today > self.next_review
