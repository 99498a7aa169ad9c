"""A module from its start page to its last, without an account, a cookie or JavaScript."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.extensions import db
from app.training.queries import modules
from app.training.schema import Choice, Form
from tests.web.training.learner import MODULE, RIGHT, Learner

pytestmark = pytest.mark.both


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


def events() -> list[tuple[str, str | None, str | None, dict[str, object]]]:
    db.session.rollback()
    rows = db.session.execute(text("select kind, council_code, practice_code, facts from event order by id")).all()
    db.session.rollback()
    return [(row[0], row[1], row[2], row[3] if isinstance(row[3], dict) else json.loads(row[3])) for row in rows]


def test_the_list_says_what_one_will_be_able_to_do(learner: Learner, app: Flask) -> None:
    page = learner.open("/training")
    head = modules()["before-the-care-home"].head
    assert page.links[head.title] == MODULE
    assert "About 12 minutes" in page.text
    assert all(outcome.text in page.text for outcome in head.outcomes)


def test_from_start_to_finish_with_everything_right(learner: Learner, app: Flask) -> None:
    page = learner.reading()
    assert "Page 1 of 2" in page.text and "Mrs Dawson" in page.text
    page = learner.send()
    assert "Page 2 of 2" in page.text and "Mr Lowther" in page.text
    page = learner.send()
    assert page.parts["h1"] == ["Question 1 of 5"]
    page = learner.answer_all(RIGHT)
    assert "You answered 5 of 5 questions right." in page.text
    module = modules()["before-the-care-home"]
    assert all(question.about in page.text for question in (*module.form(Form.BEFORE), *module.form(Form.AFTER)))
    assert all(task in page.text for task in module.head.on_monday)
    assert "/search?category=reablement" in page.links.values()
    assert page.links["Ask about somebody whom you are seeing"] == "/"


def test_the_score_counts_only_what_was_right(learner: Learner, app: Flask) -> None:
    learner.begin()
    page = learner.answer_all(RIGHT | {"lines-that-help": ["a", "c"], "nobody-tonight": ["a"]})
    assert "You answered 3 of 5 questions right." in page.text
    assert "Partly right" in page.text and "Not quite" in page.text


def test_nothing_is_kept_in_the_browser(learner: Learner, app: Flask) -> None:
    learner.begin()
    learner.answer_all(RIGHT)
    assert not any("Set-Cookie" in response.headers for response in learner.responses)
    assert "Begun already?" in learner.open("/training").text
    assert "/training/attempts/" not in learner.page.html


def test_what_happened_is_recorded_for_the_practice_where_it_began(learner: Learner, app: Flask) -> None:
    with db.writing() as session:
        session.execute(text("insert into council (code, name, is_demonstration, contacts) values ('E99000001', 'Marlshire', true, '{}')"))
        session.execute(
            text(
                "insert into practice (ods_code, name, address, postcode, phone, council_code, pcn_code, pcn_name)"
                " values ('Y99001', 'Beck Lane Surgery', '', 'ZZ1 1AA', '', 'E99000001', '', '')"
            )
        )
    learner.client.set_cookie("fp_practice", "Y99001")
    learner.begin()
    learner.client.delete_cookie("fp_practice")
    learner.answer_all(RIGHT | {"broken-nights": ["a"]})
    assert events() == [
        ("module_started", "E99000001", "Y99001", {"module": "before-the-care-home"}),
        ("module_finished", "E99000001", "Y99001", {"module": "before-the-care-home", "right": 4, "asked": 5}),
    ]


def test_an_attempt_and_its_event_stand_or_fall_together(learner: Learner, app: Flask) -> None:
    learner.begin()
    for question in list(RIGHT)[:-1]:
        learner.send(*RIGHT[question])
        learner.follow("Go on to")
    with app.extensions["owner"].begin() as connection:
        connection.execute(text("alter table event rename to event_away"))
    app.testing = False
    try:
        started = learner.client.post(MODULE)
        last = learner.client.post(learner.page.action, data={"answer": "c"})
    finally:
        app.testing = True
        db.session.rollback()
        with app.extensions["owner"].begin() as connection:
            connection.execute(text("alter table event_away rename to event"))
    assert (started.status_code, last.status_code) == (500, 500)
    with db.engine.connect() as connection:
        assert connection.execute(text("select count(*) from attempt")).scalar_one() == 1
        assert connection.execute(text("select count(*) from answer where form = 'after'")).scalar_one() == 4


def test_every_option_of_every_question_is_answered_with_its_own_feedback(learner: Learner, app: Flask) -> None:
    for number, question in enumerate(modules()["before-the-care-home"].form(Form.AFTER)):
        assert isinstance(question, Choice)
        for option in question.options:
            learner.begin()
            for earlier in list(RIGHT)[:number]:
                learner.send(*RIGHT[earlier])
                learner.follow("Go on to")
            page = learner.send(option.id)
            assert question.stem in page.text
            assert all(one.feedback in page.text for one in question.options)
            before_the_rest = page.text.split("Why not the others?")[0]
            assert option.feedback in before_the_rest
            assert all(one.feedback in before_the_rest for one in question.options if one.right)
            verdict = "Right" if {option.id} == question.right else "Partly right" if option.right else "Not quite"
            assert verdict in page.parts["h2"]
