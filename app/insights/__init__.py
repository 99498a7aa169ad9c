"""Counts and council pages; nobody imports it."""

from flask import Flask

from app.content.kinds import Kind, load_at_start
from app.content.kinds import register as register_kind
from app.insights import agreed
from app.insights.actions import roll_up
from app.insights.catalogue import heads
from app.insights.retention import RULES
from app.insights.routes import blueprint
from app.jobs.registry import Job
from app.jobs.registry import register as register_job
from app.jobs.retention import register as register_rules


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    register_kind(app, Kind("measures", heads))
    load_at_start(app, lambda app: heads(app.config["CONTENT_DIR"]))
    register_job(app, Job("insights.roll_up", 30, roll_up))
    register_rules(app, *RULES)
    app.register_blueprint(blueprint)
    app.register_blueprint(agreed.blueprint)
