"""How content files are found, parsed, checked and reported; never what they mean."""

from flask import Flask

from app.content.kinds import load_at_start
from app.content.messages import load, say


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.jinja_env.globals["say"] = say
    load_at_start(app, lambda app: load(app.config["CONTENT_DIR"] / "messages"))
