"""Ids, concept classes, synonyms, abbreviations and the pure reader of a text; knows no page and no database."""

from functools import partial
from pathlib import Path

from flask import Flask

from app.content.kinds import Kind, register
from app.content.problems import ContentError
from app.content.schema import Reviewed
from app.vocabulary import catalogue, checking, lexicon


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    for folder in catalogue.FOLDERS:
        register(app, Kind(folder, partial(catalogue.heads, folder=folder)))
    register(app, Kind("sources, facts and glossary", catalogue.single_heads))
    register(app, Kind("messages", catalogue.message_heads))
    register(app, Kind("reading", _reading))


def _reading(root: Path) -> dict[Path, Reviewed]:
    known = catalogue.load(root)
    compiled = lexicon.load(root, [*known.needs, *known.red_flags])
    entries = lexicon.heads(root)
    if found := checking.problems(entries, compiled, known.red_flags, known.alternatives, known.needs, known.questions):
        raise ContentError(found)
    return entries
