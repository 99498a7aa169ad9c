"""Every kind of person at every address: what is not theirs does not exist; and each rule that says so is missed when it goes."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.extensions import Base
from tests.matrix import PEOPLE, Kept, build, tried


@pytest.fixture
def built(sqlite_app: Flask) -> Iterator[tuple[Flask, Kept]]:
    """No application context is open, so that one request leaves nothing to the next."""
    build(sqlite_app)
    yield sqlite_app, Kept(sqlite_app)
    with sqlite_app.extensions["owner"].begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_meets_what_is_theirs_and_nothing_else(built: tuple[Flask, Kept], who: str) -> None:
    number, wrong = tried(*built, people=[who])
    assert wrong == []
    assert number > len(list(built[0].url_map.iter_rules()))
