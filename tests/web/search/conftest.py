"""A fresh index for each test, in step with the directory at once instead of after a second."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.search import sync
from app.search.sync import Keeper
from tests.web.search.made import place_the_council

Find = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def fresh_index(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sync, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(sync, "PATIENCE", 30.0)
    shutil.rmtree(app.config["DATA_DIR"] / "index", ignore_errors=True)
    app.extensions["search_index"] = Keeper(app)
    place_the_council()
    yield
    shutil.rmtree(app.config["DATA_DIR"] / "index", ignore_errors=True)
    app.extensions["search_index"] = Keeper(app)


@pytest.fixture
def answer(client: FlaskClient) -> Callable[..., Any]:
    """The API's answer to a search."""

    def ask(q: str, **more: Any) -> Any:
        response = client.get("/api/search", query_string={"q": q, **more})
        assert response.status_code == 200, response.text
        return response.get_json()

    return ask


@pytest.fixture
def find(answer: Callable[..., Any]) -> Find:
    """The names of what a search finds, the best first."""
    return lambda q, **more: [hit["name"] for hit in answer(q, **more)["results"]]
