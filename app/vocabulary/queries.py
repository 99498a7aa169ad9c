"""What other parts read of the vocabulary."""

from flask import Flask, current_app

from app.content.kinds import held
from app.vocabulary import catalogue
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.schema import Alternative, FactFile, Glossary, Need, Passage, Question, RedFlag, Source


def vocabulary(app: Flask | None = None) -> Vocabulary:
    """Everything, read once for an application."""
    app = app or current_app
    return held(app, "vocabulary", lambda: catalogue.load(app.config["CONTENT_DIR"]))


def alternatives() -> dict[str, Alternative]:
    """Alternatives to residential care by id."""
    return vocabulary().alternatives


def needs() -> dict[str, Need]:
    """Needs and circumstances by id."""
    return vocabulary().needs


def red_flags() -> dict[str, RedFlag]:
    """Dangers by id."""
    return vocabulary().red_flags


def questions() -> dict[str, Question]:
    """Clarifying questions by id."""
    return vocabulary().questions


def passages() -> dict[str, Passage]:
    """Answers to plain questions by id."""
    return vocabulary().passages


def sources() -> dict[str, Source]:
    """Law, guidance and pages that claims rest on, by id."""
    return vocabulary().sources


def facts() -> FactFile:
    """Figures that content relies on."""
    return vocabulary().facts


def glossary() -> Glossary:
    """Abbreviations of general practice and social care."""
    return vocabulary().glossary
