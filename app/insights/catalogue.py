"""The declared measures, read once for an application."""

from pathlib import Path

from flask import current_app

from app.content.kinds import held
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.insights.schema import Measure, MeasureFile

FILE = "measures.yaml"


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed head of the file, for the content check."""
    return {root / FILE: read_yaml(root / FILE, MeasureFile)}


def measures() -> dict[str, Measure]:
    """Measures by id, in the order of the page. Raises ContentError."""
    path = current_app.config["CONTENT_DIR"] / FILE
    return held(current_app, "measures", lambda: {measure.id: measure for measure in read_yaml(path, MeasureFile).measures})
