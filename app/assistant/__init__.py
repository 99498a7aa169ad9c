"""A reading in; safety, ranked alternatives and at most one question out."""

from flask import Flask

from app.assistant import knowledge
from app.assistant.routes import blueprint
from app.content.kinds import Kind, load_at_start, register


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.register_blueprint(blueprint)
    register(app, Kind("ranking and codes", knowledge.heads))
    load_at_start(app, knowledge.knowledge)
