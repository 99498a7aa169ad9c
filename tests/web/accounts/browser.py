"""A person's browser, a second one beside it, and the post that comes to them."""

import html
import re
import time
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from secrets import token_urlsafe
from typing import Any

from flask import Flask
from flask.json.tag import TaggedJSONSerializer
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.models import Membership, Person, SignIn
from app.accounts.passwords import SHORTEST
from app.accounts.sessions import hashed
from app.extensions import Base, db
from app.jobs.models import Letter
from app.tenancy import EVERYTHING, acting

PASSWORD = "kettle sings at dawn"  # noqa: S105 - invented
OTHER = "moss on a slate roof"
assert len(PASSWORD) >= SHORTEST


@dataclass
class Browser:
    """Sends each request in a context of its own, as a server does, so that nothing of one is known to the next."""

    app: Flask
    address: str = "203.0.113.9"
    agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140"
    https: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def open(self, path: str, **how: Any) -> TestResponse:
        """Ask for one page; redirects are not followed."""
        how.setdefault("base_url", "https://localhost" if self.https else "http://localhost")
        environ = {"REMOTE_ADDR": self.address, "HTTP_USER_AGENT": self.agent}
        headers = {"Sec-Fetch-Site": "same-origin", **self.headers, **how.pop("headers", {})}
        response: TestResponse = Context().run(self.client.open, path, environ_overrides=environ, headers=headers, **how)
        assert response.status_code < 500, f"{path}: {response.status_code}"
        return response

    def get(self, path: str, **how: Any) -> TestResponse:
        return self.open(path, method="GET", **how)

    def post(self, path: str, data: dict[str, Any] | None = None, **how: Any) -> TestResponse:
        return self.open(path, method="POST", data=data or {}, **how)

    def follow(self, response: TestResponse) -> TestResponse:
        """To where the redirects end."""
        for _ in range(6):
            if response.status_code not in (302, 303):
                return response
            response = self.get(response.headers["Location"])
        raise AssertionError(f"redirected without end, to {response.headers['Location']}")

    def sign_in(self, email: str, password: str = PASSWORD, **how: Any) -> TestResponse:
        return self.post("/sign-in", {"email": email, "password": password}, **how)

    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200

    @property
    def token(self) -> str:
        """What the session's cookie holds."""
        name = "__Host-fp_session" if self.https else "fp_session"
        cookie = self.client.get_cookie(name)
        return cookie.value if cookie else ""

    def carry(self, token: str) -> None:
        """Hold this session's cookie, as somebody does who has stolen or planted it."""
        self.client.set_cookie("fp_session", token, path="/")


@dataclass
class Authenticator:
    """The app on somebody's phone."""

    key: str

    def code(self, ahead: int = 0) -> str:
        """The six digits of now, or of some half minutes later or earlier. Waits where this half minute is nearly over."""
        if time.time() % 30 > 26:
            time.sleep(4.1)
        token: str = TOTP(key=self.key).generate(time.time() + 30 * ahead).token
        return token


def signed_in(app: Flask, email: str, **how: Any) -> Browser:
    """The browser of somebody who has signed in just now, by whatever steps."""
    browser, now, token = Browser(app, **how), datetime.now(UTC), token_urlsafe(8)
    with app.app_context(), acting(EVERYTHING), db.writing() as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        data = {"_user_id": person.fs_uniquifier, "_fresh": True, "fs_paa": now.timestamp()}
        session.add(
            SignIn(
                token_hash=hashed(token), person_id=person.id, data=TaggedJSONSerializer().dumps(data), browser="Edge, Windows",
                began_at=now, seen_at=now, idle_seconds=1800, ends_at=now + timedelta(hours=12),
            )
        )  # fmt: skip
    browser.carry(token)
    return browser


def command(app: Flask, *words: str) -> str:
    """Run `flask WORDS` and give back what it said; a failing one fails the test."""
    ran = Context().run(app.test_cli_runner().invoke, args=words)
    assert ran.exit_code == 0, ran.output
    return ran.output


def said(response: TestResponse) -> str:
    """The page as somebody reads it, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))).split())


def letters(app: Flask, to: str) -> list[Letter]:
    """What was written to an address, the newest first."""
    with app.app_context():
        return list(db.session.scalars(select(Letter).where(Letter.recipient == to).order_by(Letter.made_at.desc())))


def link_in(letter: Letter) -> str:
    """The path of the link in a letter, which begins with the public address."""
    found = re.search(r"http://localhost(/\S+)", letter.body)
    assert found, letter.body
    return found.group(1)


def last_link(app: Flask, to: str) -> str:
    return link_in(letters(app, to)[0])


@cache
def kept_password() -> str:
    """What is kept of PASSWORD. It is made once: making it is slow, as it has to be."""
    return str(hash_password(PASSWORD))


def new_person(app: Flask, email: str, *roles: tuple[str, str | None, str | None], name: str = "Ola Marsh") -> str:
    """Somebody with a password and with roles (role, council, practice). Says their id."""
    now = datetime.now(UTC)
    with app.test_request_context(), acting(EVERYTHING), db.writing() as session:
        person = Person(email=email, name=name, password=kept_password(), active=True, made_at=now, roles=())
        session.add(person)
        session.flush()
        for role, council, practice in roles:
            session.add(Membership(person_id=person.id, role=role, council_code=council, practice_code=practice, since=now))
        return person.id


def change(app: Flask, statement: Any) -> None:
    """Change rows as time would."""
    with app.app_context(), acting(EVERYTHING), db.writing() as session:
        session.execute(statement)


def rows(app: Flask, model: Any) -> list[Any]:
    with app.app_context(), acting(EVERYTHING):
        return list(db.session.scalars(select(model)))


def tables_with(app: Flask, *words: str) -> set[str]:
    """Tables that hold one of these words in any column."""
    found = set()
    with app.extensions["owner"].connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                if any(word in str(value) for word in words for value in row):
                    found.add(table.name)
    return found


def set_up_app(browser: Browser, key_page: TestResponse | None = None) -> Authenticator:
    """Set up an authenticator app, signed in or when it is asked for on signing in."""
    page = key_page or browser.post("/account/authenticator", {"setup": "authenticator"})
    text = page.get_data(as_text=True)
    key = re.search(r'fp-key">([^<]*)<', text)
    action = re.search(r'<form method="post" action="([^"]*(?:/sign-in/code|/account/authenticator/)[^"]*)"', text)
    assert key and action, text
    phone = Authenticator(key.group(1).replace("-", "").replace(" ", ""))
    done = browser.follow(browser.post(html.unescape(action.group(1)), {"code": phone.code(-1)}))
    assert done.status_code == 200, said(done)
    return phone
