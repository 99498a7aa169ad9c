"""The shape of content/measures.yaml."""

from collections import Counter
from typing import Literal

from pydantic import Field, field_validator, model_validator

from app.content.schema import Reviewed, Strict
from app.events.kinds import Event

KINDS = {kind.kind: kind for kind in Event.__subclasses__()}


class Source(Strict):
    """What a measure counts: events of one kind, filtered, split and weighted by their facts.

    `where`: facts that must have these values. `each`: the fact that holds what is counted separately, one id or several.
    `subject`: what those ids are. `amount`: the fact to add up, a number or how many ids there are; otherwise 1 an event.
    """

    event: str
    where: dict[str, bool] = {}
    each: str = ""
    subject: Literal["", "need", "alternative", "module"] = ""
    amount: str = ""

    @model_validator(mode="after")
    def _names_exist(self) -> "Source":
        if self.event not in KINDS:
            raise ValueError(f"there is no event {self.event!r}; there are {', '.join(sorted(KINDS))}")
        facts = KINDS[self.event].__dataclass_fields__
        for fact in (*self.where, self.each, self.amount):
            if fact and fact not in facts:
                raise ValueError(f"{self.event} has no fact {fact!r}; it has {', '.join(facts)}")
        if bool(self.each) != bool(self.subject):
            raise ValueError("each and subject go together")
        return self


class Measure(Strict):
    """One figure: what it means, what it counts and what it cannot say."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    name: str = Field(max_length=60)
    definition: str = Field(max_length=200)
    counted: str = Field(max_length=300)
    denominator: str = Field(max_length=200)
    limits: str = Field(max_length=600)
    version: int = Field(ge=1)
    page: Literal["headline", "learning", "needs", "alternatives"]
    source: Source


class MeasureFile(Reviewed):
    """All measures, in the order of the page."""

    measures: tuple[Measure, ...] = Field(min_length=1)

    @field_validator("measures")
    @classmethod
    def _ids_differ(cls, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
        for identity, times in Counter(measure.id for measure in measures).items():
            if times > 1:
                raise ValueError(f"{identity!r} is declared {times} times")
        return measures
