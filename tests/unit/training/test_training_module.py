"""The modules as they are written: fair questions, words that fit, and no more to read than the time that they name."""

import re
from collections import Counter
from pathlib import Path

import pytest

from app.training import catalogue
from app.training.catalogue import Module
from app.training.schema import Choice, Matching, Ordering, Question
from app.vocabulary import catalogue as vocabulary

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = sorted(path.parent for path in (ROOT / "training_modules").glob("*/module.yaml"))
WORDS_A_MINUTE = 200


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    words = vocabulary.load(ROOT / "content")
    return catalogue.load(ROOT / "training_modules", sources=words.sources, alternatives=words.alternatives)


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def module(request: pytest.FixtureRequest, modules: dict[str, Module]) -> Module:
    return modules[request.param.name]


def choices(module: Module) -> list[Choice]:
    return [question for question in module.bank if isinstance(question, Choice)]


def reasons(question: Question) -> list[str]:
    """What somebody reads who answers well."""
    if isinstance(question, Choice):
        return [option.feedback for option in question.options if option.right]
    return [part.feedback for part in (question.steps if isinstance(question, Ordering) else question.pairs)]


def offered(question: Question) -> list[str]:
    if isinstance(question, Choice):
        return [option.text for option in question.options]
    if isinstance(question, Ordering):
        return [step.text for step in question.steps]
    return [*(pair.text for pair in question.pairs), *question.answers]


def test_every_kind_of_question_and_a_shared_story_are_used(module: Module) -> None:
    assert {question.kind for question in module.bank} == {"single", "multiple", "ordering", "matching"}
    assert module.cases


def test_length_does_not_give_the_right_option_away(module: Module) -> None:
    given_away = [max((len(option.text), option.right) for option in question.options)[1] for question in choices(module)]
    assert sum(given_away) <= len(given_away) / 3


def test_the_right_option_stands_in_no_one_place(module: Module) -> None:
    places = Counter(next(iter(question.right)) for question in choices(module) if question.kind == "single")
    assert len(places) >= 3
    assert max(places.values()) <= places.total() / 2


def test_what_is_offered_can_be_told_apart_and_none_refers_to_the_others(module: Module) -> None:
    for question in module.bank:
        texts = [text.lower() for text in offered(question)]
        assert len(set(texts)) == len(texts), question.id
        assert not any("of the above" in text or "none of" in text for text in texts), question.id


def test_no_two_options_have_the_same_reason(module: Module) -> None:
    for question in choices(module):
        assert len({option.feedback for option in question.options}) == len(question.options), question.id


def test_matching_cannot_be_solved_by_counting(module: Module) -> None:
    for question in module.bank:
        if isinstance(question, Matching):
            assert question.others or len(question.answers) < len(question.pairs), question.id


def test_it_can_be_done_in_the_time_that_it_names(module: Module) -> None:
    """The pages, the questions asked after them, and the feedback of somebody who answers them well."""
    texts = [re.sub(r"<[^>]+>", " ", page.body) for page in module.pages]
    texts += dict.fromkeys(module.story(question) for question in module.quiz)
    for question in module.quiz:
        texts += [question.stem, *offered(question), *reasons(question)]
    assert 7 <= sum(len(text.split()) for text in texts) / WORDS_A_MINUTE <= module.head.minutes


def test_each_page_has_a_person_in_it(module: Module) -> None:
    assert all("<blockquote>" in page.body for page in module.pages)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_words_are_the_houses(folder: Path) -> None:
    prose = " ".join(" ".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*"))).split())
    assert re.findall(r"(?i)(?<!unpaid )\bcarer\b(?!’s Allowance|'s Allowance)", prose) == []
    for word in ("elderly", "front door", "bed blocker", "service user", "recommended", "!"):
        assert word not in prose.lower(), word
