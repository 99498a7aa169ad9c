"""The cookies that a visitor may have: what they chose, by its code, and nothing about them."""

from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, request
from werkzeug.wrappers import Response

R = TypeVar("R", bound=Response)


@dataclass(frozen=True)
class Cookie:
    """A cookie of this host only, out of reach of scripts, kept for some seconds."""

    plain_name: str
    seconds: int

    @property
    def name(self) -> str:
        """The `__Host-` prefix binds the cookie to this host, but browsers accept it over https only."""
        return f"__Host-{self.plain_name}" if current_app.config["HTTPS"] else self.plain_name

    @property
    def value(self) -> str:
        """What the browser sent; empty where it has none."""
        return request.cookies.get(self.name, "")

    def keep(self, response: R, value: str) -> R:
        response.set_cookie(
            self.name, value, max_age=self.seconds, path="/", httponly=True, samesite="Lax", secure=bool(current_app.config["HTTPS"])
        )
        return response

    def forget(self, response: R) -> R:
        response.delete_cookie(self.name, path="/", httponly=True, samesite="Lax", secure=bool(current_app.config["HTTPS"]))
        return response
