"""What was shown is what is kept: the changes of a sheet travel in the page itself, signed, until somebody presses for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.directory.sheets.columns import as_of
from app.directory.sheets.comparing import Change

LASTS = 3600
"""Seconds between looking and pressing."""
LONGEST = 400_000
"""Characters of the signed changes: a form takes half a million."""


@dataclass(frozen=True)
class Asked:
    """What is to become of a service that looked like this."""

    service_id: str
    as_of: str
    says: Mapping[str, Any]


def signed(changes: Iterable[Change], council: str, person: str) -> str:
    """The changes for this council and this person alone; nothing where they are too long for a form."""
    kept = [(change.service.id, as_of(change.service), change.says) for change in changes]
    text = _signer().dumps({"council": council, "person": person, "changes": kept})
    made = text if isinstance(text, str) else text.decode()
    return made if len(made) <= LONGEST else ""


def unsigned(text: str, council: str, person: str) -> list[Asked] | None:
    """What `signed` made for this council and this person; None for anything else, and after LASTS."""
    try:
        kept = _signer().loads(text, max_age=LASTS)
    except BadData:
        return None
    if (kept["council"], kept["person"]) != (council, person):
        return None
    return [Asked(*one) for one in kept["changes"]]


def _signer() -> URLSafeTimedSerializer:
    config = current_app.config
    return URLSafeTimedSerializer([*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]], salt="changes of a sheet")
