"""A browser in which a practice's code was typed once: a cookie that is worth nothing after the practice has made a new code."""

import hmac
from hashlib import sha256

from flask import current_app
from werkzeug.wrappers import Response

from app.accounts.queries import practice_code_stamp
from app.ui.cookies import Cookie

OPENED = Cookie("fp_people", seconds=365 * 24 * 3600)


def opened() -> str | None:
    """The practice whose contacts this browser may see."""
    practice, _, sign = OPENED.value.partition(".")
    expected = _sign(practice)
    return practice if expected and hmac.compare_digest(sign.encode(), expected.encode()) else None


def keep_open(response: Response, practice: str) -> Response:
    """Open this browser for a practice."""
    return OPENED.keep(response, f"{practice}.{_sign(practice)}")


def _sign(practice: str) -> str:
    """Of the practice and its present code. "" where it has none."""
    stamp = practice_code_stamp(practice)
    if stamp is None:
        return ""
    return hmac.new(current_app.config["SECRET_KEY"].encode(), f"people {practice} {stamp}".encode(), sha256).hexdigest()
