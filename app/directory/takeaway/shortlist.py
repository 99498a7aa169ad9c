"""The services that somebody put aside: in a cookie of this browser that holds their ids, and nowhere else."""

import re
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from werkzeug.wrappers import Response

from app.ui.cookies import Cookie

R = TypeVar("R", bound=Response)

MOST = 12
"""Services on a shortlist; what one person can be given to choose from is fewer."""
SHORTLIST = Cookie("fp_shortlist", seconds=24 * 3600)
"""A shortlist is made for one person: by the next day it is gone."""
_ID = re.compile(r"[0-9a-f]{32}")


def shortlisted() -> list[str]:
    """The ids of the services put aside, the first put aside first."""
    return read(SHORTLIST.value)


def keep(response: R, ids: Sequence[str]) -> R:
    """Remember these services; without any, take the cookie away."""
    return SHORTLIST.keep(response, written(ids)) if ids else SHORTLIST.forget(response)


def read(text: str) -> list[str]:
    """The ids in a cookie's value; what is none is left out."""
    return list(dict.fromkeys(str(UUID(part)) for part in text.split(".") if _ID.fullmatch(part)))[:MOST]


def written(ids: Sequence[str]) -> str:
    """A cookie's value from which `read` gets the same ids."""
    return ".".join(UUID(one).hex for one in ids)
