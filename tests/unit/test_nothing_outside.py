"""The guard around unit tests works."""

import socket
import sqlite3

import pytest
import sqlalchemy

from tests.forbidden import Forbidden


def test_no_network() -> None:
    with socket.socket() as probe, pytest.raises(Forbidden):
        probe.connect(("127.0.0.1", 9))


def test_no_sqlite() -> None:
    with pytest.raises(Forbidden):
        sqlite3.connect(":memory:")


def test_no_engine() -> None:
    with pytest.raises(Forbidden):
        sqlalchemy.create_engine("sqlite://").connect()
