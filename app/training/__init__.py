"""Modules, quizzes, marking and attempts."""

from flask import Flask

from app.content.kinds import Kind, load_at_start, register
from app.jobs.retention import register as register_rules
from app.training import queries
from app.training.kits import queries as kits
from app.training.kits.routes import blueprint as together
from app.training.measures import catalogue as measures
from app.training.measures.routes import blueprint as of_measures
from app.training.retention import RULES
from app.training.routes import bp


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.register_blueprint(bp)
    app.register_blueprint(together)
    app.register_blueprint(of_measures)
    register(app, Kind("training modules", lambda _content: queries.heads(app)))
    register(app, Kind("kits for meetings", lambda _content: kits.heads(app)))
    register(app, Kind("training measures", measures.heads))
    load_at_start(app, queries.modules)
    load_at_start(app, kits.kits)
    load_at_start(app, measures.declared)
    register_rules(app, *RULES)
