"""Which practice or council somebody works from: in a cookie that holds no more than that code, or in the forms of a page.

In a frame of another site a browser neither keeps nor sends our cookies. There the page's own forms carry the code.
"""

from typing import TypeVar

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

R = TypeVar("R", bound=Response)

A_YEAR = 365 * 24 * 3600


def cookie_name() -> str:
    """The `__Host-` prefix binds the cookie to this host, but browsers accept it over https only."""
    return "__Host-fp_practice" if current_app.config["HTTPS"] else "fp_practice"


def kept_choice() -> str:
    """What the cookie says, else what a form carries; empty where there is neither."""
    return request.cookies.get(cookie_name(), "") or _carried_choice()


def _carried_choice() -> str:
    try:
        return request.form.get("choice", "")
    except RequestEntityTooLarge:  # The page that says so asks for the place as well.
        return ""


def is_framed() -> bool:
    """Whether the browser asks for this page in order to show it in a frame."""
    return request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame")


def keep(response: R, choice: str) -> R:
    """Remember the choice for a year."""
    response.set_cookie(
        cookie_name(), choice, max_age=A_YEAR, path="/", httponly=True, samesite="Lax", secure=bool(current_app.config["HTTPS"])
    )
    return response


def forget(response: R) -> R:
    """Take the choice away again, and with it the only cookie."""
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=bool(current_app.config["HTTPS"]))
    return response
