"""The shape of a kit's file, kit.yaml. Its papers are ordinary reviewed pages."""

from pydantic import Field, model_validator

from app.content.schema import Figured, Strict
from app.training.schema import Slug

KIT = "kit.yaml"


class Step(Strict):
    """One part of a meeting: how long it takes, what happens, and what whoever leads it says or looks out for."""

    minutes: int = Field(ge=1, le=45)
    title: str = Field(min_length=3, max_length=80)
    what: str = Field(min_length=20, max_length=700)
    lead: str = Field(default="", max_length=500)


class Meeting(Strict):
    """A meeting of both professions. `minutes` is what its steps take together."""

    id: str = Slug
    title: str = Field(max_length=80)
    minutes: int = Field(ge=5, le=120)
    aim: str = Field(min_length=20, max_length=300)
    beforehand: tuple[str, ...] = ()
    bring: tuple[str, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=3)
    vignettes: tuple[str, ...] = ()
    leave_with: tuple[str, ...] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _steps_fill_it(self) -> "Meeting":
        taken = sum(step.minutes for step in self.steps)
        if taken != self.minutes:
            raise ValueError(f"the steps take {taken} minutes and the meeting {self.minutes}; make them equal")
        return self


class Judged(Strict):
    """Something that each profession judges by itself, before the answers are laid side by side. None of the answers is the right one."""

    id: str = Slug
    text: str = Field(min_length=10, max_length=200)
    answers: tuple[str, ...] = Field(min_length=2, max_length=6)


class Vignette(Strict):
    """The story of an older person, to be judged separately and then compared."""

    id: str = Slug
    title: str = Field(max_length=80)
    vignette: str = Field(min_length=80, max_length=1200)
    judged: tuple[Judged, ...] = Field(min_length=2, max_length=5)
    compare: tuple[str, ...] = Field(min_length=2, max_length=5)


class KitFile(Figured):
    """kit.yaml. `taster` is a short meeting for those who are not sure yet; `papers` are what gets people into the room."""

    slug: str = Slug
    title: str = Field(max_length=80)
    version: str = Field(pattern=r"^\d{4}\.\d+$", max_length=20)
    summary: str = Field(max_length=400)
    people: tuple[str, ...] = Field(min_length=2)
    taster: Meeting
    meetings: tuple[Meeting, ...] = Field(min_length=1)
    vignettes: tuple[Vignette, ...] = Field(min_length=1)
    papers: tuple[str, ...] = Field(min_length=1)

    @property
    def all_meetings(self) -> tuple[Meeting, ...]:
        """The taster, then the meetings in their order."""
        return (self.taster, *self.meetings)
