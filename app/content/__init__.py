"""How content files are found, parsed, checked and reported; never what they mean."""

from pathlib import Path

from flask import Flask

from app.content.kinds import Kind, load_at_start, register
from app.content.messages import MessageFile, load
from app.content.reading import read_yaml
from app.content.schema import Reviewed


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    register(app, Kind("messages", _messages))
    load_at_start(app, lambda app: load(app.config["CONTENT_DIR"] / "messages"))


def _messages(root: Path) -> dict[Path, Reviewed]:
    load(root / "messages")
    return {path: read_yaml(path, MessageFile) for path in sorted((root / "messages").glob("*.yaml"))}
