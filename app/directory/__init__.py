"""What services exist: import, keep fresh, publish."""

from datetime import date

from flask import Flask, has_request_context

from app.content.kinds import Kind, load_at_start, register
from app.directory import catalogue, demo, demo_area
from app.directory.ageing import Age, age_of
from app.directory.doors import sheet
from app.directory.oruk.routes import blueprint as by_standard
from app.directory.retention import RULES
from app.directory.routes import blueprint
from app.directory.takeaway.routes import blueprint as shortlist
from app.directory.takeaway.shortlist import shortlisted
from app.jobs.retention import register as register_rules


def _check_age(day: date | str | None) -> Age:
    """Also of a day as JSON keeps it."""
    return age_of(date.fromisoformat(day) if isinstance(day, str) else day, date.today())


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    register(app, Kind("service types", catalogue.heads))
    load_at_start(app, lambda app: catalogue.load(app.config["CONTENT_DIR"]))
    register(app, Kind("sheet template", sheet.heads))
    register(app, Kind("demonstration services", demo.heads))
    register(app, Kind("demonstration area", demo_area.heads))
    register_rules(app, *RULES)
    app.register_blueprint(blueprint)
    app.register_blueprint(by_standard)
    app.register_blueprint(shortlist)
    app.jinja_env.filters["check_age"] = _check_age
    app.context_processor(lambda: {"shortlisted": len(shortlisted()) if has_request_context() else 0})
