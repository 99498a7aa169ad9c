"""What the pages about signposts show, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.directory import queries as directory
from app.signposts.outcomes import Later, Outcome, Reason
from app.signposts.queries import Given, Sum, summed
from app.ui.numbers import in_groups
from app.vocabulary import queries as vocabulary


@dataclass(frozen=True)
class Row:
    """One signpost in words."""

    code: str
    given: Given
    offered: list[str]


def page_of(given: Given) -> dict[str, Any]:
    """What answer.html shows."""
    return {"row": _row(given), "outcomes": [Outcome.STARTED, Outcome.NOT_REACHED], "reasons": list(Reason), "laters": list(Later)}


def of_practice(given: Sequence[Given], practices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What yours.html shows."""
    total: Sum = summed(given)
    return {"rows": [_row(one) for one in given], "total": total, "practices": [name for _, name in practices], "outcomes": list(Outcome)}


def _row(given: Given) -> Row:
    services = directory.by_ids(list(given.services))
    known = vocabulary.alternatives()
    named = [known[identity].label for identity in given.alternatives if identity in known]
    return Row(in_groups(given.code), given, [services[one].name for one in given.services if one in services] or named)
