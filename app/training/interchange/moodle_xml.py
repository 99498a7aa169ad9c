"""Question banks as Moodle XML, for Moodle's and Totara's question banks. All text is plain text."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from app.training.interchange.told import pairs_of, reasons_of, text_of, weights
from app.training.schema import Choice, Form, Question, QuestionFile

_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PENALTY = "0.3333333"
"""Moodle's own: what each further try costs where a quiz allows them."""


def write(bank: QuestionFile, path: Callable[[Form], Sequence[str]]) -> bytes:
    """The bank as a file to import into Moodle. `path` gives the category of a form.

    An ordering is told as a matching of numbers with things, which every Moodle knows. Signs that XML cannot hold are dropped.
    """
    stories = {case.id: case.vignette for case in bank.cases}
    quiz = Element("quiz")
    for form, questions in groupby(bank.questions, key=lambda question: question.form):
        category = SubElement(SubElement(quiz, "question", type="category"), "category")
        _text(category, "$course$/top/" + "/".join(part.replace("/", "//") for part in path(form)))
        for question in questions:
            _question(quiz, question, stories)
    ElementTree.indent(quiz)
    return bytes(ElementTree.tostring(quiz, encoding="utf-8", xml_declaration=True)) + b"\n"


def _question(quiz: Element, question: Question, stories: Mapping[str, str]) -> None:
    made = SubElement(quiz, "question", type="multichoice" if isinstance(question, Choice) else "matching")
    _text(SubElement(made, "name"), question.about)
    _text(_plain(made, "questiontext"), text_of(question, stories))
    _text(_plain(made, "generalfeedback"), "" if isinstance(question, Choice) else reasons_of(question))
    facts = {"defaultgrade": "1", "penalty": _PENALTY, "hidden": "0", "idnumber": question.id, "shuffleanswers": "true"}
    if isinstance(question, Choice):
        facts |= {"single": "true" if question.kind == "single" else "false", "answernumbering": "abc"}
    for name, fact in facts.items():
        SubElement(made, name).text = fact
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(_plain(made, name), "")
    if isinstance(question, Choice):
        _options(made, question)
    else:
        for one, other in pairs_of(question):
            pair = _plain(made, "subquestion")
            _text(pair, one)
            _text(SubElement(pair, "answer"), other)
    tags = SubElement(made, "tags")
    for tag in (question.form.value, question.outcome):
        _text(SubElement(tags, "tag"), tag)


def _options(made: Element, question: Choice) -> None:
    counted = weights(question)
    for option in question.options:
        answer = _plain(made, "answer", fraction=f"{counted[option.id]:.7g}")
        _text(answer, option.text)
        _text(_plain(answer, "feedback"), option.feedback)


def _plain(parent: Element, name: str, **facts: str) -> Element:
    return SubElement(parent, name, facts | {"format": "plain_text"})


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _NOT_IN_XML.sub("", text)
