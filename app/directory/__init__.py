"""What services exist: import, keep fresh, publish."""

from datetime import date

from flask import Flask, has_request_context

from app.content.kinds import Kind, load_at_start, register
from app.directory import catalogue, demo, demo_area
from app.directory.ageing import Age, age_of
from app.directory.checks.public import blueprint as freshness
from app.directory.checks.reminding import WEEK, remind
from app.directory.checks.routes import blueprint as checks
from app.directory.desk.merging import blueprint as merging
from app.directory.desk.routes import blueprint as desk
from app.directory.desk.waiting import blueprint as waiting
from app.directory.doors import sheet
from app.directory.imports.feeding import blueprint as feeds
from app.directory.imports.pulls import ask_nightly, pull_asked
from app.directory.imports.routes import blueprint as imports
from app.directory.imports.terms import blueprint as terms
from app.directory.oruk.routes import blueprint as by_standard
from app.directory.retention import RULES
from app.directory.routes import blueprint
from app.directory.sheets.bulk import blueprint as bulk
from app.directory.sheets.routes import blueprint as sheets
from app.directory.sheets.template import blueprint as template
from app.directory.takeaway.routes import blueprint as shortlist
from app.directory.takeaway.shortlist import shortlisted
from app.jobs.registry import Job
from app.jobs.registry import register as register_job
from app.jobs.retention import register as register_rules

SOON, DAY = 10, 86_400
"""Seconds between two runs of a job."""


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
    app.register_blueprint(desk)
    app.register_blueprint(waiting)
    app.register_blueprint(merging)
    app.register_blueprint(checks)
    app.register_blueprint(freshness)
    register_job(app, Job("directory.remind", WEEK, remind))
    for of_sheets in (template, sheets, bulk):
        app.register_blueprint(of_sheets)
    app.register_blueprint(imports)
    app.register_blueprint(feeds)
    app.register_blueprint(terms)
    register_job(app, Job("directory.ask_nightly", DAY, ask_nightly))
    register_job(app, Job("directory.pull_asked", SOON, pull_asked))
    app.jinja_env.filters["check_age"] = _check_age
    app.context_processor(lambda: {"shortlisted": len(shortlisted()) if has_request_context() else 0})
