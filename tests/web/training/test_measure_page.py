"""A module's page for its authors: figures in words with what stands behind them, and a word for each that is not shown."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.extensions import db
from app.training.catalogue import Module
from app.training.measures.actions import add
from app.training.measures.tallies import Given, Key, of_course, of_finish, of_form
from app.training.queries import modules
from app.training.schema import Choice, Form
from tests.web.accounts.browser import Browser, new_person, said, signed_in

pytestmark = pytest.mark.both
SLUG = "before-the-care-home"
PAGE = f"/training/{SLUG}/measures"


@pytest.fixture
def module(app: Flask) -> Module:
    return modules()[SLUG]


@pytest.fixture
def author(app: Flask) -> Browser:
    new_person(app, "root@example.org", ("platform_admin", None, None))
    return signed_in(app, "root@example.org")


def given(module: Module, form: Form, right: int, *, sure: int | None = None) -> list[Given]:
    """The first so many questions right, the others wrong by their first wrong option."""
    found = []
    for number, question in enumerate(module.form(form)):
        letters: tuple[str, ...] = ()
        if isinstance(question, Choice):
            letters = tuple(one.id for one in question.options if one.right) if number < right else (wrong(question),)
        found.append(Given(question.id, question.outcome, number < right, letters, sure))
    return found


def wrong(question: Choice) -> str:
    return next(one.id for one in question.options if not one.right)


def count(
    module: Module, *, times: int, before: int, after: int, later: int | None = None, days_ago: int = 0, sure: int | None = None
) -> None:
    """So many people alike."""
    first, last = given(module, Form.BEFORE, before, sure=sure), given(module, Form.AFTER, after)
    found = of_form(Form.BEFORE, first) + of_form(Form.AFTER, last) + of_course(Form.AFTER, first, last)
    found += of_finish((datetime.now(UTC) - timedelta(days=days_ago)).date())
    if later is not None:
        weeks = given(module, Form.WEEKS, later)
        found += of_form(Form.WEEKS, weeks) + of_course(Form.WEEKS, first, last, weeks)
    save(module, Counter({key: number * times for key, number in found.items()}))


def save(module: Module, counted: Counter[Key]) -> None:
    with db.writing() as session:
        add(session, module=SLUG, version=module.head.version, counted=counted)


def part(page: str, begin: str, end: str) -> str:
    return page[page.index(begin) : page.index(end, page.index(begin))]


def rows(page: str) -> list[str]:
    """The rows of the page's tables of questions, as text."""
    found = re.findall(r'<tr role="row" class="nhsuk-table__row" id="[^"]*">.*?</tr>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_with_no_answer_every_figure_says_why_it_is_not_there(author: Browser) -> None:
    page = said(author.get(PAGE))
    assert "It has been open to nobody yet." in page
    assert "Before reading : answered 0 times" in page and "The answers so far point to none." in page
    assert "Shown from 10 answers on. There are 0." in page and "Shown from 30 people on. There are 0." in page
    assert "Shown from 10 people on who answered both. There are 0." in page
    assert not re.search(r"\b(nan|inf)\b", page) and "None" not in part(page, "Questions to look at", "What “Gain")


def test_figures_come_when_there_are_enough(author: Browser, module: Module) -> None:
    count(module, times=9, before=2, after=4)
    few = said(author.get(PAGE))
    assert "Shown from 10 answers on. There are 9." in few and "percentage points" not in part(few, "What people learned", "What “Gain”")
    count(module, times=1, before=2, after=4)
    enough = author.get(PAGE)
    assert rows(enough.text)[0].startswith(
        f"Question {module.form(Form.BEFORE)[0].about} Answered right 100% 10 of 10, interval 72% to 100%"
    )
    assert "+40 percentage points 40% before and 80% later, 10 people, all with the same difference" in said(enough)
    assert "0.67 Hake, of the means" in said(enough) and "0.67 Marx and Cummings" in said(enough)
    assert "Shown from 30 answers on. There are 10." in said(enough)


def test_a_gain_has_its_interval_and_its_effect(author: Browser, module: Module) -> None:
    """By hand: 20 people gain 2 of 5 and 20 gain 1: 30 points, s 10.1, half of the interval 3.2, effect 3/1.01."""
    count(module, times=20, before=2, after=4)
    count(module, times=20, before=3, after=4)
    page = said(author.get(PAGE))
    assert "+30 percentage points 50% before and 80% later, 40 people, interval +27 to +33, effect 2.96" in page


def test_telling_apart_is_provisional_until_a_hundred(author: Browser, module: Module) -> None:
    count(module, times=40, before=4, after=4)
    count(module, times=20, before=0, after=1)
    first = said(author.get(PAGE))
    assert "Tells apart 1.00 Provisional, from 60 answers" in first
    count(module, times=40, before=0, after=1)
    assert "Tells apart 1.00 From 100 answers" in said(author.get(PAGE))
    assert "Not known Everybody, or nobody, was right" in said(author.get(PAGE))


def test_reliability_needs_thirty_people_and_says_that_the_form_is_short(author: Browser, module: Module) -> None:
    count(module, times=20, before=5, after=4)
    count(module, times=9, before=0, after=1)
    assert "Shown from 30 people on. There are 29." in said(author.get(PAGE))
    count(module, times=1, before=0, after=1)
    page = said(author.get(PAGE))
    assert "1.00 From 30 people, interval 1.00 to 1.00. With 5 questions the form is too short for reliability" in page


def test_a_question_that_the_best_get_wrong_comes_first_and_is_named(author: Browser, module: Module) -> None:
    questions = module.form(Form.BEFORE)
    last = questions[-1]
    counted: Counter[Key] = Counter()
    for times, right in ((20, 4), (20, 0)):
        answers = given(module, Form.BEFORE, right)
        flipped = Given(last.id, last.outcome, right == 0, answers[-1].options)
        for key, number in of_form(Form.BEFORE, [*answers[:-1], flipped]).items():
            counted[key] += number * times
    save(module, counted)
    page = author.get(PAGE)
    assert rows(page.text)[0].startswith(f"Question {last.about} ")
    told = part(said(page), "Questions to look at", "What people learned")
    assert f"{last.about} (before reading): those who do well on the other questions answer it wrong more often" in told
    assert f'href="#{last.id}"' in page.text and f'id="{last.id}"' in page.text


def test_an_option_that_nobody_chose_is_named_from_fifty_answers_on(author: Browser, module: Module) -> None:
    question = next(one for one in module.form(Form.BEFORE) if isinstance(one, Choice))
    unchosen = [one.id for one in question.options if not one.right and one.id != wrong(question)]
    count(module, times=49, before=5, after=5)
    assert "nobody chose" not in part(said(author.get(PAGE)), "Questions to look at", "What people learned")
    count(module, times=1, before=0, after=5)
    page = said(author.get(PAGE))
    assert f"{question.about} (before reading): nobody chose: {', '.join(unchosen)}" in page
    first = question.options[0]
    assert re.search(f"{first.id}: " + re.escape(first.text) + r"( \(right\))?: \d+% \d+ of 50", page)


def test_what_stayed_stands_beside_how_many_could_have_come(author: Browser, module: Module) -> None:
    count(module, times=10, before=2, after=4, later=3, days_ago=15)
    count(module, times=20, before=1, after=4, days_ago=8)
    count(module, times=70, before=1, after=4, days_ago=6)
    page = part(said(author.get(PAGE)), "What people learned", "What “Gain”")
    assert "40% before, 80% after, 60% in the follow-up Before reading everybody knew 22%." in page
    assert "33% 10 of 30" in page
    assert "Shown from 10 people on. There are 0." in page  # Three months later.


def test_certainty_is_held_against_being_right(author: Browser, module: Module) -> None:
    count(module, times=10, before=4, after=4, sure=3)
    page = said(author.get(PAGE))
    assert "Certain 80% 40 of 50" in page and "Not sure Not shown yet Shown from 10 answers on. There are 0." in page
    last = module.form(Form.BEFORE)[-1]
    assert f"{last.about} (before reading): 100% 10 of 10" in part(page, "Certain and wrong", "What “How sure")


def test_every_measure_is_explained_on_the_page(author: Browser) -> None:
    page = author.get(PAGE)
    assert page.text.count("<details") == said(page).count("What it cannot say") == 11


def test_the_page_is_for_those_who_keep_the_modules(app: Flask, author: Browser) -> None:
    new_person(app, "ada@example.org", ("council_admin", "E99000001", None))
    assert signed_in(app, "ada@example.org").get(PAGE).status_code == 404
    assert Browser(app).get(PAGE).status_code == 303
    assert PAGE in author.get("/training/measures").text and "/training/measures" in author.get("/account").text
    assert author.get("/training/no-such-module/measures").status_code == 404


def test_answers_to_another_version_are_not_in_it(author: Browser, module: Module) -> None:
    with db.writing() as session:
        add(session, module=SLUG, version="1999.1", counted=of_form(Form.BEFORE, given(module, Form.BEFORE, 2)))
    assert "Before reading : answered 0 times" in said(author.get(PAGE))
