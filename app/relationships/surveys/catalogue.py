"""The surveys, read once for an application."""

from pathlib import Path

from flask import Flask, current_app

from app.content.figures import unsourced
from app.content.kinds import held
from app.content.problems import ContentError
from app.content.reading import read_folder
from app.content.schema import Reviewed
from app.relationships.surveys.schema import Survey
from app.vocabulary import queries as vocabulary
from app.vocabulary.catalogue import support_of, texts_of

FOLDER = "surveys"


def surveys(app: Flask | None = None) -> dict[str, Survey]:
    """Every survey by its id. Raises ContentError."""
    app = app or current_app
    return held(app, FOLDER, lambda: read_folder(app.config["CONTENT_DIR"] / FOLDER, Survey))


def heads(app: Flask, root: Path) -> dict[Path, Reviewed]:
    """The reviewed heads, for the content check; every figure has a source."""
    support = support_of(vocabulary.vocabulary(app))
    found = {root / FOLDER / f"{name}.yaml": survey for name, survey in read_folder(root / FOLDER, Survey).items()}
    if problems := [problem for path, survey in found.items() for problem in unsourced(path, texts_of(survey), survey, support)]:
        raise ContentError(problems)
    return dict(found)
