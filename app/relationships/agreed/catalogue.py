"""The pledge and the kinds of action, read once for an application."""

from pathlib import Path

from flask import Flask, current_app

from app.content.figures import unsourced
from app.content.kinds import held
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.relationships.agreed.schema import Agreed
from app.vocabulary import queries as vocabulary
from app.vocabulary.catalogue import support_of, texts_of

FILE = "agreed.yaml"


def agreed(app: Flask | None = None) -> Agreed:
    """All of it. Raises ContentError."""
    app = app or current_app
    return held(app, "agreed", lambda: read_yaml(app.config["CONTENT_DIR"] / FILE, Agreed))


def heads(app: Flask, root: Path) -> dict[Path, Reviewed]:
    """The reviewed head of the file, for the content check; every figure has a source."""
    found = read_yaml(root / FILE, Agreed)
    if problems := list(unsourced(root / FILE, texts_of(found), found, support_of(vocabulary.vocabulary(app)))):
        raise ContentError(problems)
    return {root / FILE: found}
