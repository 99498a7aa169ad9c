"""Unit tests are of pure code: a database or a network opened here is an error."""

import socket
import sqlite3
from typing import Any, NoReturn

import pytest
import sqlalchemy

from tests.forbidden import Forbidden


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise Forbidden("a unit test may not open a database or the network; move it to tests/web")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(sqlite3, "connect", refuse)
    monkeypatch.setattr(sqlalchemy.Engine, "connect", refuse)
