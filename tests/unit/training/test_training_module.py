"""The modules as they are written: fair questions, words that fit, and sources that exist."""

import re
from pathlib import Path

import pytest

from app.training import catalogue
from app.training.catalogue import Module
from app.training.schema import Choice, Form, Ordering, Question
from app.vocabulary import catalogue as vocabulary

ROOT = Path(__file__).resolve().parents[3]


WORDS = vocabulary.load(ROOT / "content")
MODULES = catalogue.load(ROOT / "training_modules", sources=WORDS.sources, alternatives=WORDS.alternatives)


@pytest.fixture(scope="module", params=MODULES)
def module(request: pytest.FixtureRequest) -> Module:
    return MODULES[request.param]


@pytest.fixture(scope="module")
def prose() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "training_modules").rglob("*.*"))]
    return " ".join(" ".join(texts).split())


def parts_of(question: Question) -> list[str]:
    """What can be chosen or moved, in words."""
    if isinstance(question, Choice):
        return [option.text for option in question.options]
    return [step.text for step in question.steps] if isinstance(question, Ordering) else [pair.text for pair in question.pairs]


def feedback_of(question: Question) -> list[str]:
    """What somebody reads who answers rightly."""
    if isinstance(question, Choice):
        return [option.feedback for option in question.options if option.right]
    return [part.feedback for part in (question.steps if isinstance(question, Ordering) else question.pairs)]


def test_four_parallel_forms_ask_about_the_same_outcomes(module: Module) -> None:
    outcomes = {outcome.id for outcome in module.head.outcomes}
    assert len(module.bank) >= 12
    for form in Form:
        assert {question.outcome for question in module.form(form)} == outcomes
    assert 3 <= len(module.form(Form.BEFORE)) <= 5


def test_more_than_one_kind_is_asked(module: Module) -> None:
    assert len({question.kind for question in module.bank}) >= 3
    assert sum(question.kind == "single" for question in module.bank) * 2.5 >= len(module.bank)


def test_length_does_not_give_the_right_option_away(module: Module) -> None:
    choices = [question for question in module.bank if isinstance(question, Choice)]
    given_away = [max((len(option.text), option.right) for option in question.options)[1] for question in choices]
    assert sum(given_away) <= len(choices) * 0.6


def test_the_right_option_stands_in_no_one_place(module: Module) -> None:
    places = [sorted(question.right)[0] for question in module.bank if isinstance(question, Choice) and question.kind == "single"]
    assert len(set(places)) >= 3
    assert max(places.count(place) for place in places) <= len(places) * 0.6


def test_options_can_be_told_apart_and_none_refers_to_the_others(module: Module) -> None:
    for question in module.bank:
        texts = [text.lower() for text in parts_of(question)]
        assert len(set(texts)) == len(texts), question.id
        assert not any("of the above" in text or "none of these" in text for text in texts), question.id


def test_it_can_be_done_in_the_time_that_it_names(module: Module) -> None:
    """At 200 words a minute: the pages, the questions after them, and the feedback of somebody who answers them well."""
    texts = [re.sub(r"<[^>]+>", " ", page.body) for page in module.pages]
    for question in module.form(Form.AFTER):
        texts += [module.story(question), question.stem, *parts_of(question), *feedback_of(question)]
    assert 6.5 <= sum(len(text.split()) for text in texts) / 200 <= module.head.minutes


def test_each_page_has_a_person_in_it(module: Module) -> None:
    assert all("<blockquote>" in page.body for page in module.pages)


def test_the_words_are_the_houses(prose: str) -> None:
    bare = re.findall(r"(?i)(?<!unpaid )\bcarer\b(?!’s Allowance|'s Allowance)", prose)
    assert bare == []
    for word in ("elderly", "front door", "bed blocker", "service user", "recommended", "!"):
        assert word not in prose.lower(), word
