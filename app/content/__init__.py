"""How content files are found, parsed, checked and reported; never what they mean."""

from flask import Flask

from app.content import register
from app.content.kinds import Kind, load_at_start
from app.content.kinds import register as register_kind
from app.content.messages import load, say


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.jinja_env.globals["say"] = say
    load_at_start(app, lambda app: load(app.config["CONTENT_DIR"] / "messages"))
    register_kind(app, Kind("register", register.heads))
    load_at_start(app, lambda app: register.heads(app.config["CONTENT_DIR"]))
