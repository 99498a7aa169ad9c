"""Modules, quizzes, marking and attempts."""

from flask import Flask

from app.content.kinds import Kind, load_at_start, register
from app.jobs.retention import register as register_rules
from app.training import queries
from app.training.retention import RULES
from app.training.routes import bp


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.register_blueprint(bp)
    register(app, Kind("training modules", lambda _content: queries.heads(app)))
    load_at_start(app, queries.modules)
    register_rules(app, *RULES)
