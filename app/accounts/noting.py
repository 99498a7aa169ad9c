"""What people do with their sign-in, noted in the audit trail. Flask-Security says when; we say what."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from flask_login import user_logged_out
from flask_security import (
    current_user,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)

from app.accounts.models import Person
from app.accounts.standing import memberships
from app.audit.actions import Deed, note
from app.extensions import db

_DEEDS = (
    (user_logged_out, Deed.SIGN_OUT),
    (password_changed, Deed.PASSWORD_CHANGED),
    (password_reset, Deed.PASSWORD_RESET),
    (tf_profile_changed, Deed.SECOND_FACTOR_SET),
    (tf_disabled, Deed.SECOND_FACTOR_REMOVED),
    (wan_registered, Deed.PASSKEY_ADDED),
    (wan_deleted, Deed.PASSKEY_REMOVED),
)
"""What Flask-Security tells of, and what it is to us."""


def init_app(app: Flask) -> None:
    """Listen."""
    for signal, deed in _DEEDS:
        signal.connect(_noted(deed), app, weak=False)
    user_authenticated.connect(_signed_in, app, weak=False)
    user_failed_authn.connect(_failed, app, weak=False)
    app.after_request(_note_unknown)


def _noted(deed: Deed) -> Any:
    def hear(_app: Flask, user: Person, **_: Any) -> None:
        note(by=user.id, what=deed, about=user.id)

    return hear


def _signed_in(_app: Flask, user: Person, authn_via: list[str] | None = None, **_: Any) -> None:
    """Noted for each practice and council of this person, where its administrator reads it: by which step they came in (the second
    is told of without one), and as what."""
    roles: dict[tuple[str | None, str | None], list[str]] = {}
    for held in memberships(user.id):
        roles.setdefault((held.council_code, held.practice_code), []).append(held.role)
    step = authn_via[0] if authn_via else "second_step"
    with db.writing():
        for (council, practice), held_there in (roles or {(None, None): []}).items():
            about = ":".join((step, *sorted(set(held_there))))
            note(by=user.id, what=Deed.SIGN_IN, about=about, council=council, practice=practice)


def _failed(_app: Flask, user: Person, **_: Any) -> None:
    """A password or code that was not right. Who tried is not known; whose account it was is."""
    g.failure_noted = True
    note(by="visitor", what=Deed.SIGN_IN_FAILED, about=user.id)


def _note_unknown(response: Response) -> Response:
    """A sign-in with an address that nobody here has: noted like any other that failed, so that it takes as long."""
    tried = request.endpoint == "security.login" and request.method == "POST" and response.status_code == HTTPStatus.OK
    if tried and not current_user.is_authenticated and not g.pop("failure_noted", False):
        note(by="visitor", what=Deed.SIGN_IN_FAILED, about="nobody")
    return response
