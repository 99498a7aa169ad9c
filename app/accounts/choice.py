"""The one cookie: which practice or council somebody works from. It holds no more than that code."""

from typing import TypeVar

from flask import current_app, request
from werkzeug.wrappers import Response

R = TypeVar("R", bound=Response)

A_YEAR = 365 * 24 * 3600


def cookie_name() -> str:
    """The `__Host-` prefix binds the cookie to this host, but browsers accept it over https only."""
    return "__Host-fp_practice" if current_app.config["HTTPS"] else "fp_practice"


def kept_choice() -> str:
    """What the cookie says; empty where there is none."""
    return request.cookies.get(cookie_name(), "")


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
