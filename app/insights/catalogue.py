"""The declared measures, read once for an application."""

from pathlib import Path
from typing import cast

from flask import current_app

from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.insights.schema import Measure, MeasureFile

FILE = "measures.yaml"


def heads(root: Path) -> dict[Path, Reviewed]:
    """The reviewed head of the file, for the content check."""
    return {root / FILE: read_yaml(root / FILE, MeasureFile)}


def measures() -> dict[str, Measure]:
    """Measures by id, in the order of the page. Raises ContentError."""
    if "measures" not in current_app.extensions:
        file = read_yaml(current_app.config["CONTENT_DIR"] / FILE, MeasureFile)
        current_app.extensions["measures"] = {measure.id: measure for measure in file.measures}
    return cast(dict[str, Measure], current_app.extensions["measures"])
