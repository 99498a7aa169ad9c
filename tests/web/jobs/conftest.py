"""A mail server for a test, and the application told of it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from config import Settings
from tests.web.jobs.sink import Sink

MailAt = Callable[[str], None]


@pytest.fixture
def mail_at(app: Flask, monkeypatch: pytest.MonkeyPatch) -> MailAt:
    """Give the application this MAIL_URL."""

    def give(url: str) -> None:
        environ = {"DATA_DIR": str(app.config["DATA_DIR"]), "PUBLIC_URL": app.config["PUBLIC_URL"], "MAIL_URL": url}
        monkeypatch.setitem(app.config, "MAIL", Settings.from_environ(environ).mail)

    return give


@pytest.fixture
def sink(mail_at: MailAt) -> Iterator[Sink]:
    with Sink() as server:
        mail_at(f"smtp://127.0.0.1:{server.port}?from=post@example.org")
        yield server
