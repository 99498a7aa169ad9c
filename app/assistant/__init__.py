"""A reading in; safety, ranked alternatives and at most one question out."""

from flask import Flask

from app.assistant import knowledge
from app.assistant.retention import RULES
from app.assistant.routes import blueprint
from app.content.kinds import Kind, load_at_start, register
from app.jobs.retention import register as register_rules


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.register_blueprint(blueprint)
    register(app, Kind("ranking and codes", knowledge.heads))
    load_at_start(app, knowledge.knowledge)
    register_rules(app, *RULES)
