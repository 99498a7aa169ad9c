"""Who may use an endpoint, and from where. Every view says it with a decorator; one that does not is refused."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from app.accounts.roles import Role
from app.places import queries as places
from app.tenancy import current

log = logging.getLogger(__name__)
V = TypeVar("V", bound=Callable[..., Any])
LONGEST_KEPT = 50_000
"""Characters of a form that is kept over a sign-in."""
NEVER_KEPT = frozenset({"password", "new_password", "new_password_confirm", "code"})
NO_TEXT = "\x00"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Audience(StrEnum):
    """The kinds of people an endpoint can be for."""

    VISITOR = "visitor"
    """Anybody, without signing in."""
    PERSON = "person"
    """Anybody who is signed in."""
    PRACTICE_LEAD = Role.PRACTICE_LEAD
    SOCIAL_WORKER = Role.SOCIAL_WORKER
    PROVIDER = Role.PROVIDER
    DIRECTORY_EDITOR = Role.DIRECTORY_EDITOR
    COUNCIL_ANALYST = Role.COUNCIL_ANALYST
    COUNCIL_ADMIN = Role.COUNCIL_ADMIN
    PLATFORM_ADMIN = Role.PLATFORM_ADMIN


UNOWNED = frozenset({Audience.VISITOR, Audience.PERSON, Audience.PLATFORM_ADMIN})
"""Audiences that are the same everywhere. All others are of the practice or council whose code stands in the address."""


def open_to(*audiences: Audience) -> Callable[[V], V]:
    """Declare who may use a view: any of these. Put it directly under the route. A view for the people of one practice or
    council takes its code as `code`; to all others it does not exist."""

    def mark(view: V) -> V:
        view.audiences = audiences  # type: ignore[attr-defined]
        return view

    return mark


def audiences_of(app: Flask, endpoint: str) -> tuple[Audience, ...]:
    """What the endpoint's view declares; empty where it declares nothing."""
    found: tuple[Audience, ...] = getattr(app.view_functions[endpoint], "audiences", ())
    return found


def refuse_no_text() -> None:
    """Before each request: nothing of ours is called by the sign that PostgreSQL does not even look for in a text."""
    if any(NO_TEXT in str(value) for value in (request.view_args or {}).values()):
        abort(404)


def refuse_undeclared() -> Response | None:
    """Before each request: an endpoint serves those whom it names, and one that names nobody serves nobody.

    Somebody who is not signed in is asked to; somebody who is, and whom it is not for, learns not even that it exists.
    """
    if not request.endpoint:
        return None
    audiences = audiences_of(current_app, request.endpoint)
    if not audiences:
        write_down("undeclared")
        abort(403)
    if Audience.VISITOR in audiences:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    owners = _owners((request.view_args or {}).get("code", ""))
    if not any(_held(audience, owners) for audience in audiences):
        write_down("not for them")
        abort(404)
    return None


def write_down(why: str) -> None:
    """Put a refusal into the log: why, where and whose session; nothing that was sent."""
    log.warning("%s refused %s to %s: %s", datetime.now(UTC).isoformat(timespec="seconds"), request.endpoint, _who(), why)


def _who() -> str:
    return str(current_user.id) if current_user.is_authenticated else "a visitor"


def _held(audience: Audience, owners: set[str]) -> bool:
    if audience is Audience.PERSON:
        return True
    return bool(({""} if audience in UNOWNED else owners) & set(current().owners(audience)))


def _owners(code: str) -> set[str]:
    """Whose page an address is: a practice's page is its council's administrator's, too."""
    practice = places.practice_or_none(code) if code else None
    return {code, practice.council_code} if practice and practice.council_code else {code}


def _ask_to_sign_in() -> Response:
    """What was being read is opened after signing in; what was being sent is kept until then."""
    if request.method in READING:
        return redirect(url_for("security.login", next=request.full_path.removesuffix("?")), 303)
    keep_what_was_sent()
    return redirect(url_for("security.login", next=url_for("account.go_on")), 303)


def keep_what_was_sent() -> None:
    """Keep a form in the session of the sign-in that follows, so that nothing typed is lost when a session has run out. Of a
    stranger, whose session it never was, nothing is kept."""
    whose = getattr(session, "whose", "")
    if not whose or (request.content_length or 0) > (request.max_content_length or 0):  # A file, which is never kept.
        return
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    if sum(len(name) + len(value) for name, value in fields) <= LONGEST_KEPT:
        session["kept"] = {"path": request.path, "fields": fields, "person": whose}


def refuse_cross_site() -> tuple[str, int] | None:
    """Before each request: another site may not send our forms. The API is open to programs: it takes JSON only,
    which a browser sends from one site to another only with leave that we never give."""
    if request.method in READING or request.path.startswith("/api/") or _sent_from_here():
        return None
    write_down("sent from another site")
    return render_template("accounts/refused.html"), 403


def _sent_from_here() -> bool:
    """What the browser says of where the form stands. A program that is no browser says nothing; it carries no session."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return not current_user.is_authenticated
    try:
        return urlsplit(origin).netloc in (request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc)
    except ValueError:
        return False
