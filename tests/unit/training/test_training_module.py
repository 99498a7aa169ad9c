"""The module as it is written: fair questions, words that fit, and sources that exist."""

import re
from pathlib import Path

import pytest

from app.training import catalogue
from app.training.catalogue import Module
from app.vocabulary import catalogue as vocabulary

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def module() -> Module:
    words = vocabulary.load(ROOT / "content")
    found = catalogue.load(ROOT / "training_modules", sources=words.sources, alternatives=words.alternatives)
    return found["before-the-care-home"]


@pytest.fixture(scope="module")
def prose() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "training_modules").rglob("*.*"))]
    return " ".join(" ".join(texts).split())


def test_five_of_twelve_questions_are_asked_now_and_each_outcome_has_one_more_for_later(module: Module) -> None:
    assert (len(module.bank), len(module.quiz)) == (12, 5)
    for outcome in module.head.outcomes:
        about = [question.in_quiz for question in module.bank if question.outcome == outcome.id]
        assert True in about and False in about, outcome.id


def test_both_kinds_are_asked(module: Module) -> None:
    assert {question.kind for question in module.quiz} == {"single", "multiple"}


def test_length_does_not_give_the_right_option_away(module: Module) -> None:
    def longest_is_right(options: list[tuple[int, bool]]) -> bool:
        return max(options)[1]

    given_away = {
        question.id: longest_is_right([(len(option.text), option.right) for option in question.options]) for question in module.bank
    }
    assert sum(given_away[question.id] for question in module.quiz) <= 2
    assert sum(given_away.values()) <= 4


def test_the_right_option_stands_in_no_one_place(module: Module) -> None:
    places = [sorted(question.right) for question in module.bank if question.kind == "single"]
    assert len({place[0] for place in places}) == 4


def test_options_can_be_told_apart_and_none_refers_to_the_others(module: Module) -> None:
    for question in module.bank:
        texts = [option.text.lower() for option in question.options]
        assert len(set(texts)) == len(texts)
        assert not any("of the above" in text or "none of" in text for text in texts), question.id


def test_it_can_be_done_in_the_time_that_it_names(module: Module) -> None:
    """At 200 words a minute: the pages, the five questions, and the feedback of somebody who answers them well."""
    texts = [re.sub(r"<[^>]+>", " ", page.body) for page in module.pages]
    for question in module.quiz:
        texts += [question.vignette, question.stem, *(option.text for option in question.options)]
        texts += [option.feedback for option in question.options if option.right]
    assert 8 <= sum(len(text.split()) for text in texts) / 200 <= module.head.minutes


def test_each_page_has_a_person_in_it(module: Module) -> None:
    assert all("<blockquote>" in page.body for page in module.pages)


def test_the_words_are_the_houses(prose: str) -> None:
    bare = re.findall(r"(?i)(?<!unpaid )\bcarer\b(?!’s Allowance|'s Allowance)", prose)
    assert bare == []
    for word in ("elderly", "front door", "bed blocker", "service user", "recommended", "!"):
        assert word not in prose.lower(), word
