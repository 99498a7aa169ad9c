"""Whatever a browser, a program or a stranger sends: an answer or a refusal, and never a fault of ours."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.places import actions
from app.places import queries as places
from app.places.actions import CouncilFile
from app.training import catalogue, forms
from app.training.marking import mark
from app.training.schema import Choice
from tests.typed import JSON, SIGNS, objects
from tests.web.accounts.browser import Browser, new_person

FEW = settings(max_examples=30)
HEADERS = (
    "Accept", "Accept-Language", "Content-Type", "Content-Length", "Cookie", "Host", "Origin", "Referer", "User-Agent", "Sec-Fetch-Site",
    "Sec-Fetch-Dest", "Sec-Fetch-Mode", "If-None-Match", "If-Modified-Since", "Range", "Authorization", "Authentication-Token",
    "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override", "HX-Request",
)  # fmt: skip
VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40) | st.sampled_from(
    ["text/html;q=nan, */*;q=1e999", "http://[", "iframe", "fp_session=\xff; fp_practice=council:", "bytes=0-0,1-,-9", 'W/"', "1" * 5000]
)
BYTES = st.binary(max_size=40) | SIGNS.map(lambda text: text.encode(errors="surrogatepass"))


@FEW
@given(st.dictionaries(st.sampled_from(HEADERS), VALUE, max_size=5), st.sampled_from(["/", "/status", "/ask", "/practice", "/sign-in"]))
@example({"Origin": "http://["}, "/practice/choose")
def test_headers_of_any_kind_are_passed_over_or_refused(client: FlaskClient, headers: dict[str, str], path: str) -> None:
    answers = [client.get(path, headers=headers), client.post(path, headers=headers, data={"choice": "Z99001"})]
    assert all(answer.status_code < 500 for answer in answers)
    assert not any("evil" in answer.headers.get("Location", "") for answer in answers)


@settings(max_examples=10)
@given(st.dictionaries(st.sampled_from(["ods", "next", "a", "council", "after"]), BYTES, max_size=4))
def test_an_address_with_anything_in_it_is_answered(client: FlaskClient, asked: dict[str, bytes]) -> None:
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in asked.items())
    for path in ("/leaflet", "/practice", "/sign-in", "/"):
        assert client.get(f"{path}?{query}").status_code in (200, 404)


@FEW
@given(BYTES.map(quote_from_bytes))
def test_any_name_in_an_address_is_known_or_not_found(client: FlaskClient, name: str) -> None:
    for path in (
        "/alternatives/",
        "/services/",
        "/council/",
        "/training/",
        "/training/attempts/",
        "/welcome/",
        "/password/forgotten/",
        "/",
    ):
        assert client.get(path + name).status_code in (200, 301, 302, 303, 308, 404, 410)


@settings(max_examples=20)
@given(JSON | objects("text", "earlier", "answers", "flipped", "council", "near").map(lambda body: {"text": "82F falls", **body}))
@example({"text": "falls", "answers": {"age": "²"}, "near": "\x00"})
def test_a_body_of_any_shape_is_answered_or_refused(client: FlaskClient, body: Any) -> None:
    for path in ("/api/assistant", "/api/assistant/wrong"):
        answer = client.post(path, data=json.dumps(body), content_type="application/json")
        assert answer.status_code in (200, 400, 422) and ("error" in answer.get_json()) == (answer.status_code != 200)


FIELDS = st.dictionaries(
    st.sampled_from(["text", "council", "earlier", "answer", "flip", "add", "fault", "choice", "next", "q", "code", "email", "password"]),
    SIGNS,
    max_size=5,
)  # fmt: skip


@FEW
@given(FIELDS)
def test_a_form_of_any_fields_is_answered_or_refused(client: FlaskClient, fields: dict[str, str]) -> None:
    data = {name: text.encode(errors="surrogatepass") for name, text in fields.items()}
    for path in ("/ask", "/answers/wrong", "/practice", "/practice/suggest", "/practice/choose", "/search/suggest", "/sign-in", "/join"):
        answer = client.post(path, data=data)
        assert answer.status_code < 500 and not answer.headers.get("Location", "/").startswith("//")
        assert client.get_cookie("fp_practice") is None  # No practice is called so.


@FEW
@given(SIGNS | st.from_regex(r"(council:)?[A-Za-z][0-9]{5,8}\s*", fullmatch=True))
def test_a_practices_cookie_of_any_text_is_a_place_or_none(client: FlaskClient, choice: str) -> None:
    client.set_cookie("fp_practice", choice.encode(errors="replace").decode("latin-1"))
    client.set_cookie("fp_session", choice.encode(errors="replace").decode("latin-1"))
    assert client.get("/practice").status_code == 200


@FEW
@given(SIGNS)
def test_a_place_of_any_name_is_found_or_not(app: Flask, text: str) -> None:
    assert places.locate(text) is None and places.find_practices(text) == []
    assert places.council_or_none(text) is None and places.practice_or_none(text) is None


@FEW
@given(st.lists(SIGNS | st.sampled_from(["a", "b", "c"]), max_size=5), st.data())
def test_an_answer_of_any_fields_is_of_the_questions_own_options(app: Flask, sent: list[str], drawn: st.DataObject) -> None:
    modules = catalogue.load(app.config["MODULES_DIR"], sources=_Everything(), alternatives=_Everything())
    question = drawn.draw(st.sampled_from([question for module in modules.values() for question in module.bank]))
    asked = forms.answer_fields(forms.question_form(question))
    known = {field.name: [value for value, *_ in field.iter_choices() if value] for field in asked}
    posted = [
        (name, drawn.draw(st.sampled_from([*sent, *values]))) for name, values in known.items() for _ in range(1 + (name == "answer"))
    ]
    form = forms.question_form(question, MultiDict(posted))
    if form.validate():
        assert forms.given(form) and set(forms.given(form)) <= {value for values in known.values() for value in values}
        assert 0 <= mark(question, forms.given(form)).found <= mark(question, forms.given(form)).of
        if not isinstance(question, Choice):
            assert len(set(forms.given(form))) == len(known)
    else:
        assert form.errors


@pytest.mark.both
@pytest.mark.parametrize("role", ["learner", "council_admin"])
def test_nothing_is_called_by_the_sign_that_no_text_holds(app: Flask, role: str) -> None:
    actions.load_council(council=CouncilFile.model_validate({"code": "E99000001", "name": "Marlshire", "contacts": {}}), by="command line")
    new_person(app, "wren@example.org", (role, "E99000001", None))
    browser = Browser(app)
    browser.sign_in("wren@example.org")
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?\w+>", "a%00", rule.rule.replace("<code>/", "E99000001/"))
        if "%00" in path:
            sent = {"GET": browser.get(path), "POST": browser.post(path)}
            taken = [sent[method].status_code for method in sorted(sent.keys() & (rule.methods or set()))]
            assert set(taken) <= {404}, [path, taken]
    assert browser.is_signed_in()


@pytest.mark.parametrize("path", ["/training//x", "/search/", "/account", "/sign-in/again", "/sign-out"])
def test_no_address_is_made_of_the_host_that_was_asked_for(client: FlaskClient, path: str) -> None:
    for answer in (client.get(path, base_url="http://evil.example.org"), client.post(path, base_url="http://evil.example.org")):
        assert "evil" not in answer.headers.get("Location", "") and "evil" not in answer.text


class _Everything:
    def __contains__(self, _identity: object) -> bool:
        return True


@pytest.mark.parametrize("name", ["module.yaml", "questions.yaml", "pages"])
@pytest.mark.parametrize("written", [b"\xff\xfe", b"a: 2024-13-45", b"a: &a [*a]", b"", b"\x00"])
def test_a_module_of_any_bytes_is_refused_by_its_file(tmp_path: Path, name: str, written: bytes) -> None:
    folder = tmp_path / "module"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "x.md" if name == "pages" else folder / name).write_bytes(written)
    with pytest.raises(catalogue.ContentError) as caught:
        catalogue.load(tmp_path, sources=(), alternatives=())
    assert caught.value.problems
