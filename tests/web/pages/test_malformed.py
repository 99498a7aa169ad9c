"""Requests that no browser of ours would send get a page or JSON that says what to do, and never a fault."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

FORM = {"Sec-Fetch-Site": "same-origin"}
COOKIES = [
    'fp_session=\xff\xfe; ;=;a="',
    "fp_session=\x01",
    "fp_practice=%00",
    "fp_practice=council:%00",
    "fp_practice=" + "a" * 60_000,
    "=",
    ";;;",
]


@pytest.mark.both
@pytest.mark.parametrize("cookie", COOKIES)
def test_a_cookie_that_is_none_of_ours_counts_as_no_cookie(client: FlaskClient, cookie: str) -> None:
    for path in ("/practice", "/account"):
        answer = client.get(path, headers={"Cookie": cookie})
        assert answer.status_code in (200, 303)


def test_a_long_header_is_passed_over(client: FlaskClient) -> None:
    assert (
        client.get("/practice", headers={"X-Long": "a" * 200_000, "User-Agent": "b" * 50_000, "Accept-Language": "c," * 20_000}).status_code
        == 200
    )


@pytest.mark.parametrize("path", ["/join", "/practice", "/sign-in", "/sign-in/link", "/ask", "/training"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{bad"),
        ("text/xml", b"<a/>"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken off"),
        ("application/x-www-form-urlencoded", b"code=%ff%fe&email=%c3%28&text=%00"),
        ("no/such; charset=\xff", b"\xff"),
        ("", b"a=b"),
    ],
)
def test_a_form_in_another_shape_gets_a_page_of_ours(client: FlaskClient, path: str, kind: str, body: bytes) -> None:
    answer = client.post(path, data=body, headers=FORM | {"Content-Type": kind})
    assert answer.status_code < 500
    assert answer.status_code == 303 or ("Fingerpost</title>" in answer.text and "</footer>" in answer.text)


def test_json_for_a_page_says_where_json_goes(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data=b"{}", headers=FORM | {"Content-Type": "application/json"})
    assert answer.status_code == 415 and "A program sends JSON" in answer.text


@pytest.mark.parametrize("path", ["/api/assistant", "/api/assistant/wrong"])
@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{bad", 400),
        ("application/json", b"", 400),
        ("application/json", b"\xff\xfe", 400),
        ("application/json", b"[" * 100_000, 400),
        ("application/json", b'{"text": ' + b"9" * 6_000 + b"}", 400),
        ("text/plain", b"{}", 415),
        ("", b"", 415),
    ],
)
def test_a_program_is_told_in_json(app: Flask, client: FlaskClient, path: str, kind: str, body: bytes, status: int) -> None:
    answer = client.post(path, data=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.is_json and "JSON" in answer.json["error"]["message"]
