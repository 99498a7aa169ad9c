"""What other parts read of the vocabulary."""

from collections.abc import Collection

from flask import Flask, current_app

from app.content.kinds import held
from app.vocabulary import catalogue, lexicon
from app.vocabulary.assertion import State
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.reading import read
from app.vocabulary.schema import Alternative, FactFile, Glossary, Need, Passage, Question, RedFlag, Source, ToldItem


def vocabulary(app: Flask | None = None) -> Vocabulary:
    """Everything, read once for an application."""
    app = app or current_app
    return held(app, "vocabulary", lambda: catalogue.load(app.config["CONTENT_DIR"]))


def reading_words(app: Flask | None = None) -> Lexicon:
    """The classes and rules that texts are read with, compiled once for an application. Raises ContentError."""
    app = app or current_app
    known = vocabulary(app)
    return held(app, "reading", lambda: lexicon.load(app.config["CONTENT_DIR"], [*known.needs, *known.red_flags]))


def english(app: Flask | None = None) -> frozenset[str]:
    """Ordinary English words."""
    return held(app or current_app, "english", lexicon.english_words)


def needs_said(text: str) -> list[tuple[str, str]]:
    """The needs that a text speaks of as present, even if only weakly, each with the words that say so."""
    known = vocabulary()
    cues = read([text], reading_words(), known.red_flags).cues
    return [(cue.gives, text[cue.span[1] : cue.span[2]]) for cue in cues if cue.state is State.PRESENT and cue.gives in known.needs]


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


def told(chosen: Collection[str]) -> list[ToldItem]:
    """What social care needs to know, in the order of a referral: what a council has chosen, or else what is usual."""
    items = vocabulary().checklist.entries
    return [item for item in items if item.always or (item.id in chosen if chosen else item.usual)]


def every_told() -> tuple[ToldItem, ...]:
    """All from which a council may choose."""
    return vocabulary().checklist.entries


def glossary() -> Glossary:
    """Abbreviations of general practice and social care."""
    return vocabulary().glossary
