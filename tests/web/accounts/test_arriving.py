"""`?ods=` in the address of any page chooses the practice."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.queries import current_place


def test_it_counts_for_this_request_and_the_next(client: FlaskClient) -> None:
    first = client.get("/practice?ods=z99001")
    assert "Beck Lane Surgery" in first.get_data(as_text=True)
    assert first.headers["Set-Cookie"].startswith("fp_practice=Z99001;")
    assert "Beck Lane Surgery" in client.get("/practice").get_data(as_text=True)


def test_it_goes_before_what_was_chosen_earlier(client: FlaskClient) -> None:
    client.get("/practice?ods=Z99001")
    page = client.get("/practice?ods=Z99002").get_data(as_text=True)
    assert "Tanner Row Medical Centre" in page
    assert "Beck Lane Surgery" not in page


@pytest.mark.parametrize("code", ["Z99999", "nonsense", "council:E99000001", "%00", "x" * 4000, "<script>"])
def test_an_unknown_code_is_said_and_chooses_nothing(app: Flask, client: FlaskClient, code: str) -> None:
    client.get("/practice?ods=Z99002")
    with client:
        response = client.get("/practice", query_string={"ods": code})
        practice = current_place().practice
        notice: dict[str, str] = {}
        app.update_template_context(notice)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert practice is not None
    assert practice.ods_code == "Z99002"
    assert "Nothing was chosen" in notice["notice"]


def test_the_api_keeps_no_choice(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/api/nothing?ods=Z99001").headers
