"""Who may use an endpoint, and from where. Every view says it with a decorator; one that does not is refused."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, render_template, request

V = TypeVar("V", bound=Callable[..., Any])
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Audience(StrEnum):
    """The kinds of people an endpoint can be for."""

    VISITOR = "visitor"
    """Anybody, without signing in."""


def open_to(audience: Audience) -> Callable[[V], V]:
    """Declare who may use a view. Put it directly under the route."""

    def mark(view: V) -> V:
        view.audience = audience  # type: ignore[attr-defined]
        return view

    return mark


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    """What the endpoint's view declares, or None."""
    return getattr(app.view_functions[endpoint], "audience", None)


def refuse_undeclared() -> None:
    """Before each request: an endpoint that does not say who may use it serves nobody."""
    if request.endpoint and audience_of(current_app, request.endpoint) is None:
        abort(403)


def refuse_cross_site() -> tuple[str, int] | None:
    """Before each request: another site may not send our forms. The API is open to programs: it takes JSON only,
    which a browser sends from one site to another only with leave that we never give."""
    if request.method in READING or request.path.startswith("/api/") or _sent_from_here():
        return None
    return render_template("accounts/refused.html"), 403


def _sent_from_here() -> bool:
    """What the browser says of where the form stands; programs that are no browser say nothing and carry no cookie of others."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in (request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc)
