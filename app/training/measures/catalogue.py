"""The definitions and limits of the measures, read once for an application."""

from pathlib import Path

from flask import Flask, current_app

from app.content.kinds import held
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.training.measures.schema import MeasureFile

FILE = "training_measures.yaml"


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed head of the file, for the content check."""
    return {root / FILE: read_yaml(root / FILE, MeasureFile)}


def declared(app: Flask | None = None) -> MeasureFile:
    """Definitions and limits. Raises ContentError."""
    app = app or current_app
    path = app.config["CONTENT_DIR"] / FILE
    return held(app, "training measures", lambda: read_yaml(path, MeasureFile))
