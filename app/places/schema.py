"""The schema of a council's file: its numbers, its forms and its towns."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.content.schema import Reviewed, Strict

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{8}$")]
OdsCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{5}$")]
Latitude = Annotated[float, Field(ge=49.0, le=61.5)]
Longitude = Annotated[float, Field(ge=-9.0, le=2.5)]
Number = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ]{1,18}$")]
Https = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)]
Mail = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=120)]


class Contact(Strict):
    """A line that answers, when, and what to know before ringing. Without a number it counts as missing."""

    number: Number | None = None
    hours: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=300)


class Contacts(Strict):
    """The numbers that a GP needs in the council's area."""

    asc_day: Contact = Contact()
    asc_out_of_hours: Contact = Contact()
    safeguarding: Contact = Contact()
    urgent_community_response: Contact = Contact()


class CouncilWords(Strict):
    """What a council calls its adult social care, where it is reached, and what it looks for before it assesses or provides."""

    asc_name: str | None = Field(default=None, max_length=120)
    asc_form_url: Https | None = None
    asc_email: Mail | None = None
    thresholds: str = Field(default="", max_length=600)
    contacts: Contacts

    def kept_contacts(self) -> dict[str, object]:
        """What is kept of the contacts: only what was given."""
        lines = {name: line.model_dump() for name, line in self.contacts if line.number}
        ways = {"asc_form_url": self.asc_form_url, "asc_email": self.asc_email}
        return lines | {name: value for name, value in ways.items() if value}

    def missing(self) -> list[str]:
        """The lines that have no number, and the name of adult social care where it is not given."""
        lines = [f"contacts.{name}.number" for name, line in self.contacts if not line.number]
        return lines if self.asc_name else ["asc_name", *lines]


class Duty(StrEnum):
    """What a district council answers for where a county has two tiers."""

    HOUSING = "housing"
    HOME_ADAPTATION_GRANT = "home_adaptation_grant"
    HOMELESSNESS = "homelessness"


class DistrictEntry(Strict):
    """A district below a county council: what it answers for, and its number."""

    code: Code
    duties: tuple[Duty, ...] = ()
    number: Number | None = None


class NeighbourhoodEntry(Strict):
    """A neighbourhood, or another group that the council plans with, and the practices in it by their ODS codes."""

    name: str = Field(min_length=2, max_length=80)
    practices: tuple[OdsCode, ...]


class InvitationEntry(Strict):
    """Somebody to invite when the file is loaded: to a role of the council, or of the practice that is named."""

    email: Mail
    role: Annotated[str, StringConstraints(pattern=r"^[a-z_]{3,20}$")]
    practice: OdsCode | None = None


class TownEntry(Strict):
    """A place name and its position in WGS84 degrees."""

    name: str = Field(min_length=2, max_length=80)
    lat: Latitude
    lon: Longitude


class LocalAlternative(Strict):
    """What the council says of one alternative in its area. What it leaves out stays with the general text.

    `professionals` is a number for practices only, never for patients; `wait` and `result` are said with their day.
    """

    offered: bool = True
    name: str = Field(default="", max_length=80)
    number: Number | None = None
    professionals: Number | None = None
    form_url: Https | None = None
    who_may: str = Field(default="", max_length=300)
    cost: str = Field(default="", max_length=200)
    wait: str = Field(default="", max_length=120)
    wait_on: date | None = None
    result: str = Field(default="", max_length=200)
    result_on: date | None = None
    note: str = Field(default="", max_length=240)

    @model_validator(mode="after")
    def _figures_have_a_day(self) -> "LocalAlternative":
        for figure, day, name in ((self.wait, self.wait_on, "wait"), (self.result, self.result_on, "result")):
            if bool(figure) != bool(day):
                raise ValueError(f"give {name} and {name}_on together: a figure without its day cannot be shown")
        return self


class CouncilFile(CouncilWords):
    """A council with adult social care duties, as its own file describes it. `about` says who wrote a file that is content.

    Who is invited stands in the file, too, so that one file sets up a council: see app/cli/council.py.
    """

    about: Reviewed | None = None
    code: Code
    name: str = Field(min_length=2, max_length=120)
    is_demonstration: bool = False
    towns: tuple[TownEntry, ...] = ()
    alternatives: dict[str, LocalAlternative] = {}
    checklist: tuple[str, ...] = ()
    districts: tuple[DistrictEntry, ...] = ()
    neighbourhoods: tuple[NeighbourhoodEntry, ...] = ()
    invitations: tuple[InvitationEntry, ...] = ()

    @model_validator(mode="after")
    def _each_practice_once(self) -> "CouncilFile":
        codes = [code for group in self.neighbourhoods for code in group.practices]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"{', '.join(twice)} stands in more than one neighbourhood")
        return self

    @model_validator(mode="after")
    def _each_town_once(self) -> "CouncilFile":
        if len({town.name.casefold() for town in self.towns}) < len(self.towns):
            raise ValueError("two towns have the same name")
        return self

    def kept_alternatives(self) -> dict[str, dict[str, object]]:
        """What is kept of the alternatives, by id: only what was given."""
        return {name: entry.model_dump(mode="json", exclude_defaults=True) for name, entry in self.alternatives.items()}
