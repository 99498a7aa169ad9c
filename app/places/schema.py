"""The schema of a council's file: its numbers, its forms and its towns."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.content.schema import Reviewed, Strict

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{8}$")]
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


class TownEntry(Strict):
    """A place name and its position in WGS84 degrees."""

    name: str = Field(min_length=2, max_length=80)
    lat: Latitude
    lon: Longitude


class CouncilFile(Strict):
    """A council with adult social care duties, as its own file describes it. `about` says who wrote a file that is content."""

    about: Reviewed | None = None
    code: Code
    name: str = Field(min_length=2, max_length=120)
    is_demonstration: bool = False
    asc_name: str | None = Field(default=None, max_length=120)
    contacts: Contacts
    asc_form_url: Https | None = None
    asc_email: Mail | None = None
    towns: tuple[TownEntry, ...] = ()

    @model_validator(mode="after")
    def _each_town_once(self) -> "CouncilFile":
        if len({town.name.casefold() for town in self.towns}) < len(self.towns):
            raise ValueError("two towns have the same name")
        return self

    def kept_contacts(self) -> dict[str, object]:
        """What is kept of the contacts: only what was given."""
        lines = {name: line.model_dump() for name, line in self.contacts if line.number}
        ways = {"asc_form_url": self.asc_form_url, "asc_email": self.asc_email}
        return lines | {name: value for name, value in ways.items() if value}

    def missing(self) -> list[str]:
        """The lines that have no number, and the name of adult social care where it is not given."""
        lines = [f"contacts.{name}.number" for name, line in self.contacts if not line.number]
        return lines if self.asc_name else ["asc_name", *lines]
