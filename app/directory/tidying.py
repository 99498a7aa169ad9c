"""The shape of a feed's record put right: nothing empty, lists where lists belong. Pure."""

from typing import Any

from app.directory.findings import Fault, Notebook

LISTS = frozenset({
    "accessibility", "addresses", "attributes", "contacts", "cost_options", "languages", "phones", "schedules",
    "service_areas", "service_at_locations", "service_capacity",
})  # fmt: skip


def tidy(value: dict[str, Any], where: str, notes: Notebook) -> dict[str, Any]:
    """The object without null, empty or blank values, and with a list of objects under every name in LISTS."""
    found: dict[str, Any] = {}
    for name, item in value.items():
        if isinstance(item, str) and item and not item.isspace() and name not in LISTS:
            found[name] = item
            continue
        path = f"{where}.{name}" if where else name
        kept = _kept(_as_list(item, path, notes) if name in LISTS else item, path, notes)
        if kept is not None:
            found[name] = kept
        elif not notes.speaks_of(path):
            notes.note(Fault.EMPTY_VALUE, path, "" if item is None else item)
    return found


def _kept(item: Any, path: str, notes: Notebook) -> Any:
    """The value with its empty parts taken out, or None where nothing is left."""
    if isinstance(item, str):
        return item if item.strip() else None
    if isinstance(item, dict):
        return tidy(item, path, notes) or None
    if isinstance(item, list):
        return [kept for part in item if (kept := _kept(part, path, notes)) is not None] or None
    return item


def _as_list(item: Any, path: str, notes: Notebook) -> Any:
    if item is None or item == "":
        return None
    if isinstance(item, dict):
        notes.note(Fault.NOT_A_LIST, path, item)
        return [item]
    if not isinstance(item, list) or any(not isinstance(part, dict) for part in item):
        notes.note(Fault.WRONG_TYPE, path, item)
        return [part for part in item if isinstance(part, dict)] if isinstance(item, list) else None
    return item
