"""Another site may not send our forms."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

CHOICE = {"choice": "Z99001"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://localhost.evil.example.org"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_form_from_elsewhere_is_refused_and_nothing_is_done(client: FlaskClient, headers: dict[str, str], method: str) -> None:
    response = client.open("/practice/choose", method=method, data=CHOICE, headers=headers)
    assert response.status_code == 403
    assert "sent from another site" in response.get_data(as_text=True)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
)
def test_a_form_from_here_is_taken(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/practice/choose", data=CHOICE, headers=headers).status_code == 303


def test_behind_a_proxy_the_public_address_counts_as_here(app: Flask, client: FlaskClient) -> None:
    headers = {"Origin": "http://localhost", "Host": "inside:8000"}
    assert client.post("/practice/choose", data=CHOICE, headers=headers).status_code == 303


def test_a_link_from_elsewhere_opens(client: FlaskClient) -> None:
    assert client.get("/practice", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_the_api_is_open_to_other_sites(client: FlaskClient) -> None:
    assert client.post("/api/nothing", headers={"Origin": "https://other.example.org"}).status_code == 404
