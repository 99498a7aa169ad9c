"""What is counted of answers: each form when it is finished, once, of first attempts only; and it is what stands in the answers."""

import random
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.roles import Role
from app.extensions import db
from app.training import actions
from app.training.catalogue import Module
from app.training.marking import right_answer
from app.training.measures.items import facility
from app.training.measures.moments import seconds, size
from app.training.measures.queries import counts
from app.training.measures.tallies import Counts
from app.training.models import Answer
from app.training.queries import modules
from app.training.schema import Choice, Form
from tests.tenants import ONE, PRACTICE, add_person, id_of, make_places
from tests.web.training.answering import answered, followed_up, go_on

pytestmark = pytest.mark.both


@pytest.fixture
def module(app: Flask) -> Module:
    return modules()["before-the-care-home"]


@pytest.fixture
def learner(app: Flask) -> str:
    make_places()
    add_person("learner", (Role.LEARNER, ONE, PRACTICE[ONE]))
    return id_of("learner")


def counted(module: Module) -> Counts:
    db.session.rollback()
    found = counts(module.head.slug, module.head.version)
    db.session.rollback()
    return found


def ids(module: Module, form: Form) -> list[str]:
    return [question.id for question in module.form(form)]


def test_counts_are_what_stands_in_the_answers(module: Module) -> None:
    """Sixty people at random, some of whom stop on the way; each figure is worked out again from their answers."""
    chance = random.Random(8)
    bank = [question.id for question in module.bank]
    every = len(ids(module, Form.BEFORE)) + len(ids(module, Form.AFTER))
    for _ in range(60):
        sure = chance.choice([None, 1, 2, 3])
        answered(module, chance.sample(bank, chance.randint(0, len(bank))), sure=sure, upto=chance.choice([0, 3, every, every, every]))
    with db.writing() as session:
        rows = session.execute(select(Answer.token, Answer.question, Answer.form, Answer.is_right, Answer.given, Answer.sure)).all()
    found = counted(module)
    for form in (Form.BEFORE, Form.AFTER):
        people = {row.token: {one.question: one for one in rows if one.token == row.token and one.form == form} for row in rows}
        whole = [person for person in people.values() if len(person) == len(ids(module, form))]
        assert len(whole) not in (0, 60)
        assert size(found.totals(form)) == len(whole)
        for question in module.form(form):
            mine, answers = [person[question.id] for person in whole], found.item(form, question.id)
            assert facility(answers).part == sum(one.is_right for one in mine) and facility(answers).whole == len(mine)
            rest = [sum(one.is_right for one in person.values()) - person[question.id].is_right for person in whole]
            assert seconds(answers) == {score: rest.count(score) for score in set(rest)}
            if isinstance(question, Choice):
                for option in question.options:
                    assert found.options(form, question.id).get(option.id, 0) == sum(option.id in one.given for one in mine)
            for (sure, right), number in found.sure(form, question.id).items():
                assert number == sum((one.sure, one.is_right) == (sure, right) for one in mine)


def test_before_and_after_are_held_against_each_other_outcome_by_outcome(module: Module) -> None:
    before, after = ({question.outcome: question.id for question in reversed(module.form(form))} for form in (Form.BEFORE, Form.AFTER))
    answered(module, [before["recover"], after["recover"], after["match"]])
    answered(module, [before["recover"]])
    found = counted(module)
    assert found.paths(Form.AFTER) == {(1, 2): 1, (1, 0): 1}
    assert found.outcome(Form.AFTER, "recover") == {(True, True): 1, (True, False): 1}
    assert found.outcome(Form.AFTER, "match") == {(False, True): 1, (False, False): 1}


def test_a_form_counts_when_its_last_question_is_answered(module: Module) -> None:
    number = len(ids(module, Form.BEFORE))
    answered(module, [], upto=number - 1)
    assert size(counted(module).totals(Form.BEFORE)) == 0
    answered(module, [], upto=number)
    assert size(counted(module).totals(Form.BEFORE)) == 1 and size(counted(module).totals(Form.AFTER)) == 0


def test_an_answer_that_is_sent_again_counts_no_second_time(module: Module) -> None:
    token = answered(module, [])
    last = module.form(Form.AFTER)[-1]
    assert not actions.answer(token=token, module=module, question=last, given=right_answer(last))
    assert counted(module).totals(Form.AFTER) == {0: 1}


def test_a_learners_second_attempt_does_not_count_but_everybody_elses_does(module: Module, learner: str) -> None:
    answered(module, [], person=learner, upto=1)
    second = answered(module, ids(module, Form.BEFORE) + ids(module, Form.AFTER), person=learner)
    assert size(counted(module).totals(Form.AFTER)) == 0
    followed_up(module, second, Form.WEEKS, [])
    assert size(counted(module).totals(Form.WEEKS)) == 0
    for _ in range(2):
        answered(module, [])
    assert counted(module).totals(Form.AFTER) == {0: 2} and counted(module).finished() == {}


def test_a_follow_up_counts_with_what_the_same_learner_knew_before_and_after(module: Module, learner: str) -> None:
    first = answered(module, [*ids(module, Form.BEFORE)[:1], *ids(module, Form.AFTER)], person=learner)
    followed_up(module, first, Form.WEEKS, ids(module, Form.WEEKS)[:3])
    found, most = counted(module), len(module.head.outcomes)
    assert found.paths(Form.AFTER) == {(1, most): 1} and found.paths(Form.WEEKS) == {(1, most, 3): 1}
    assert found.totals(Form.WEEKS) == {3: 1} and found.paths(Form.MONTHS) == {}
    assert found.finished() == {datetime.now(UTC).date(): 1}


def test_an_attempt_that_is_gone_on_with_later_counts_as_the_first(module: Module, learner: str) -> None:
    token = answered(module, [], person=learner, upto=0)
    answered(module, [], person=learner)
    assert size(counted(module).totals(Form.BEFORE)) == 0
    go_on(module, token, "module", ids(module, Form.BEFORE))
    assert counted(module).totals(Form.BEFORE) == {len(ids(module, Form.BEFORE)): 1}
