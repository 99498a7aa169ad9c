"""Checking a password takes long; nobody else waits for it to write."""

import sqlite3
from typing import Any

import pytest
from flask import Flask
from passlib.context import CryptContext
from passlib.hash import argon2
from sqlalchemy import update

from app.accounts.models import Person
from tests.web.accounts.browser import PASSWORD, Browser, change, new_person, rows

WREN = "wren@example.org"


@pytest.mark.parametrize(("email", "password"), [(WREN, PASSWORD), (WREN, "not this one"), ("nobody@example.org", "not this one")])
def test_somebody_else_writes_while_a_password_is_being_checked(
    app: Flask, monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    new_person(app, WREN)
    written = []

    def beside(name: str) -> None:
        real = getattr(CryptContext, name)

        def then(*args: Any, **how: Any) -> Any:
            other = sqlite3.connect(app.extensions["database"].url.database, timeout=0)
            other.execute("UPDATE person SET name = 'Wren Ash'")  # Fails at once where somebody holds the write lock.
            other.commit()
            other.close()
            written.append(name)
            return real(*args, **how)

        monkeypatch.setattr(CryptContext, name, then)

    beside("verify")
    beside("hash")
    assert Browser(app).sign_in(email, password).status_code == (302 if password == PASSWORD else 200)
    assert written and [person.name for person in rows(app, Person)] == ["Wren Ash"]


@pytest.mark.both
@pytest.mark.usefixtures("in_earnest")
def test_a_password_that_is_kept_in_an_older_way_is_kept_in_the_new_one_after_signing_in(app: Flask) -> None:
    new_person(app, WREN)
    weak = argon2.using(memory_cost=1024, rounds=1).hash(PASSWORD)
    change(app, update(Person).values(password=weak))
    assert Browser(app).sign_in(WREN, "not this one").status_code == 200
    assert rows(app, Person)[0].password == weak
    for _ in range(2):
        assert Browser(app).sign_in(WREN).status_code == 302
        (person,) = rows(app, Person)
        assert person.password != weak and not argon2.needs_update(person.password)
