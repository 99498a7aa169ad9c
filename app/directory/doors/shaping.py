"""What every table needs to become a record: ids, days, numbers and phone numbers as spreadsheets leave them. Pure."""

import re
from datetime import date, timedelta
from typing import Any

from app.directory.findings import Fault, Notebook
from app.directory.values import number, uuid_of

_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet that stores dates as numbers."""
_DAY_NUMBER = re.compile(r"[3-6]\d{4}(?:\.\d+)?", re.ASCII)
_UK_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?", re.ASCII)
_ZERO_LOST = re.compile(r"[1-9]\d{8,9}", re.ASCII)


def named(record: dict[str, Any], identity: str, source: str) -> dict[str, Any]:
    """The record with the id that its source knows it by as source_id, and a lasting UUID made from that.

    Without an id it gets none, and is refused further on.
    """
    if not identity:
        return record
    return record | {"id": uuid_of(identity, source, Notebook()), "source_id": identity}


def day(cell: str) -> str:
    """A date as year-month-day where it is written as a day number or as day/month/year; as it is otherwise."""
    if _DAY_NUMBER.fullmatch(cell):
        return (_FIRST_DAY + timedelta(days=int(float(cell)))).isoformat()
    match = _UK_DATE.fullmatch(cell)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else cell


def numeric(cell: str) -> float | int | str:
    """The number that the cell holds, or the cell as it is."""
    found = number(cell)
    return cell if found is None else int(found) if found.is_integer() else found


def phone(cell: str, where: str, notes: Notebook) -> str:
    """A phone number, with the 0 in front that a spreadsheet drops when it takes it for a number."""
    if not _ZERO_LOST.fullmatch(cell):
        return cell
    notes.note(Fault.PHONE_WITHOUT_ZERO, where, cell)
    return f"0{cell}"


def given(**values: Any) -> dict[str, Any]:
    """Only what holds something."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
