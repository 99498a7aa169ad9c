"""Rows of the open data files into columns of our tables. Pure. A row that cannot be used raises Refused."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.places.names import presented
from app.places.writing import gss_code_or_none, ods_code_or_none, postcode_or_none

Cells = Mapping[str, str]
_SPOILT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f�]")


class Refused(ValueError):
    """A row that is kept out: the column, what stands there, and the id of the message that says why."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.value, self.reason = field, value, reason


def postcode_row(cells: Cells) -> dict[str, Any]:
    """postcode, lat, lon, lad_code."""
    return {
        "postcode": _postcode(cells, "postcode").replace(" ", ""),
        "lat": _degrees(cells, "lat", 49.0, 61.5),
        "lon": _degrees(cells, "lon", -9.0, 2.5),
        "lad_code": _gss(cells, "lad_code"),
    }


def practice_row(cells: Cells) -> dict[str, Any]:
    """A practice; names in capitals are written as people write them. A position that is not given stays empty."""
    code = ods_code_or_none(cells["practice_code"])
    if code is None:
        raise Refused("practice_code", cells["practice_code"], "ods_code")
    placed = bool(cells["lat"].strip() and cells["lon"].strip())
    return {
        "ods_code": code,
        "name": _presented(cells, "name", 160),
        "address": _presented(cells, "address", 300, needed=False),
        "postcode": _postcode(cells, "postcode"),
        "phone": _text(cells, "phone", 30, needed=False),
        "lat": _degrees(cells, "lat", 49.0, 61.5) if placed else None,
        "lon": _degrees(cells, "lon", -9.0, 2.5) if placed else None,
        "council_code": _gss(cells, "council_code") if cells["council_code"].strip() else None,
        "pcn_code": _text(cells, "pcn_code_2023", 9, needed=False),
        "pcn_name": _presented(cells, "pcn_name_2023", 160, needed=False),
        "list_size": _count(cells, "list_size"),
        "patients_65plus": _count(cells, "patients_65plus"),
        "opened": _day(cells, "open_date"),
    }


def council_row(cells: Cells) -> dict[str, Any]:
    """A council with its position, the mean of its postcodes."""
    return {
        "code": _gss(cells, "council_code"),
        "name": _text(cells, "council_name", 120),
        "lat": _degrees(cells, "lat", 49.0, 61.5),
        "lon": _degrees(cells, "lon", -9.0, 2.5),
    }


def district_row(cells: Cells) -> dict[str, Any]:
    """A district; in Scotland and Wales, where the duties are under other law, it is kept without a council."""
    english = cells["country"].strip() == "England"
    return {
        "code": _gss(cells, "lad_code"),
        "name": _text(cells, "lad_name", 120),
        "council_code": _gss(cells, "social_care_council_code") if english else None,
    }


def _gss(cells: Cells, field: str) -> str:
    code = gss_code_or_none(cells[field])
    if code is None:
        raise Refused(field, cells[field], "gss_code")
    return code


def _postcode(cells: Cells, field: str) -> str:
    written = postcode_or_none(cells[field])
    if written is None:
        raise Refused(field, cells[field], "postcode")
    return written.shown


def _degrees(cells: Cells, field: str, least: float, most: float) -> float:
    try:
        value = float(cells[field])
    except ValueError:
        raise Refused(field, cells[field], "not_a_number") from None
    if not least <= value <= most:
        raise Refused(field, cells[field], "outside_britain")
    return value


def _text(cells: Cells, field: str, longest: int, *, needed: bool = True) -> str:
    text = " ".join(cells[field].split(" ")).strip()
    if _SPOILT.search(text):
        raise Refused(field, cells[field], "unreadable")
    if len(text) > longest:
        raise Refused(field, cells[field], "too_long")
    if needed and not text:
        raise Refused(field, cells[field], "empty")
    return text


def _presented(cells: Cells, field: str, longest: int, *, needed: bool = True) -> str:
    name = presented(_text(cells, field, longest, needed=needed))
    if len(name) > longest:  # Some capitals are two signs as small letters.
        raise Refused(field, cells[field], "too_long")
    return name


def _count(cells: Cells, field: str) -> int | None:
    text = cells[field].strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Refused(field, cells[field], "not_a_count")
    return int(text)


def _day(cells: Cells, field: str) -> date | None:
    text = cells[field].strip()
    try:
        return datetime.strptime(text, "%Y%m%d").date() if text else None
    except ValueError:
        raise Refused(field, cells[field], "not_a_day") from None
