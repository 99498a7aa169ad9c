"""Stopping, coming back, sending twice, and things that go wrong in between."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from app.extensions import db
from app.training import catalogue
from app.training.queries import modules
from tests.web.training.learner import RIGHT, Learner

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.both


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


def resume_address(learner: Learner) -> str:
    """The address that the page says to keep, as a path."""
    return next(href for words, href in learner.page.links.items() if words.startswith("http://localhost/training/attempts/"))


def kept_answers(app: Flask) -> dict[str, object]:
    with app.extensions["database"].connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text("select question, is_right from answer where form = 'after'"))}


def test_the_address_that_was_kept_leads_to_where_one_stopped(learner: Learner, app: Flask) -> None:
    learner.begin()
    for question in list(RIGHT)[:2]:
        learner.send(*RIGHT[question])
        learner.follow("Go on to")
    address = resume_address(learner)
    elsewhere = Learner(app.test_client())
    page = elsewhere.open(address)
    assert page.parts["h1"] == ["You stopped at question 3 of 5"]
    assert elsewhere.follow("Carry on").parts["h1"] == ["Question 3 of 5"]
    assert elsewhere.question == "too-well-off"


def test_it_says_when_the_last_answer_was_given_and_not_when_one_began(learner: Learner, app: Flask) -> None:
    learner.begin()
    with db.writing() as session:
        session.execute(text("update attempt set touched_at = '2020-01-05 09:00:00+00:00'"))
    assert "That was on 5 January 2020" in learner.open(resume_address(learner)).text
    learner.follow("Carry on")
    learner.send("b")
    assert "2020" not in learner.open(resume_address(learner)).text


def test_reading_a_page_again_loses_no_ground(learner: Learner, app: Flask) -> None:
    learner.begin()
    learner.send("b")
    learner.open(resume_address(learner))
    learner.follow("Before anybody settles")
    learner.send()
    assert "Page 2 of 2" in learner.page.text
    assert learner.open(resume_address(learner)).parts["h1"] == ["You stopped at question 2 of 5"]


def test_reading_is_resumed_too(learner: Learner, app: Flask) -> None:
    learner.reading()
    learner.send()
    assert learner.open(resume_address(learner)).parts["h1"] == ["You stopped at page 2 of 2"]


def test_a_finished_attempt_says_so_and_its_answers_can_be_read_again(learner: Learner, app: Flask) -> None:
    learner.begin()
    learner.answer_all(RIGHT)
    page = learner.open(resume_address(learner))
    assert page.parts["h1"] == ["You have finished this module"]
    page = learner.follow("Nights that wear out")
    assert "Your answer" in page.text and page.inputs == []


def test_an_answer_sent_twice_is_taken_once_and_the_page_says_so(learner: Learner, app: Flask) -> None:
    question_page = learner.begin()
    learner.send("a")
    assert "had answered this question before" not in learner.page.text
    learner.page = question_page
    page = learner.send("b")
    assert learner.status == 200
    assert "Your first answer stands" in page.text
    assert "Not quite" in page.parts["h2"]
    assert [bool(right) for right in kept_answers(app).values()] == [False]
    assert page.links["Go on to question 2 of 5"]


def test_an_empty_form_from_a_stale_page_shows_the_answer_that_was_given(learner: Learner, app: Flask) -> None:
    stale = learner.begin()
    learner.send("b")
    learner.page = stale
    learner.send()
    assert learner.status == 200
    assert "Your first answer stands" in learner.page.text


def test_a_stale_page_cannot_change_a_finished_score(learner: Learner, app: Flask) -> None:
    stale = learner.begin()
    learner.answer_all(RIGHT | {"after-pneumonia": ["c"]})
    finish = learner.responses[-1].request.path
    learner.page = stale
    learner.send("b")
    assert "You answered 4 of 5 questions right." in learner.open(finish).text
    with app.extensions["database"].connect() as connection:
        assert connection.execute(text("select count(*) from event where kind = 'module_finished'")).scalar_one() == 1


def test_starting_again_leaves_the_first_attempt_as_it_was(learner: Learner, app: Flask) -> None:
    learner.begin()
    learner.answer_all(RIGHT | {"after-pneumonia": ["c"]})
    first = learner.responses[-1].request.path
    learner.send()
    assert learner.responses[-1].request.path.split("/")[3] != first.split("/")[3]
    assert learner.page.parts["h1"] == ["Before you read, question 1 of 5"]
    assert "You answered 4 of 5 questions right." in learner.open(first).text


def test_nothing_chosen_says_what_to_do_and_loses_nothing(learner: Learner, app: Flask) -> None:
    learner.begin()
    learner.send(*RIGHT["after-pneumonia"])
    learner.follow("Go on to")
    page = learner.send()
    assert learner.status == 422
    assert page.parts["title"][0].startswith("Error: ")
    assert page.links["Choose one answer"] == "#answer"
    assert "Mrs Hale" in page.text
    assert list(kept_answers(app)) == ["after-pneumonia"]
    learner.send(*RIGHT["broken-nights"])
    assert "Right" in learner.page.parts["h2"]


def test_what_lies_ahead_is_neither_shown_nor_taken(learner: Learner, app: Flask) -> None:
    learner.begin()
    here = learner.responses[-1].request.path
    for ahead in ("nobody-tonight", "finish"):
        learner.open(here.replace("after-pneumonia", ahead))
        assert learner.page.parts["h1"] == ["Question 1 of 5"]
    learner.page.action = here.replace("after-pneumonia", "nobody-tonight")
    learner.send("c")
    assert learner.page.parts["h1"] == ["Question 1 of 5"]
    assert kept_answers(app) == {}


def test_ten_answers_at_the_same_moment_are_one_answer(learner: Learner, app: Flask) -> None:
    address = learner.begin().action

    def post(option: str) -> int:
        return app.test_client().post(address, data={"answer": option}).status_code

    with ThreadPoolExecutor(10) as pool:
        statuses = sorted(pool.map(post, "abcdabcdab"))
    assert statuses == [200] * 9 + [303]
    assert list(kept_answers(app)) == ["after-pneumonia"]


def test_an_answer_waits_for_one_that_is_just_being_taken(learner: Learner, app: Flask) -> None:
    address = learner.begin().action
    token = address.split("/")[3]
    immediate = app.extensions["database"].execution_options(begin_immediate=True)
    with ThreadPoolExecutor(1) as pool, immediate.connect() as connection:
        connection.execute(text("update attempt set page = 'broken-nights' where token = :token"), {"token": token})
        taken = "insert into answer values (:token, 'after-pneumonia', 'after', '[\"a\"]', false, null, '2026-11-22 09:00:00+00:00')"
        connection.execute(text(taken), {"token": token})
        waiting = pool.submit(lambda: app.test_client().post(address, data={"answer": "b"}))
        assert wait([waiting], timeout=0.5).not_done
        connection.commit()
        response = waiting.result(timeout=15)
    assert response.status_code == 200
    assert "Your first answer stands" in response.get_data(as_text=True)
    assert [bool(right) for right in kept_answers(app).values()] == [False]


def test_an_attempt_stays_with_the_words_on_which_it_began(learner: Learner, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    learner.begin()
    learner.send("b")
    learner.follow("Go on to")
    address = resume_address(learner)
    now = modules()
    old = now["before-the-care-home"]
    files = {name: text.replace("Mr Iqbal", "Mr Quddus").replace("Mrs Hale", "Mrs Vance") for name, text in old.files.items()}
    files["module.yaml"] = files["module.yaml"].replace('version: "2026.1"', 'version: "2026.2"')
    monkeypatch.setitem(app.extensions["content"], "modules", {**now, "before-the-care-home": catalogue.restored(files)})
    app.extensions.pop("releases", None)
    learner.open(address)
    learner.follow("Carry on")
    assert "Mrs Hale" in learner.page.text and "Mrs Vance" not in learner.page.text
    learner.answer_all({name: right for name, right in RIGHT.items() if name != "after-pneumonia"})
    assert "You answered 5 of 5 questions right." in learner.page.text
    fresh = Learner(app.test_client())
    fresh.begin()
    assert "Mr Quddus" in fresh.page.text and "Mr Iqbal" not in fresh.page.text
    with app.extensions["database"].connect() as connection:
        assert sorted(connection.execute(text("select version from module_release")).scalars()) == ["2026.1", "2026.2"]


@pytest.mark.parametrize(("now", "said"), [("changed", "has been changed since you began"), ("gone", "has been taken out since you began")])
def test_an_attempt_at_an_older_release_says_so_on_each_page(
    learner: Learner, app: Flask, monkeypatch: pytest.MonkeyPatch, now: str, said: str
) -> None:
    learner.begin()
    address = resume_address(learner)
    assert "since you began" not in learner.page.text
    known = dict(modules())
    old = known.pop("before-the-care-home")
    if now == "changed":
        files = {name: text.replace("Mr Iqbal", "Mr Quddus") for name, text in old.files.items()}
        known["before-the-care-home"] = catalogue.restored(files)
    monkeypatch.setitem(app.extensions["content"], "modules", known)
    assert said in learner.open(address).text
    assert said in learner.follow("Carry on").text
    assert said in learner.send("b").text
    learner.follow("Go on to")
    assert said in learner.answer_all({name: right for name, right in RIGHT.items() if name != "after-pneumonia"}).text


def test_an_answer_is_kept_when_the_process_dies_right_after_it(app: Flask, tmp_path: Path) -> None:
    url = app.extensions["database"].url.render_as_string(hide_password=False)
    script = f"""
import os, signal
from app import create_app
from config import Settings
from tests.web.training.learner import Learner
app = create_app(Settings.from_environ({{"DATABASE_URL": {url!r}, "DATA_DIR": {str(tmp_path)!r}, "PUBLIC_URL": "http://localhost"}}))
learner = Learner(app.test_client())
learner.begin()
assert app.test_client().post(learner.page.action, data={{"answer": "b"}}).status_code == 303
os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert died.returncode == -signal.SIGKILL, died.stderr
    engine = create_engine(url)
    with engine.connect() as connection:
        assert [bool(right) for right in connection.execute(text("select is_right from answer where form = 'after'")).scalars()] == [True]
    engine.dispose()
