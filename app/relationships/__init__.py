"""What the two professions think of each other, and what they agree to do about it."""

from functools import partial

from flask import Flask

from app.content.kinds import Kind, load_at_start, register
from app.jobs import DAY, HOUR
from app.jobs.registry import Job
from app.jobs.registry import register as register_job
from app.jobs.retention import register as register_rules
from app.relationships.agreed import catalogue as agreed
from app.relationships.contacts.retention import RULES
from app.relationships.contacts.routes import blueprint as of_contacts
from app.relationships.sessions.actions import forget_sessions
from app.relationships.sessions.routes import blueprint as of_sessions
from app.relationships.surveys import actions as surveys
from app.relationships.surveys import catalogue
from app.relationships.surveys.routes import blueprint as of_surveys


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    for blueprint in (of_surveys, of_sessions, of_contacts):
        app.register_blueprint(blueprint)
    register(app, Kind("surveys", partial(catalogue.heads, app)))
    register(app, Kind("what is agreed", partial(agreed.heads, app)))
    load_at_start(app, catalogue.surveys)
    load_at_start(app, agreed.agreed)
    register_rules(app, *RULES)
    register_job(app, Job("surveys.close", DAY, surveys.close_rounds))
    register_job(app, Job("sessions.forget", HOUR, forget_sessions))
