"""Modules, quizzes, marking and attempts."""

from flask import Flask

from app.accounts.queries import tell_of
from app.content.kinds import Kind, load_at_start, register
from app.jobs import DAY
from app.jobs.registry import Job
from app.jobs.registry import register as register_job
from app.jobs.retention import register as register_rules
from app.training import queries
from app.training.followups import queries as follow_ups
from app.training.followups.reminding import remind
from app.training.followups.routes import blueprint as followups
from app.training.kits import queries as kits
from app.training.kits.routes import blueprint as together
from app.training.measures import catalogue as measures
from app.training.measures.routes import blueprint as of_measures
from app.training.records.routes import blueprint as records
from app.training.retention import RULES
from app.training.review import queries as reviews
from app.training.review.retention import RULES as OF_REVIEWS
from app.training.review.routes import blueprint as review
from app.training.routes import bp


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    for blueprint in (bp, together, followups, review, records, of_measures):
        app.register_blueprint(blueprint)
    register(app, Kind("training modules", lambda _content: queries.heads(app)))
    register(app, Kind("kits for meetings", lambda _content: kits.heads(app)))
    register(app, Kind("training measures", measures.heads))
    load_at_start(app, queries.modules)
    load_at_start(app, kits.kits)
    load_at_start(app, measures.declared)
    register_rules(app, *RULES, *OF_REVIEWS)
    register_job(app, Job("training.remind", DAY, remind))
    tell_of(app, "training", queries.own_data)
    tell_of(app, "reviews", reviews.own_data)
    tell_of(app, "reminders", follow_ups.own_data)
