"""The shape of the files that name needs, alternatives, red flags, questions and sources."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from app.content.schema import Figured, Reviewed, Strict

LONGEST_PASSAGE = 120
"""Words of a passage."""

Check = Literal["V", "K", "U"]
"""How far a fact was checked: V read in an authoritative copy, K known law not re-read, U typical and local."""

FEWEST_WORDINGS = 3
"""Ways of asking for one part of an alternative: fewer do not tell it from others."""

Part = Literal["cost", "wait", "lasts", "refer", "who", "what", "write", "runs"]
"""What may be asked of an alternative (the topics of content/reading/asking.yaml)."""

Id = Field(pattern=r"^[a-z][a-z0-9_]*$")


class Source(Strict):
    """Law, guidance or a page that a claim rests on."""

    id: str = Id
    title: str
    check: Check
    note: str = ""


class SourceFile(Reviewed):
    entries: tuple[Source, ...]


class Claim(Strict):
    """A sentence about cost or speed with how far it was checked; U is shown as 'typically; check locally'."""

    text: str = Field(min_length=3, max_length=320)
    check: Check


class Alternative(Figured):
    """One alternative to residential care: what a GP needs to offer it and to refer well.

    `plain_label` and `text_message` are for the person or their family; `for_whom` says whose it is: what is for the unpaid
    carer never stands in a text for the patient. A `duty` is owed by law, so that no council can say that it does not offer it.
    """

    may_be_withdrawn: ClassVar[bool] = True

    id: str = Id
    label: str = Field(max_length=70)
    short_label: str = Field(max_length=28)
    plain_label: str = Field(max_length=60)
    for_whom: Literal["patient", "carer"]
    duty: bool = False
    tier: Literal["core", "support"]
    intrusion: Literal["information", "equipment", "visiting", "moving"]
    summary: str = Field(max_length=260)
    works_when: tuple[str, ...] = Field(min_length=1, max_length=5)
    does_not_work_when: tuple[str, ...] = Field(min_length=1, max_length=5)
    eligibility: str = Field(max_length=480)
    cost: Claim
    speed: Claim
    how_to_refer: str = Field(max_length=420)
    family_can_ask: bool
    not_for: str = Field(default="", max_length=320)
    say_to_patient: str = Field(max_length=420)
    text_message: str = Field(max_length=190)
    write_in_referral: tuple[str, ...] = Field(min_length=2, max_length=6)
    locally_variable: tuple[str, ...] = Field(min_length=1, max_length=6)
    evidence: str = Field(max_length=360)
    responsible: Literal["council", "district", "nhs", "voluntary", "fire_service", "private", "mixed"]
    asked_for_as: tuple[str, ...] = Field(min_length=4)
    asked_as: Mapping[Part, tuple[str, ...]] = Field(default_factory=dict)
    """Ways in which people ask for what one part of this file says, by the topic of that part, where no passage says it."""

    @field_validator("asked_as")
    @classmethod
    def _are_some(cls, asked: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        for part, wordings in asked.items():
            if len(wordings) < FEWEST_WORDINGS:
                raise ValueError(f"{part} has {len(wordings)} wordings; {FEWEST_WORDINGS} is the least")
        return asked


Topic = Literal[
    "charging", "home", "deferred", "topups", "benefits", "care_home", "assessment", "carers", "capacity", "discharge",
    "who_does_what", "speed", "referring", "equipment", "rights",
]  # fmt: skip


class Passage(Figured):
    """The answer to one plain question, in at most 120 words, and ways in which people ask it."""

    id: str = Id
    title: str = Field(max_length=90)
    topics: tuple[Topic, ...] = Field(min_length=1, max_length=2)
    asked_as: tuple[str, ...] = Field(min_length=6, max_length=100)
    text: str
    check: Check

    @field_validator("text")
    @classmethod
    def _is_short(cls, text: str) -> str:
        if len(text.split()) > LONGEST_PASSAGE:
            raise ValueError(f"has {len(text.split())} words; {LONGEST_PASSAGE} is the most")
        return text


Points = Annotated[float, Field(gt=0, le=5, multiple_of=0.25)]
"""How strongly something speaks for an alternative, in quarters."""


class Need(Figured):
    """Something that a text can say about a person, the unpaid carer or the household.

    `answered_by` gives points to the alternatives that it speaks for; their order is the sum of their points.
    """

    id: str = Id
    label: str = Field(max_length=60)
    chip: str = Field(max_length=30)
    about: Literal["patient", "carer", "household", "either"]
    meaning: str = Field(max_length=320)
    asked_for_as: tuple[str, ...] = ()
    answered_by: Mapping[str, Points] = Field(min_length=1)


class RedFlag(Figured):
    """A danger. Level 1 act now, 2 the same day, 3 a safety note. Never a treatment, never a score.

    `followed_by` gives points to the alternatives that follow once the danger has been seen to.
    """

    id: str = Id
    label: str = Field(max_length=60)
    level: Literal[1, 2, 3]
    action: str = Field(max_length=700)
    contacts: tuple[Literal["emergency", "asc_day", "asc_out_of_hours", "safeguarding", "urgent_community_response", "none"], ...] = Field(
        min_length=1
    )
    helplines: tuple[str, ...] = ()
    followed_by: Mapping[str, Points] = Field(default_factory=dict)
    about: Literal["patient", "carer", "household", "either"] = "either"
    safeguarding: bool = False
    """True where abuse or neglect may be at hand: then no code of a signpost is made."""


class Option(Strict):
    """One answer to a question, and what it changes: needs it affirms, alternatives it raises or lowers, flags it raises."""

    id: str = Id
    text: str = Field(max_length=40)
    affirms: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    lowers: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    attribute: str = ""


class Question(Figured):
    """A clarifying question; at most one is asked."""

    id: str = Id
    text: str = Field(max_length=140)
    why: str = Field(max_length=200)
    priority: int = Field(ge=1, le=99)
    ask_if: str
    options: tuple[Option, ...] = Field(min_length=2, max_length=6)


class Fact(Strict):
    """A figure that content relies on, as it is printed, with its condition and how far it was checked."""

    id: str = Id
    value: str
    meaning: str
    check: Check
    sources: tuple[str, ...] = Field(min_length=1)


class FactFile(Reviewed):
    entries: tuple[Fact, ...]


class Term(Strict):
    """An abbreviation of general practice or social care, and what it stands for."""

    short: str
    long: str
    note: str = ""


class Glossary(Figured):
    entries: tuple[Term, ...]


class ToldItem(Strict):
    """Something that social care may need to know: as it is listed, and as its line stands in a referral. `usual` ones hold where a
    council has chosen none, `always` ones whatever it has chosen."""

    id: str = Field(pattern=r"^[a-z_]{3,20}$")
    label: str = Field(min_length=3, max_length=80)
    line: str = Field(min_length=3, max_length=120)
    usual: bool = False
    always: bool = False


class Checklist(Figured):
    entries: tuple[ToldItem, ...]

    @model_validator(mode="after")
    def _each_once(self) -> "Checklist":
        ids = [entry.id for entry in self.entries]
        if len(ids) != len(set(ids)):
            raise ValueError("an id stands twice")
        return self
