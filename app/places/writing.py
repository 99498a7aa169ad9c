"""How people write postcodes and practice codes, and what they mean by it. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

_OUTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_FULL = re.compile(rf"({_OUTCODE})([0-9])([A-Z]{{2}})")
_SECTOR = re.compile(rf"({_OUTCODE})([0-9])")
_SECTOR_SPACED = re.compile(rf"({_OUTCODE})\s+([0-9])")
_AREA = re.compile(_OUTCODE)
_ODS = re.compile(r"[A-Z][0-9]{5}")
_GSS = re.compile(r"[A-Z][0-9]{8}")


class Kind(StrEnum):
    """What a text names."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTCODE = "outcode"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Written:
    """One reading of a text. `key` has no space; `shown` is how people write it."""

    kind: Kind
    key: str
    shown: str


def readings(text: str) -> list[Written]:
    """What the text may mean, likeliest first; empty where it is neither a postcode nor a practice code.

    "OL99" without a space can be the outcode OL99 or the sector OL9 9, so both are given.
    """
    typed = " ".join(text.upper().split())
    tight = typed.replace(" ", "")
    found: list[Written] = []
    if _ODS.fullmatch(tight):
        found.append(Written(Kind.PRACTICE, tight, tight))
    if full := _FULL.fullmatch(tight):
        found.append(Written(Kind.POSTCODE, tight, f"{full[1]} {full[2]}{full[3]}"))
    if _AREA.fullmatch(typed):
        found.append(Written(Kind.OUTCODE, tight, tight))
    if sector := _SECTOR_SPACED.fullmatch(typed) or _SECTOR.fullmatch(typed):
        found.append(Written(Kind.SECTOR, tight, f"{sector[1]} {sector[2]}"))
    return found


def postcode_or_none(text: str) -> Written | None:
    """A full postcode, however it is spaced, or None."""
    return next((reading for reading in readings(text) if reading.kind is Kind.POSTCODE), None)


def ods_code_or_none(text: str) -> str | None:
    """A practice's code in capitals, or None where the text is not one."""
    code = text.strip().upper()
    return code if _ODS.fullmatch(code) else None


def gss_code_or_none(text: str) -> str | None:
    """The code of a council or district, or None where the text is not one."""
    code = text.strip().upper()
    return code if _GSS.fullmatch(code) else None
