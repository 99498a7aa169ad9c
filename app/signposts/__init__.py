"""What a GP offered, under a reference code, and what came of it."""

from flask import Flask

from app.accounts.queries import tell_of
from app.jobs import DAY
from app.jobs.registry import Job
from app.jobs.registry import register as register_job
from app.jobs.retention import register as register_rules
from app.signposts import queries
from app.signposts.actions import coarsen
from app.signposts.digest import write_digests
from app.signposts.retention import RULES
from app.signposts.routes import blueprint


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.register_blueprint(blueprint)
    register_rules(app, *RULES)
    register_job(app, Job("signposts.coarsen", DAY, coarsen))
    register_job(app, Job("signposts.digest", DAY, write_digests))
    tell_of(app, "signposts", queries.own_data)
