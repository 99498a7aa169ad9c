"""Retention that is killed has taken whole batches, each with its note, and the next run goes on."""

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, insert, select

from app.audit.queries import entries, verify
from app.extensions import db
from app.jobs.models import Letter
from app.jobs.retention import apply, rules

ROOT = Path(__file__).resolve().parents[3]
OLD, NEW = 4000, 50
PROGRAM = """
from wsgi import app
from app.jobs import retention
retention.BATCH = 5
print("ready", flush=True)
with app.app_context():
    retention.run()
"""


def left() -> int:
    return db.session.scalar(select(func.count()).select_from(Letter)) or 0


def noted() -> int:
    return sum(int(entry.about.removeprefix("letter:")) for entry in entries(limit=10_000))


def test_killed_at_any_moment_it_takes_no_more_and_no_less(app: Flask, tmp_path: Path) -> None:
    made = [datetime.now(UTC) - timedelta(days=40)] * OLD + [datetime.now(UTC)] * NEW
    with db.writing() as session:
        rows = [
            {"id": str(number), "recipient": "r", "subject": "s", "body": "", "made_at": day, "tries": 0} for number, day in enumerate(made)
        ]
        session.execute(insert(Letter), rows)
    environ = {**os.environ, "DATABASE_URL": db.engine.url.render_as_string(hide_password=False)}
    environ |= {"DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost", "FLASK_RUN_FROM_CLI": "1"}
    chance = random.Random(5)
    steps = [OLD + NEW]
    for _ in range(3):
        running = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert running.stdout and running.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.3))
        running.kill()
        running.communicate(timeout=30)
        db.session.rollback()
        steps.append(left())
        assert noted() == OLD + NEW - steps[-1]
    assert steps == sorted(steps, reverse=True) and NEW < steps[-1] < steps[0]
    for rule in rules():
        apply(rule, by="job")
    assert (left(), noted(), verify()[1]) == (NEW, OLD, None)
