"""A council's live services as a sheet to be edited, and its cells read again as the desk's form has them. What a spreadsheet does to
a cell that nobody touched, such as taking a number's 0 away, is no change."""

from collections.abc import Mapping
from typing import Any

from app.content.messages import say
from app.directory.desk.entry import AGES, CHOICES, SAID, typed_of
from app.directory.doors.shaping import day, phone
from app.directory.doors.sheet import LIST_SEPARATOR
from app.directory.findings import Notebook
from app.directory.service import LiveService, to_record
from app.places.actions import stamp
from app.vocabulary import queries as vocabulary

ID, AS_OF = "id", "as_of"
FIELDS = (
    "name", "organisation", "summary", "description", "status", "accepting", "eligibility", "not_for", "minimum_age", "maximum_age",
    "area_served", "cost", "cost_kind", "wait", "how_to_refer", "self_referral", "professional_referral", "phone", "email", "url",
    "referral_form_url", "opening", "site_name", "site_address", "site_postcode", "access", "languages", "alternatives", "assured_on",
)  # fmt: skip
"""Every field of the desk's form, in its order."""
_TRUE_FALSE = {"true": "yes", "y": "yes", "false": "no", "n": "no"}


def headings() -> dict[str, str]:
    """What each column is called: the two that nobody may change, and the fields as the form calls them."""
    return {name: say(f"sheets.column.{name}") for name in (ID, AS_OF)} | {name: say(f"desk.field.{name}") for name in FIELDS}


def as_of(service: LiveService) -> str:
    """What a service looked like when the sheet was made."""
    return stamp(to_record(service))


def row_of(service: LiveService) -> list[str]:
    """A service as the sheet has it."""
    shown = cells_of(service)
    return [service.id, as_of(service), *(shown[name] for name in FIELDS)]


def cells_of(service: LiveService) -> dict[str, str]:
    """The fields of a service, each as its cell shows it."""
    known = vocabulary.alternatives()
    labels = [known[one].label if one in known else one for one in service.alternatives]
    return typed_of(service) | {"alternatives": f"{LIST_SEPARATOR} ".join(sorted(labels))}


def typed_in(cells: Mapping[str, str], service: LiveService) -> dict[str, Any]:
    """What the form would send of a service where its cells say this; a field whose cell is as it was, or is not there, is not sent."""
    shown = cells_of(service)
    changed = {name: _tidy(name, cell) for name, cell in cells.items() if name in shown}
    changed = {name: text for name, text in changed.items() if text != _tidy(name, shown[name])}
    return changed | ({"alternatives": _ids(changed["alternatives"])} if "alternatives" in changed else {})


def _tidy(name: str, cell: str) -> str:
    text = "\n".join(line.rstrip() for line in cell.strip().splitlines())
    if name == "phone":
        return phone(text, name, Notebook())
    if name == "assured_on":
        year, _, rest = day(text).partition("-")
        return f"{rest[3:5]}/{rest[:2]}/{year}" if len(year) == 4 and len(rest) == 5 else text
    if name in SAID:
        return _TRUE_FALSE.get(text.casefold(), text.casefold())
    if name in CHOICES:
        return text.casefold()
    return text.removesuffix(".0") if name in AGES else text


def _ids(cell: str) -> list[str]:
    """The alternatives that the labels name; a label that none has stays as it is, and is refused."""
    of = {one.label.casefold(): one.id for one in vocabulary.alternatives().values()}
    labels = (part.strip() for part in cell.split(LIST_SEPARATOR))
    return [of.get(label.casefold(), label) for label in labels if label]
