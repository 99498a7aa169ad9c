"""Moodle XML: what is written is well-formed and says the same."""

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from app.training import catalogue
from app.training.interchange import moodle_xml
from app.training.interchange.told import bank_of, pairs_of, text_of, weights
from app.training.schema import Choice, Question, QuestionFile
from app.vocabulary import catalogue as vocabulary
from tests.unit.training.test_interchange_gift import ALLOWED, any_question

ROOT = Path(__file__).resolve().parents[3]
WORDS = vocabulary.load(ROOT / "content")
MODULES = catalogue.load(ROOT / "training_modules", sources=WORDS.sources, alternatives=WORDS.alternatives)


def written(bank: QuestionFile) -> list[Element]:
    quiz = ElementTree.fromstring(moodle_xml.write(bank, lambda form: ("Fingerpost", "a/b", form)))
    assert quiz.tag == "quiz"
    return list(quiz)


def said(made: Element, path: str) -> list[str]:
    return [one.text or "" for one in made.findall(path)]


def as_held(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or (ord(sign) >= 32 and sign not in "\ufffe\uffff"))


def assert_told(question: Question, made: Element, stories: dict[str, str]) -> None:
    assert said(made, "questiontext/text") == [as_held(text_of(question, stories))]
    assert said(made, "idnumber") == [question.id]
    assert said(made, "tags/tag/text") == [question.form, question.outcome]
    if isinstance(question, Choice):
        assert made.get("type") == "multichoice"
        assert said(made, "single") == ["true" if question.kind == "single" else "false"]
        assert said(made, "answer/text") == [as_held(option.text) for option in question.options]
        assert said(made, "answer/feedback/text") == [as_held(option.feedback) for option in question.options]
        fractions = [float(one.get("fraction", "")) for one in made.findall("answer")]
        assert fractions == [pytest.approx(weights(question)[option.id], abs=1e-4) for option in question.options]
        assert {abs(one) for one in fractions} <= ALLOWED
    else:
        assert made.get("type") == "matching"
        pairs = zip(said(made, "subquestion/text"), said(made, "subquestion/answer/text"), strict=True)
        assert list(pairs) == [(as_held(one), as_held(other)) for one, other in pairs_of(question)]
        assert all(as_held(part) in said(made, "generalfeedback/text")[0] for part in feedback_of(question))


def feedback_of(question: Question) -> list[str]:
    return [part.feedback for part in getattr(question, "steps", None) or getattr(question, "pairs", ())]


@pytest.mark.parametrize("slug", MODULES)
def test_a_bank_read_back_says_what_it_said(slug: str) -> None:
    bank = bank_of(MODULES[slug])
    made = written(bank)
    questions = [one for one in made if one.get("type") != "category"]
    stories = {case.id: case.vignette for case in bank.cases}
    for question, one in zip(bank.questions, questions, strict=True):
        assert_told(question, one, stories)
    paths = {path for one in made for path in said(one, "category/text")}
    assert paths == {f"$course$/top/Fingerpost/a//b/{question.form.value}" for question in bank.questions}


@given(any_question())
def test_a_question_of_any_text_is_well_formed(question: Question) -> None:
    _, made = written(QuestionFile.model_construct(cases=(), questions=(question,)))
    assert_told(question, made, {})
