"""Security headers on every response, and what Mozilla's Observatory would make of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from app import create_app
from app.accounts.access import Audience, open_to
from app.places import actions as places
from app.schema import upgrade
from app.ui.headers import FRAMED
from config import Settings
from tests.web.ui import observatory
from tests.web.ui.observatory import A_PLUS, CHECKS, Seen

GP_SYSTEM = "https://gp-system.example.org"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NAMED = {"slug": "help", "identity": "telecare", "code": "E99000001", "council": "E99000001", "page": "1"}
SAMPLES = defaultdict(lambda: "none", NAMED)
"""What stands in an address for each of its parts."""


def made(folder: Path, **settings: str) -> Iterator[Flask]:
    environ = {"DATA_DIR": str(folder), "SECRET_KEY": "for tests only", "PUBLIC_URL": "https://fingerpost.example.org", **settings}
    app = create_app(Settings.from_environ(environ))
    upgrade(app.extensions["database"])
    with app.app_context():
        council = {"code": "E99000001", "name": "Marlshire Council", "contacts": {}}
        places.load_council(council=places.CouncilFile.model_validate(council), by="command line")
    yield app
    app.extensions["database"].dispose()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application as it is outside development."""
    yield from made(tmp_path_factory.mktemp("public"))


@pytest.fixture
def visitor(public: Flask) -> FlaskClient:
    client = public.test_client()
    client.environ_base |= {"wsgi.url_scheme": "https"}
    return client


def many_tries(visitor: FlaskClient) -> TestResponse:
    answers = [visitor.post("/sign-in/link", data={"email": "sam@example.org"}) for _ in range(8)]
    return answers[-1]


def broken(visitor: FlaskClient) -> TestResponse:
    app = visitor.application
    view = app.view_functions["pages.figures"]
    app.view_functions["pages.figures"] = open_to(Audience.VISITOR)(lambda: 1 / 0)
    try:
        return visitor.get("/figures")
    finally:
        app.view_functions["pages.figures"] = view


def not_ready(visitor: FlaskClient) -> TestResponse:
    with visitor.application.extensions["database"].begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'x' || version_num"))
    try:
        return visitor.get("/readyz")
    finally:
        with visitor.application.extensions["database"].begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = substr(version_num, 2)"))


def icon(visitor: FlaskClient, **headers: str) -> TestResponse:
    with visitor.get("/static/icon.svg", headers=headers) as response:
        return response


ANSWERS: dict[str, tuple[int, Callable[[FlaskClient], TestResponse]]] = {
    "page": (200, lambda visitor: visitor.get("/help")),
    "json": (200, lambda visitor: visitor.get("/healthz")),
    "static file": (200, icon),
    "static file unchanged": (304, lambda visitor: icon(visitor, **{"If-None-Match": icon(visitor).headers["ETag"]})),
    "redirect": (302, lambda visitor: visitor.get("/ask")),
    "asked to sign in": (303, lambda visitor: visitor.get("/account")),
    "sent from another site": (403, lambda visitor: visitor.post("/ask", headers={"Sec-Fetch-Site": "cross-site"})),
    "unknown": (404, lambda visitor: visitor.get("/nowhere")),
    "unknown static file": (404, lambda visitor: visitor.get("/static/none.css")),
    "wrong method": (405, lambda visitor: visitor.delete("/help")),
    "too long": (413, lambda visitor: visitor.post("/ask", data={"text": "a" * 1_100_000})),
    "not valid": (422, lambda visitor: visitor.post("/ask", data={"text": ""})),
    "too often": (429, many_tries),
    "broken": (500, broken),
    "not ready": (503, not_ready),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_carries_them(visitor: FlaskClient, kind: str) -> None:
    status, get = ANSWERS[kind]
    response = get(visitor)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = Seen(response.headers, "").policy()
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert {word for words in policy.values() for word in words} == {"'none'", "'self'"}
    assert "camera=()" in response.headers["Permissions-Policy"] and "microphone=()" in response.headers["Permissions-Policy"]
    if kind not in ("static file", "static file unchanged"):
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", [kind for kind in ANSWERS if kind != "static file unchanged"])
def test_every_body_says_what_it_is(visitor: FlaskClient, kind: str) -> None:
    response = ANSWERS[kind][1](visitor)
    kept = response.mimetype == "application/json" or "charset=utf-8" in response.headers["Content-Type"].replace('"', "")
    assert kept, response.headers["Content-Type"]


def test_what_we_use_of_the_browser_is_for_ourselves_only(visitor: FlaskClient) -> None:
    rules = visitor.get("/").headers["Permissions-Policy"].split(", ")
    allowed = {rule for rule in rules if not rule.endswith("=()")}
    assert allowed == {"publickey-credentials-get=(self)", "publickey-credentials-create=(self)", "clipboard-write=(self)"}


def test_only_programs_may_read_answers_from_another_origin(visitor: FlaskClient) -> None:
    assert visitor.get("/api/search?q=telecare").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/", "/nowhere", "/static/icon.svg"):
        with visitor.get(path) as response:
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "Access-Control-Allow-Origin" not in response.headers


def test_development_is_not_kept_to_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_named_origins_may_frame_the_assistant_and_nothing_else(tmp_path: Path) -> None:
    for app in made(tmp_path, FRAME_ANCESTORS=f"{GP_SYSTEM} https://other.example.org:8443"):
        client = app.test_client()
        for path in FRAMED:
            headers = client.get(path).headers
            assert Seen(headers, "").policy()["frame-ancestors"] == [GP_SYSTEM, "https://other.example.org:8443"]
            assert "X-Frame-Options" not in headers, "it would forbid what the policy allows"
        assert client.post("/ask", data={"text": ""}).headers["Content-Security-Policy"].endswith(":8443")
        for path in ("/help", "/sign-in", "/search", "/nowhere", "/training", "/api/search"):
            headers = client.get(path).headers
            assert headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def seen(response: TestResponse) -> Seen:
    return Seen(response.headers, response.text if response.mimetype == "text/html" else "")


def test_every_page_is_an_a_plus(public: Flask, visitor: FlaskClient) -> None:
    rules = [rule for rule in public.url_map.iter_rules() if "GET" in (rule.methods or ())]
    address = public.url_map.bind("localhost").build
    paths = [address(rule.endpoint, {name: SAMPLES[name] for name in rule.arguments}) for rule in rules]
    found = {path: observatory.score(seen(visitor.get(path))) for path in paths}
    found["asked"] = observatory.score(seen(visitor.post("/ask", data={"text": "2 falls"})))
    found["chosen"] = observatory.score(seen(visitor.post("/practice/choose", data={"choice": "council:E99000001"})))
    assert len(found) > 40
    assert {path: score for path, score in found.items() if score < A_PLUS} == {}


WITHOUT = {
    "content_security_policy": ("Content-Security-Policy", None),
    "cookies": ("Set-Cookie", "__Host-fp_session=x; HttpOnly; Path=/"),
    "cross_origin_sharing": ("Access-Control-Allow-Origin", "*"),
    "strict_transport_security": ("Strict-Transport-Security", None),
    "content_type_options": ("X-Content-Type-Options", None),
    "framing": ("Content-Security-Policy", "default-src 'none'"),
    "xss_protection": ("Content-Security-Policy", None),
    "referrer_policy": ("Referrer-Policy", None),
}


@pytest.mark.parametrize("name", WITHOUT)
def test_the_score_falls_when_a_header_is_taken_away(visitor: FlaskClient, name: str) -> None:
    check = next(check for check in CHECKS if check.__name__ == name)
    whole, (header, worse) = seen(visitor.get("/help")), WITHOUT[name]
    less = Headers(whole.headers)
    less.remove(header)
    if worse:
        less[header] = worse
    if name == "cross_origin_sharing":
        less["Access-Control-Allow-Credentials"] = "true"
    assert check(Seen(less, whole.html)) < check(whole)
    assert observatory.score(Seen(less, whole.html)) < observatory.score(whole)


def test_the_score_falls_when_a_script_comes_from_elsewhere(visitor: FlaskClient) -> None:
    whole = seen(visitor.get("/help"))
    assert "<script" in whole.html
    worse = whole.html.replace('src="/static/', 'src="https://cdn.example.org/static/')
    assert observatory.subresource_integrity(Seen(whole.headers, worse)) < observatory.subresource_integrity(whole) == 0
