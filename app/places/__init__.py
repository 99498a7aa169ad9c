"""Where things are: councils, practices and postcodes."""

from pathlib import Path

from flask import Flask

from app.content.kinds import Kind, register
from app.content.problems import ContentError, Problem
from app.content.reading import read_yaml
from app.content.schema import Reviewed
from app.places.schema import CouncilFile


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    register(app, Kind("demonstration council", _demonstration))


def _demonstration(root: Path) -> dict[Path, Reviewed]:
    path = root / "demo" / "council.yaml"
    head = read_yaml(path, CouncilFile).about
    if head is None:
        raise ContentError([Problem(path, 1, "about is missing.", "Add author, sources and review dates under it.")])
    return {path: head}
