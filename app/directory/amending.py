"""What a council's editors say of a service, laid over what its source says. Pure.

An amendment names fields of a service, as `to_record` writes them, and their new values; None takes a value away. It holds
whatever the source says later, until it is undone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.directory.service import LiveService, from_record, to_record

WITHDRAWN = "withdrawn"
"""Instead of a field: true takes the service out of the directory, whoever lists it."""
MERGED_INTO = "merged_into"
"""Beside it: the id of the service that stays in its place."""
APART_FROM = "apart_from"
"""Instead of a field: the id of a service that looks the same and is another one. The directory stays as it is."""
_NOT_FIELDS = frozenset({WITHDRAWN, MERGED_INTO, APART_FROM})
_NEWEST = "assured_on"

AMENDABLE = frozenset({
    "name", "organisation", "summary", "description", "status", "accepting", "area_served", "assured_on", "sites", "lat", "lon", "cost",
    "cost_kind", "wait", "phone", "email", "url", "referral_form_url", "how_to_refer", "self_referral", "professional_referral",
    "eligibility", "not_for", "minimum_age", "maximum_age", "opening", "online", "access", "languages", "alert", "alternatives",
    *_NOT_FIELDS,
})  # fmt: skip
"""What an editor may change. Where a service comes from and which councils it serves are the source's to say."""


def refuse_unknown(says: Mapping[str, Any]) -> None:
    """Raises ValueError, which names them, where fields cannot be amended."""
    if unknown := sorted(says.keys() - AMENDABLE):
        raise ValueError(", ".join(unknown))


def amended(service: LiveService, amendments: Sequence[Mapping[str, Any]]) -> LiveService | None:
    """The service with the amendments laid over it, oldest first; None where they take it out. The later of two days of checking
    counts, so that a check by the source after the editor's is not hidden."""
    if not amendments:
        return service
    record = to_record(service)
    for says in amendments:
        if says.get(WITHDRAWN):
            return None
        checked = [day for day in (record.get(_NEWEST), says.get(_NEWEST)) if day]
        for name, value in says.items():
            if name in _NOT_FIELDS:
                continue
            if value is None:
                record.pop(name, None)
            else:
                record[name] = value
        if _NEWEST in says and checked:
            record[_NEWEST] = max(checked)
    return from_record(record)


def changes(before: LiveService, after: Mapping[str, Any]) -> dict[str, Any]:
    """The amendment that makes of `before` a service with the fields of the record `after`; empty where nothing differs."""
    record = to_record(before)
    return {
        name: after.get(name) for name in sorted(after.keys() | record.keys()) if name in AMENDABLE and after.get(name) != record.get(name)
    }
