"""A practice of each council, their people, and a browser in a surgery."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.roles import Role
from tests.tenants import ONE, PRACTICE, SECOND_PRACTICE, TWO, add_services, make_places
from tests.web.accounts.browser import new_person
from tests.web.signposts.loop import DOVE, FAR, KITE, ROOK, WREN


@pytest.fixture(autouse=True)
def places(app: Flask) -> None:
    make_places()
    add_services()
    new_person(app, WREN, (Role.LEARNER, ONE, PRACTICE[ONE]))
    new_person(app, ROOK, (Role.LEARNER, ONE, SECOND_PRACTICE))
    new_person(app, DOVE, (Role.SOCIAL_WORKER, ONE, None))
    new_person(app, KITE, (Role.PROVIDER, ONE, None))
    new_person(app, FAR, (Role.SOCIAL_WORKER, TWO, None))


@pytest.fixture
def surgery(client: FlaskClient) -> FlaskClient:
    """A browser in which a practice was chosen, without signing in."""
    client.set_cookie("fp_practice", PRACTICE[ONE], domain="localhost")
    return client
