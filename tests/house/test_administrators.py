"""A council keeps an administrator, and a practice that goes to another council is led from there."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.accounts.models import Membership
from app.extensions import db
from app.places.models import Practice
from tests.house.test_matrix import Built, built  # noqa: F401 - a fixture
from tests.matrix import FROM_HERE
from tests.tenants import ONE, PRACTICE, TWO

LAST = "A council needs an administrator"


def signed_in(app: Flask, who: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("fp_session", f"here-{who}")
    return client


@pytest.mark.parametrize("path", [f"/organisations/{ONE}/people/{{id}}/end", "/account/roles/{id}/leave"])
def test_the_last_administrator_stays(built: Built, path: str) -> None:  # noqa: F811
    app, _ = built
    client = signed_in(app, "council_admin1")
    assert client.post(f"/organisations/{ONE}/people/spare-{ONE}-0/end", headers=FROM_HERE).status_code == 303
    answer = client.post(path.format(id="council_admin1-0"), headers=FROM_HERE)
    assert answer.status_code == 409 and LAST in answer.text
    assert client.get(f"/organisations/{ONE}/people").status_code == 200
    with app.app_context():
        assert db.session.get_one(Membership, "council_admin1-0").ended_at is None


def test_one_of_two_administrators_may_go(built: Built) -> None:  # noqa: F811
    client = signed_in(built[0], "council_admin2")
    assert client.post("/account/roles/council_admin2-0/leave", headers=FROM_HERE).status_code == 303
    assert client.get(f"/organisations/{TWO}/people").status_code == 404


def test_a_practice_that_changed_its_council_is_closed_to_the_old_one(built: Built) -> None:  # noqa: F811
    app, _ = built
    with app.app_context(), db.writing() as session:
        session.execute(update(Practice).where(Practice.ods_code == PRACTICE[ONE]).values(council_code=TWO))
    page = f"/organisations/{PRACTICE[ONE]}/people"
    assert signed_in(app, "council_admin1").get(page).status_code == 404
    assert signed_in(app, "council_admin2").get(page).status_code == 200
    assert signed_in(app, "lead").get(page).status_code == 200
