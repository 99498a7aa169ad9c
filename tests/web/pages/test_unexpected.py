"""An error that nobody foresaw is in the log with its place, and with nothing of what was sent."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.accounts.access import Audience, open_to
from app.schema import upgrade
from config import Settings

SENT = ("wren-fell", "kettle sings", "moss-on-slate")


@pytest.fixture
def running(tmp_path: Path) -> Flask:
    """As it runs, not as it is tested: errors are answered and not passed on."""
    app = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}))
    upgrade(app.extensions["database"])
    return app


def test_the_database_fails_under_somebody_who_signs_in(running: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with running.extensions["database"].begin() as connection:
        connection.execute(text("ALTER TABLE person RENAME TO person_gone"))
    form = {"email": f"{SENT[0]}@example.org", "password": SENT[1]}
    answer = running.test_client().post(f"/sign-in?next=/{SENT[2]}", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 500
    assert "unexpected error: POST security.login" in caplog.text
    assert "OperationalError" in caplog.text
    assert not [word for word in SENT if word in caplog.text + answer.text]
    running.extensions["database"].dispose()


def test_an_error_that_repeats_what_was_sent(running: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fail(word: str) -> str:
        try:
            int(word)
        except ValueError as error:
            raise RuntimeError(f"cannot read {word}") from error
        return ""

    running.add_url_rule("/fails/<word>", "pages.fails", open_to(Audience.VISITOR)(fail))
    answer = running.test_client().get(f"/fails/{SENT[0]}?q={SENT[2]}")
    assert answer.status_code == 500
    assert "builtins.RuntimeError" in caplog.text and "builtins.ValueError" in caplog.text and "in fail" in caplog.text
    assert not [word for word in SENT if word in caplog.text + answer.text]
    running.extensions["database"].dispose()
