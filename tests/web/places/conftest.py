"""A way to run the commands of this package."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from app.cli.council import group as council_group
from app.cli.places import group as places_group


@pytest.fixture
def run(app: Flask) -> Callable[..., object]:
    """Runs a command of this package as the shell would."""

    def run(*words: str) -> object:
        group = {"places": places_group, "council": council_group}[words[0]]
        return FlaskCliRunner(app).invoke(group, list(words[1:]))

    return run
