"""Work done later or on a timer."""

from flask import Flask

from app.audit.actions import write_down_head
from app.jobs import retention
from app.jobs.outbox import old_letters, post
from app.jobs.registry import Job, register

HOUR = 3600
DAY = 24 * HOUR


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    if app.config["MAIL"]:
        register(app, Job("jobs.post", 5, post))
    register(app, Job(retention.JOB, DAY, retention.run))
    register(app, Job("audit.head", DAY, write_down_head))
    retention.register(app, retention.Keeping("letter", old_letters))
