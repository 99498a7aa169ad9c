"""Addresses and answers that no page of ours has."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.training.learner import MODULE, Learner, Page

pytestmark = pytest.mark.both


@pytest.mark.parametrize(
    "token",
    ["0" * 32, "0" * 31, "0" * 4000, "A" * 32, "' or 1=1 --", "%F0%9F%91%B5", "attempts"],
)
@pytest.mark.parametrize("rest", ["", "/finish", "/before-it-is-settled"])
def test_an_unknown_attempt_says_what_to_do(client: FlaskClient, token: str, rest: str) -> None:
    response = client.get(f"/training/attempts/{token}{rest}")
    assert response.status_code == 404
    page = Page(response.get_data(as_text=True))
    assert "Check that you have all of it" in page.text
    assert page.links["choose a module and start again"] == "/training"
    assert token not in page.text


def test_an_answer_to_an_unknown_attempt_is_not_taken(client: FlaskClient) -> None:
    assert client.post(f"/training/attempts/{'0' * 32}/after-pneumonia", data={"answer": "b"}).status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "..", "a" * 3000])
def test_an_unknown_module_says_what_to_do(client: FlaskClient, slug: str) -> None:
    for response in (client.get(f"/training/{slug}"), client.post(f"/training/{slug}")):
        assert response.status_code == 404
        assert "See the modules that there are" in response.get_data(as_text=True)


@pytest.mark.parametrize("step", ["nothing", "%00", "sudden-change", "x" * 3000])
def test_a_page_that_the_attempt_does_not_have(client: FlaskClient, step: str) -> None:
    learner = Learner(client)
    learner.begin()
    address = learner.page.action.replace("after-pneumonia", step)
    assert client.get(address).status_code == 404
    assert client.post(address, data={"answer": "b"}).status_code == 404


def test_the_finish_takes_no_answers(client: FlaskClient) -> None:
    learner = Learner(client)
    learner.begin()
    assert client.post(learner.page.action.replace("after-pneumonia", "finish"), data={"answer": "b"}).status_code == 404


@pytest.mark.parametrize("answer", ["", "z", "\x00", "<script>alert(1)</script>", "b" * 100_000])
def test_an_answer_that_is_not_on_the_page_is_refused_and_not_repeated(client: FlaskClient, answer: str) -> None:
    learner = Learner(client)
    learner.begin()
    page = learner.send(answer)
    assert learner.status == 422
    assert any(words.startswith("Choose") for words in page.links)
    assert "alert(1)" not in page.html
    learner.send("b")
    assert "Right" in learner.page.parts["h2"]


def test_one_strange_answer_among_good_ones_spoils_nothing_that_was_chosen(client: FlaskClient) -> None:
    learner = Learner(client)
    learner.begin()
    for chosen in ("b", "d", "b"):
        learner.send(chosen)
        learner.follow("Go on to")
    page = learner.send("a", "a", "c", "zz")
    assert learner.status == 422
    assert [one["value"] for one in page.inputs if "checked" in one] == ["a", "c"]


def test_a_question_can_be_answered_by_keyboard_and_screen_reader(client: FlaskClient, app: Flask) -> None:
    learner = Learner(client)
    page = learner.begin()
    assert page.parts["legend"] == ["What would you ask for first?", "How sure are you?"]
    assert [(one["type"], one["name"], one["id"]) for one in page.inputs if one["name"] == "answer"] == [
        ("radio", "answer", "answer"),
        ("radio", "answer", "answer-2"),
        ("radio", "answer", "answer-3"),
        ("radio", "answer", "answer-4"),
    ]
    assert len(page.parts["label"]) == 4 + 3 and len(page.parts["h1"]) == 1
    sent = client.post(page.action, data={"answer": "b"})
    assert sent.location.endswith("/after-pneumonia#feedback")
    learner.open(sent.location)
    assert 'id="feedback" tabindex="-1"' in learner.page.html
    assert learner.page.parts["title"][0].startswith("Right - Question 1 of 5")


def test_pages_of_an_attempt_are_kept_by_no_cache_and_no_search_engine(client: FlaskClient) -> None:
    learner = Learner(client)
    learner.open(MODULE)
    learner.send()
    assert learner.responses[-1].headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in learner.page.html
