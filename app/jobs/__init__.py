"""Work done later or on a timer."""

from flask import Flask

from app.audit.actions import write_down_head
from app.jobs.outbox import post, tidy
from app.jobs.registry import Job, register

DAY = 86400


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    if app.config["MAIL"]:
        register(app, Job("jobs.post", 5, post))
    register(app, Job("jobs.tidy", DAY, tidy))
    register(app, Job("audit.head", DAY, write_down_head))
