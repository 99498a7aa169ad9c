"""Sessions kept by the server: the browser holds a token that means nothing, and a row can be ended from anywhere.

A visitor has none. A row is made when there is something to keep: the state of a sign-in that is under way, or who signed in.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import CallbackDict

from app.accounts.browsers import name_of
from app.accounts.models import Membership, Person, SignIn
from app.accounts.roles import GUARDED
from app.extensions import db
from app.tenancy import EVERYTHING, acting

UNDER_WAY = timedelta(minutes=30)
"""How long the state of a sign-in that nobody finished is kept."""
SHORT = (timedelta(minutes=30), timedelta(hours=12))
"""Idle and whole life of a session whose person sees or changes more than their own record."""
LONG = (timedelta(hours=12), timedelta(days=7))
"""Idle and whole life of a learner's session."""
NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is known when a session was last used, so that not every page writes."""

_PERSON = "_user_id"
_TEXT = TaggedJSONSerializer()


class Session(CallbackDict[str, Any], SessionMixin):
    """What is kept between two requests, and which row it came from."""

    def __init__(self, initial: dict[str, Any] | None = None, token: str = "", row: SignIn | None = None) -> None:
        super().__init__(initial or {}, lambda changed: setattr(changed, "modified", True))
        self.token = token
        self.seen_at = row.seen_at if row else None
        self.was = self.get(_PERSON)
        self.modified = False


class StoredSessions(SessionInterface):
    """Flask's door to the rows."""

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-fp_session" if app.config["HTTPS"] else "fp_session"

    def open_session(self, app: Flask, request: Request) -> Session:
        token = request.cookies.get(self.get_cookie_name(app), "")
        if not token:
            return Session()
        try:
            row = db.session.scalar(select(SignIn).where(SignIn.token_hash == hashed(token)))
        except SQLAlchemyError:  # The page that says so has to be shown without a session.
            return Session()
        if row is None or not is_alive(row, datetime.now(UTC)):
            return Session(token=token)
        return Session(_TEXT.loads(row.data), token, row)

    def save_session(self, app: Flask, session: Session, response: Response) -> None:  # type: ignore[override]
        session.pop("fs_cc", None)  # Flask-Security's mark that the sign-in page was seen: no reason to keep a row.
        if not session:
            if session.token:
                self._end(session)
                self._forget(app, response)
            return
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
        now = datetime.now(UTC)
        if session.seen_at is None or session.get(_PERSON) != session.was:
            self._begin(app, session, response, now)
        elif session.modified or now - session.seen_at > NOTED_EVERY:
            with db.writing() as writing:
                row = writing.get(SignIn, hashed(session.token), populate_existing=True)
                if row is not None:  # Ended from elsewhere while this request ran: it stays ended.
                    row.data, row.seen_at = _TEXT.dumps(dict(session)), now

    def _begin(self, app: Flask, session: Session, response: Response, now: datetime) -> None:
        """A new token whenever somebody signs in or out, so that one that was planted before is worth nothing."""
        token = secrets.token_urlsafe(32)
        with db.writing() as writing:
            if session.seen_at is not None:
                writing.execute(delete(SignIn).where(SignIn.token_hash == hashed(session.token)))
            person = None
            if session.get(_PERSON):
                person = writing.scalar(select(Person.id).where(Person.fs_uniquifier == session[_PERSON]))
            idle, whole = _life(person)
            writing.add(
                SignIn(
                    token_hash=hashed(token), person_id=person, data=_TEXT.dumps(dict(session)), browser=name_of(request.user_agent.string),
                    began_at=now, seen_at=now, idle_seconds=int(idle.total_seconds()), ends_at=now + whole,
                )
            )  # fmt: skip
        response.set_cookie(self.get_cookie_name(app), token, path="/", httponly=True, samesite="Lax", secure=bool(app.config["HTTPS"]))

    def _end(self, session: Session) -> None:
        with db.writing() as writing:
            writing.execute(delete(SignIn).where(SignIn.token_hash == hashed(session.token)))

    def _forget(self, app: Flask, response: Response) -> None:
        response.delete_cookie(self.get_cookie_name(app), path="/", httponly=True, samesite="Lax", secure=bool(app.config["HTTPS"]))


def hashed(token: str) -> str:
    """What is kept of a token: enough to know it again, too little to use."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(row: SignIn, now: datetime) -> bool:
    """Whether the session was used lately enough and has not come to its whole life's end."""
    return now < row.ends_at and now < row.seen_at + timedelta(seconds=row.idle_seconds)


def _life(person: str | None) -> tuple[timedelta, timedelta]:
    if person is None:
        return UNDER_WAY, UNDER_WAY
    with acting(EVERYTHING):
        roles = set(db.session.scalars(select(Membership.role).where(Membership.person_id == person, Membership.ended_at.is_(None))))
    return SHORT if roles & GUARDED else LONG
